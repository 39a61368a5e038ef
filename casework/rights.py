"""Who may do what: a table of rights by role (S0, S1, S3), asked by pages and by the rules below them."""

from enum import StrEnum

from store.tables import Role, User


class Right(StrEnum):
    """What not everybody at the desk may do."""

    SEE_ALL_CASES = "see_all_cases"  # sales see their own and unassigned ones
    ANSWER = "answer"  # write to customers, hand cases over, close what is no complaint
    CONFIRM_REPLY = "confirm_reply"  # of a moderate or severe complaint; lower a severity (S3 4.3.2)
    CONFIRM_CLAIM = "confirm_claim"  # an answer to a claim for money: general manager or deputy (S3)
    INVESTIGATE = "investigate"  # stock and line check, cause, unit, countermeasure, CAPA
    LEAD_LOSS_REVIEW = "lead_loss_review"  # the meeting about a major loss (S1 5.6)
    SIGN_CLOSING = "sign_closing"  # of a complaint (S1 5.6.5)
    GIVE_OPINION = "give_opinion"  # of one's department in a contract review
    SIGN_REVIEW = "sign_review"  # conclude a review of regular orders (S1: 法人委托)
    RULE_ON_REVIEW = "rule_on_review"  # special orders, and what departments disagree about
    KEEP_CUSTOMERS = "keep_customers"  # codes, merging, import, property, visits, the yearly plan
    KEEP_REQUIREMENTS = "keep_requirements"  # the special requirement list
    SERVE = "serve"  # carry out the service orders given to them
    READ_REPORTS = "read_reports"
    DECIDE_POLICY = "decide_policy"  # calendar, routes, targets, questionnaires
    PLAN_SURVEYS = "plan_surveys"  # draft plans; pause, extend and close what runs
    APPROVE_SURVEYS = "approve_surveys"  # plan and questionnaire, before anybody is asked (S2 4.3.1)
    KEEP_HOUSE = "keep_house"  # people, mailboxes, what was set aside, letters in doubt


_R = Right
_DAILY = {_R.ANSWER, _R.KEEP_CUSTOMERS, _R.KEEP_REQUIREMENTS, _R.GIVE_OPINION, _R.SERVE}
_LEADING = {
    _R.SEE_ALL_CASES,
    _R.CONFIRM_REPLY,
    _R.INVESTIGATE,
    _R.SIGN_CLOSING,
    _R.SIGN_REVIEW,
    _R.READ_REPORTS,
    _R.PLAN_SURVEYS,
}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.SALES: frozenset(_DAILY),
    Role.HEAD: frozenset(_DAILY | _LEADING | {_R.KEEP_HOUSE}),
    Role.QUALITY: frozenset(
        {
            *(_R.SEE_ALL_CASES, _R.INVESTIGATE, _R.LEAD_LOSS_REVIEW, _R.SERVE),
            *(_R.GIVE_OPINION, _R.KEEP_REQUIREMENTS, _R.READ_REPORTS, _R.PLAN_SURVEYS),
        }
    ),
    Role.REVIEWER: frozenset({_R.SEE_ALL_CASES, _R.GIVE_OPINION, _R.KEEP_REQUIREMENTS, _R.SERVE}),
    Role.MANAGER: frozenset(Right),
    Role.ADMIN: frozenset({_R.SEE_ALL_CASES, _R.DECIDE_POLICY, _R.KEEP_HOUSE}),
}


class NotAllowed(Exception):  # noqa: N818  # a rule, not a failure
    """The sentence says who may do it."""


def may(role: Role, right: Right) -> bool:
    """Whether people of this role have the right."""
    return right in RIGHTS[role]


def demand(user: User, right: Right) -> None:
    """Go on only if this person has the right; raises NotAllowed with a sentence."""
    if not may(user.role, right):
        allowed = ", ".join(role.value for role in Role if may(role, right))
        raise NotAllowed(f"Only {allowed} may do this.")
