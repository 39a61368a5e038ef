"""What must never happen, whoever asks: triggers in which the database itself refuses it (P21).

They are no part of the migrations. SQLite loses the triggers of a table that a migration rebuilds, and does
not rename a table that a trigger mentions: so they are lifted before migrations run, and put up afterwards.
The conditions are SQL that both databases understand.
"""

from sqlalchemy import Connection

_APPEND_ONLY = ("reply_approvals", "complaint_signatures", "reply_draft_files")
_GATED = "(c.severity IN ('moderate', 'severe') OR c.claim)"
_COVERED = """(a.claim OR NOT c.claim) AND
    (a.severity = 'severe' OR COALESCE(c.severity, 'light') IN ('light', COALESCE(a.severity, 'light')))"""

# ruff: noqa: S608
UNCONFIRMED_REPLY = f"""NEW.kind = 'reply' AND (NEW.case_id IS NULL OR EXISTS (
    SELECT 1 FROM cases c WHERE c.id = NEW.case_id AND {_GATED} AND NOT EXISTS (
        SELECT 1 FROM reply_approvals a
        JOIN reply_drafts d ON d.id = a.draft_id AND d.sha256 = a.sha256
        JOIN messages m ON m.id = NEW.message_id AND m.case_id = c.id AND m.text = NEW.text
        WHERE a.id = NEW.approval_id AND a.case_id = c.id AND d.text = NEW.text AND {_COVERED})))"""

# What is owed stays as it was confirmed; only emptying it, when its time is over, is no rewriting.
REWRITTEN_REPLY = """(OLD.kind = 'reply' OR NEW.kind = 'reply') AND (
    OLD.kind <> NEW.kind OR (NEW.text <> OLD.text AND NEW.text <> '')
    OR COALESCE(OLD.message_id, 0) <> COALESCE(NEW.message_id, 0)
    OR COALESCE(OLD.approval_id, 0) <> COALESCE(NEW.approval_id, 0))"""

# A copy has no words of its own: it is made of the answer, which stands in the same case.
FALSE_COPY = """NEW.kind = 'chat_copy' AND (NEW.text <> '' OR NOT EXISTS (
    SELECT 1 FROM outgoing o WHERE o.key = NEW.key AND o.kind IN ('reply', 'interim')
    AND o.case_id = NEW.case_id))"""

UNCONFIRMED_FILE = f"""EXISTS (
    SELECT 1 FROM messages m JOIN cases c ON c.id = m.case_id
    WHERE m.id = NEW.message_id AND m.direction = 'out' AND NOT m.automatic AND {_GATED} AND NOT EXISTS (
        SELECT 1 FROM reply_approvals a
        JOIN reply_drafts d ON d.id = a.draft_id
        JOIN reply_draft_files f ON f.draft_id = d.id AND f.sha256 = NEW.sha256
        WHERE a.case_id = c.id AND d.text = m.text AND {_COVERED}))"""

# CONFIRM_REPLY and CONFIRM_CLAIM of casework/rights.py; tests/casework/complaints compares them.
FALSE_APPROVAL = """NOT EXISTS (
    SELECT 1 FROM reply_drafts d JOIN cases c ON c.id = d.case_id JOIN users u ON u.id = NEW.confirmer_id
    WHERE d.id = NEW.draft_id AND d.state = 'waiting' AND d.case_id = NEW.case_id
    AND d.author_id = NEW.author_id AND d.sha256 = NEW.sha256
    AND COALESCE(c.severity, '') = COALESCE(NEW.severity, '') AND c.claim = NEW.claim
    AND u.active AND (u.role = 'manager' OR (u.role = 'head' AND NOT c.claim)))"""

REWRITTEN_DRAFT = """OLD.case_id <> NEW.case_id OR OLD.author_id <> NEW.author_id OR OLD.sha256 <> NEW.sha256
    OR (NEW.text <> OLD.text AND NEW.text <> '')"""

LATE_FILE = "EXISTS (SELECT 1 FROM reply_approvals a WHERE a.draft_id = NEW.draft_id)"

FALSE_SIGNATURE = """NEW.matter <> 'countermeasure_sales' AND NOT EXISTS (
    SELECT 1 FROM users u WHERE u.id = NEW.user_id AND u.active AND u.role IN ('head', 'manager'))"""

UNSETTLED_CLOSING = """NEW.status = 'closed' AND NEW.kind = 'complaint'
    AND (OLD.status <> 'closed' OR OLD.kind <> 'complaint') AND NOT EXISTS (
    SELECT 1 FROM complaints k JOIN complaint_signatures s ON s.case_id = k.case_id AND s.words = k.effect
    WHERE k.case_id = NEW.id AND k.effect <> '' AND k.effect_at IS NOT NULL AND s.matter = 'closing'
    AND s.at >= k.effect_at AND (s.reason <> '' OR k.satisfied OR (k.satisfied IS NULL AND NOT EXISTS (
        SELECT 1 FROM survey_responses r WHERE r.case_id = NEW.id))))"""

# Whom a survey found dissatisfied stays open until satisfied, or closed for a reason (S2).
SURVEYED_COMPLAINT = """OLD.kind = 'complaint' AND NEW.kind <> 'complaint' AND EXISTS (
    SELECT 1 FROM survey_responses r WHERE r.case_id = NEW.id)"""

UNREVIEWED_LOSS = """NEW.status = 'closed' AND NEW.kind = 'complaint'
    AND (OLD.status <> 'closed' OR OLD.kind <> 'complaint') AND EXISTS (SELECT 1 FROM loss_reviews l
    WHERE l.case_id = NEW.id AND l.lifted_at IS NULL AND l.signed_at IS NULL)"""

UNWRITTEN_MINUTES = """NEW.joint AND OLD.state = 'open' AND NEW.state IN ('passed', 'refused')
    AND NOT EXISTS (SELECT 1 FROM review_minutes m WHERE m.review_id = NEW.id)"""

UNSETTLED_SUPPLIER = """OLD.state = 'open' AND NEW.state IN ('passed', 'refused') AND EXISTS (
    SELECT 1 FROM supplier_settlements t JOIN reviews r ON r.id = t.review_id
    WHERE r.order_id = NEW.order_id AND (t.state = 'open' OR (t.state = 'filed' AND NEW.state = 'passed')))"""

# A review goes on as its route was when it began, whatever the company decides meanwhile.
OTHER_COURSE = "NEW.signer <> OLD.signer OR NEW.joint <> OLD.joint OR NEW.route <> OLD.route"

# Management approves plan and questionnaire before anybody is asked (S2 4.3.1).
UNAPPROVED_CAMPAIGN = """NOT EXISTS (SELECT 1 FROM survey_plans p WHERE p.id = NEW.plan_id
    AND p.state = 'approved' AND p.approved_by IS NOT NULL AND p.questionnaire = NEW.questionnaire
    AND p.questionnaire_version = NEW.questionnaire_version)"""

FALSE_PLAN = """NEW.state = 'approved' AND NOT EXISTS (
    SELECT 1 FROM users u WHERE u.id = NEW.approved_by AND u.active AND u.role = 'manager')"""

GUARDS = (
    ("reply_unconfirmed", "INSERT ON outgoing", UNCONFIRMED_REPLY, "no confirmation covers this reply"),
    (
        "reply_rewritten",
        "UPDATE OF kind, text, message_id, approval_id ON outgoing",
        REWRITTEN_REPLY,
        "an owed reply is not rewritten",
    ),
    ("copy_false", "INSERT ON outgoing", FALSE_COPY, "a copy is made of an answer"),
    (
        "reply_file_unconfirmed",
        "INSERT ON attachments",
        UNCONFIRMED_FILE,
        "no confirmation covers this file",
    ),
    ("approval_false", "INSERT ON reply_approvals", FALSE_APPROVAL, "this confirmation does not hold"),
    (
        "draft_rewritten",
        "UPDATE OF case_id, author_id, text, sha256 ON reply_drafts",
        REWRITTEN_DRAFT,
        "a draft is not rewritten",
    ),
    ("draft_file_late", "INSERT ON reply_draft_files", LATE_FILE, "the draft was confirmed without this"),
    ("signature_false", "INSERT ON complaint_signatures", FALSE_SIGNATURE, "only the head signs this"),
    (
        "complaint_unsettled",
        "UPDATE OF status, kind ON cases",
        UNSETTLED_CLOSING,
        "a complaint closes after its effect is recorded and signed",
    ),
    (
        "complaint_surveyed",
        "UPDATE OF kind ON cases",
        SURVEYED_COMPLAINT,
        "a complaint that a survey opened stays one",
    ),
    (
        "review_course",
        "UPDATE OF signer, joint, route ON reviews",
        OTHER_COURSE,
        "a review goes on the way it began",
    ),
    (
        "loss_unreviewed",
        "UPDATE OF status, kind ON cases",
        UNREVIEWED_LOSS,
        "a major loss closes after its meeting",
    ),
    (
        "review_unminuted",
        "UPDATE OF state ON reviews",
        UNWRITTEN_MINUTES,
        "a joint review is concluded with minutes",
    ),
    (
        "review_unsettled",
        "UPDATE OF state ON reviews",
        UNSETTLED_SUPPLIER,
        "what the supplier disagrees about is open",
    ),
    (
        "campaign_unapproved",
        "INSERT ON survey_campaigns",
        UNAPPROVED_CAMPAIGN,
        "a survey is asked by an approved plan",
    ),
    (
        "plan_unapproved",
        "UPDATE OF state ON survey_plans",
        f"OLD.state <> 'approved' AND {FALSE_PLAN}",
        "only the manager approves a plan",
    ),
    *((f"{table}_fixed", f"UPDATE ON {table}", "1 = 1", f"{table} is append-only") for table in _APPEND_ONLY),
    *((f"{table}_kept", f"DELETE ON {table}", "1 = 1", f"{table} is append-only") for table in _APPEND_ONLY),
)


def lift(connection: Connection) -> None:
    """Take the guards down while migrations run. PostgreSQL's stay: they hinder none."""
    if connection.dialect.name == "sqlite":
        for name, *_ in GUARDS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def put_up(connection: Connection) -> None:
    """Put the guards up as this version has them."""
    for name, event, condition, sentence in GUARDS:
        for statement in _statements(connection.dialect.name, name, event, condition, sentence):
            connection.exec_driver_sql(statement)


def _statements(dialect: str, name: str, event: str, condition: str, sentence: str) -> list[str]:
    if dialect == "sqlite":
        refusal = f"SELECT RAISE(ABORT, '{sentence}')"
        return [f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} BEGIN {refusal}; END"]
    row = "OLD" if event.startswith("DELETE") else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{sentence}'; END IF; RETURN {row}; END $$",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
