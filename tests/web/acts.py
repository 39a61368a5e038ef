"""Every act at the desk with the one line that it leaves in the log: one entry for each route that changes
something. A route without an entry fails tests/web/test_log.py.
"""

from dataclasses import dataclass, field, replace

from survey.questionnaires.drafting import Typed, draft_of
from survey.questionnaires.loading import questionnaire
from tests.survey.people import BEST
from tests.web.questionnaire_forms import form_of


@dataclass(frozen=True)
class Act:
    """A form, filled in, and the line of the log that it leaves."""

    address: str
    logged: str
    form: dict[str, str] = field(default_factory=dict)
    who: str = "赵敏"
    first: tuple["Act", ...] = ()  # what must have been done before


CASE = "/desk/cases/HY-000002"
REPLY = Act(f"{CASE}/reply", "replied", {"text": "您好，已安排。", "seen": "99999"})
COMPLAINT = "/desk/cases/HY-000005"
WAITING = Act(f"{COMPLAINT}/reply", "draft_proposed", {"text": "您好，明天换新机。", "seen": "99999"})
LOSS = Act(f"{COMPLAINT}/loss", "loss_declared", {"reason": "整批报废，客户停产一天"})
MEETING = {
    "held_on": "2026-11-20",
    "done_by": "2026-12-01",
    "participants": "周工、李厂长",
    "cause": "温控失效",
    "decisions": "加装报警",
}
MEASURE = Act(f"{COMPLAINT}/measures", "measure_added", {"measure": "换封口机"})
ORDER = "/desk/cases/HY-000003/order"
TERMS = {
    "product": "S136 模仁",
    "quantity": "6",
    "unit": "件",
    "due_on": "2026-12-10",
    "address": "台北市",
    "payment": "月結 30 天",
    "quality": "HRC 50±2",
    "value": "86000",
    "contract_no": "HT-2026-011",
}
WRITTEN = Act(ORDER, "order_written", TERMS)
OPENED = Act(f"{ORDER}/review", "review_opened")
DISAGREED = Act(
    "/desk/reviews/1/settlements",
    "settlement_opened",
    {"supplier": "宏达钢材", "difference": "厚度只能做到 2.1 mm"},
    first=(WRITTEN, OPENED),
)
LATER = Act(
    "/desk/routes/special",
    "route_changed",
    {"asked": "technical", "signer": "rule_on_review", "opinion_days": "3"},
)
CUSTOMER, REQUIREMENT = "/desk/customers/2", "/desk/requirements/3"
WANTED = {"sentence": "木箱", "category": "packaging"}
THING = Act(
    f"{CUSTOMER}/property",
    "property_registered",
    {"kind": "tooling", "name": "冲压模", "received_on": "2026-11-01"},
)
VISIT = Act(
    f"{CUSTOMER}/visits", "visit_made", {"made_on": "2026-11-12", "met": "Tom Baker", "said": "交期要稳定"}
)
DONE = Act(f"{REQUIREMENT}/status", "requirement_moved", {"status": "done", "result": "已改"})
PASSED_ON = Act(f"{REQUIREMENT}/pass", "requirement_passed", {"department": "warehouse"})
MERGED = Act(f"{CUSTOMER}/merge", "customers_merged", {"other": "4"})
SERVICE = Act(
    f"{CASE}/service-orders",
    "service_order_issued",
    {"handler": "5", "task": "上门检查", "due": "2026-12-01T17:30"},
)
SERVED = Act(
    "/desk/service-orders/1/done",
    "service_order_done",
    {"finding": "fault", "found": "热电偶松动", "work": "已更换"},
    first=(SERVICE,),
)
CANNED = Act("/desk/canned", "canned_saved", {"name": "样品", "zh": "样品明天寄出。"})
VIEW = Act("/desk/views", "view_saved", {"name": "订单", "query": "kind=order"})
PLAN = {
    "title": "季度调查",
    "questionnaire": "smt-100",
    "rhythm": "quarterly",
    "starts_on": "2027-01-04",
    "channels": "email",
    "reminder_days": "2、4",
}
PAUSED = Act("/desk/surveys/2/pause", "survey_paused")
COPIED = Act("/desk/questionnaires/smt-100/copy", "questionnaire_copied", {"own_name": "smt-100-2"})
NEW_WORDS = form_of(replace(draft_of(questionnaire("smt-100")), title=Typed("满意度", "", "Survey")))
LATE = "/desk/survey-actions/2"
ANALYSED = Act(
    LATE,
    "survey_action_planned",
    {"analysis": "排产晚", "solution": "周计划", "owner": "5", "due_on": "2026-12-01"},
)
IMPROVED = Act(f"{LATE}/done", "survey_action_done", {"outcome": "每周排产"}, first=(ANALYSED,))
DAY_OFF = Act("/desk/calendar", "own_day_added", {"day": "2026-12-24", "worked": "false"})

ACTS: dict[str, Act] = {
    "POST /sign-in": Act("/sign-in", "signed_in", {"name": "赵敏", "password": "correct horse battery"}),
    "POST /sign-out": Act("/sign-out", "signed_out"),
    "POST /language": Act("/language", "language_chosen", {"language": "en"}),
    "POST /desk/cases/{number}/assign": Act(f"{CASE}/assign", "assigned", {"owner": "1"}),
    "POST /desk/cases/{number}/close": Act(f"{CASE}/close", "closed"),
    "POST /desk/cases/{number}/reopen": Act(
        f"{CASE}/reopen", "reopened", first=(Act(f"{CASE}/close", "closed"),)
    ),
    "POST /desk/cases/{number}/correct": Act(
        f"{CASE}/correct", "corrected", {"kind": "complaint", "severity": "light", "requirement": "delivery"}
    ),
    "POST /desk/cases/{number}/existing": Act(f"{CASE}/existing", "customer_existing"),
    "POST /desk/cases/{number}/reply": REPLY,
    "POST /desk/cases/{number}/interim": Act(
        f"{CASE}/interim",
        "interim",
        {"final_by": "2026-11-25T17:30", "departments": "技术", "detail": "等外协报价", "seen": "99999"},
    ),
    "POST /desk/cases/{number}/notes": Act(f"{CASE}/notes", "noted", {"text": "客户周五来访"}),
    "POST /desk/bulk": Act("/desk/bulk", "closed", {"act": "close", "case": "2"}),
    "POST /desk/canned": CANNED,
    "POST /desk/canned/{canned_id}/remove": Act("/desk/canned/1/remove", "canned_removed", first=(CANNED,)),
    # Answers that wait for a confirmation, and complaints.
    "POST /desk/cases/{number}/drafts/{draft_id}/edit": Act(
        f"{COMPLAINT}/drafts/1/edit", "draft_edited", {"text": "您好，后天换新机。"}, first=(WAITING,)
    ),
    "POST /desk/cases/{number}/drafts/{draft_id}/withdraw": Act(
        f"{COMPLAINT}/drafts/1/withdraw", "draft_withdrawn", first=(WAITING,)
    ),
    "POST /desk/cases/{number}/complaint": Act(
        f"{COMPLAINT}/complaint", "complaint_filled", {"cause": "封口电热丝老化"}
    ),
    "POST /desk/cases/{number}/sign": Act(
        f"{COMPLAINT}/sign",
        "complaint_signed",
        first=(Act(f"{COMPLAINT}/complaint", "complaint_filled", {"countermeasure": "换新机"}),),
    ),
    "POST /desk/complaints/summary": Act(
        "/desk/complaints/summary", "month_evaluated", {"month": "2026-11", "words": "电镀为主。"}
    ),
    "POST /desk/cases/{number}/loss": LOSS,
    "POST /desk/cases/{number}/loss/lift": Act(f"{COMPLAINT}/loss/lift", "loss_lifted", first=(LOSS,)),
    "POST /desk/cases/{number}/loss/meeting": Act(
        f"{COMPLAINT}/loss/meeting", "loss_reviewed", MEETING, first=(LOSS,)
    ),
    "POST /desk/cases/{number}/capa": Act(f"{COMPLAINT}/capa", "capa_filled", {"cause": "电热丝老化"}),
    "POST /desk/cases/{number}/measures": MEASURE,
    "POST /desk/cases/{number}/measures/{measure_id}": Act(
        f"{COMPLAINT}/measures/1", "measure_done", {"done_on": "2026-11-20"}, first=(MEASURE,)
    ),
    "POST /desk/cases/{number}/capa/verify": Act(
        f"{COMPLAINT}/capa/verify",
        "capa_verified",
        {"verification": "两周无异常", "effective": "yes"},
        first=(Act(f"{COMPLAINT}/capa", "capa_issued", {"cause": "老化", "action": "更换", "issue": "yes"}),),
    ),
    "POST /desk/cases/{number}/nonconformity": Act(
        f"{COMPLAINT}/nonconformity", "nonconformity_expected", {"act": "expect", "reason": "return"}
    ),
    # Orders.
    "POST /desk/cases/{number}/order": WRITTEN,
    "POST /desk/cases/{number}/order/confirm": Act(
        f"{ORDER}/confirm", "order_confirmed", {"words": "郵件確認"}, first=(WRITTEN,)
    ),
    "POST /desk/cases/{number}/order/review": Act(f"{ORDER}/review", "review_opened", first=(WRITTEN,)),
    "POST /desk/reviews/{review_id}/minutes": Act(
        "/desk/reviews/1/minutes",
        "minutes_written",
        {"held_on": "2026-11-20", "participants": "孙工、李厂长", "words": "可以做"},
        first=(Act(ORDER, "order_written", TERMS | {"marks": "foreign_trade"}), OPENED),
    ),
    "POST /desk/reviews/{review_id}/settlements": DISAGREED,
    "POST /desk/reviews/{review_id}/settlements/{settlement_id}": Act(
        "/desk/reviews/1/settlements/1",
        "settlement_worded",
        {"act": "terms", "words": "2.1 mm"},
        first=(WRITTEN, OPENED, DISAGREED),
    ),
    "POST /desk/cases/{number}/order/quotations": Act(
        f"{CASE}/order/quotations", "quoted", {"value": "4000"}
    ),
    "POST /desk/cases/{number}/order/quotations/{quotation_id}/refuse": Act(
        f"{CASE}/order/quotations/1/refuse",
        "quotation_refused",
        first=(Act(f"{CASE}/order/quotations", "quoted", {"value": "4000"}),),
    ),
    # Service orders.
    "POST /desk/cases/{number}/service-orders": SERVICE,
    "POST /desk/service-orders/{order_id}/done": SERVED,
    "POST /desk/service-orders/{order_id}/confirm": Act(
        "/desk/service-orders/1/confirm",
        "service_order_confirmed",
        {"by": "何师傅", "on": "2026-11-20", "service": "satisfied", "product": "satisfied"},
        first=(SERVICE, SERVED),
    ),
    "POST /desk/service-orders/{order_id}/withdraw": Act(
        "/desk/service-orders/1/withdraw", "service_order_withdrawn", first=(SERVICE,)
    ),
    "POST /desk/routes/{route}": LATER,
    "POST /desk/routes/{route}/reset": Act("/desk/routes/special/reset", "route_reset", first=(LATER,)),
    "POST /desk/routes/people/{user_id}": Act(
        "/desk/routes/people/5", "user_department", {"department": "technical"}
    ),
    "POST /desk/departments": Act("/desk/departments", "department_added", {"name": "物流"}),
    "POST /desk/departments/{department}": Act(
        "/desk/departments/equipment", "department_changed", {"name": "设备动力"}
    ),
    # Customers, what they require, and the yearly plan.
    "POST /desk/customers": Act("/desk/customers", "customer_added", {"name": "天元电机"}),
    "POST /desk/customers/{row_id}": Act(
        CUSTOMER, "customer_changed", {"name": "Northgate", "status": "existing"}
    ),
    "POST /desk/customers/{row_id}/surveys": Act(
        f"{CUSTOMER}/surveys", "surveys_refused", {"contact": "2", "refused": "true"}
    ),
    "POST /desk/surveys/{campaign_id}/enter/{contact_id}": Act(
        "/desk/surveys/2/enter/2", "survey_entered", {**BEST, "source": "phone", "note": "Tom, 11-20"}
    ),
    "POST /desk/customers/{row_id}/people": Act(f"{CUSTOMER}/people", "contact_added", {"name": "Ann"}),
    "POST /desk/customers/{row_id}/person": Act(
        f"{CUSTOMER}/person", "contact_changed", {"contact": "2", "name": "Tom B.", "language": "en"}
    ),
    "POST /desk/customers/{row_id}/address": Act(
        f"{CUSTOMER}/address",
        "address_added",
        {"contact": "2", "channel": "phone", "address": "13800000000"},
    ),
    "POST /desk/customers/{row_id}/address/remove": Act(
        f"{CUSTOMER}/address/remove", "address_removed", {"address": "2"}
    ),
    "POST /desk/customers/{row_id}/merge": MERGED,
    "POST /desk/customers/{row_id}/undo": Act(
        f"{CUSTOMER}/undo", "move_undone", {"move": "1"}, first=(MERGED,)
    ),
    "POST /desk/customers/{row_id}/move-contact": Act(
        f"{CUSTOMER}/move-contact", "contact_moved", {"contact": "2", "to": "C-00004"}
    ),
    "POST /desk/customers/{row_id}/property": THING,
    "POST /desk/customers/{row_id}/property/state": Act(
        f"{CUSTOMER}/property/state", "property_state", {"thing": "1", "state": "returned"}, first=(THING,)
    ),
    "POST /desk/customers/{row_id}/market": Act(
        f"{CUSTOMER}/market", "market_noted", {"topic": "competitor", "text": "报价低 6%"}
    ),
    "POST /desk/customers/{row_id}/visits": VISIT,
    "POST /desk/customers/{row_id}/visits/confirm": Act(
        f"{CUSTOMER}/visits/confirm", "visit_confirmed", {"visit": "1", "by": "Tom Baker"}, first=(VISIT,)
    ),
    "POST /desk/requirements/new": Act(
        "/desk/requirements/new", "requirement_added", WANTED | {"customer": "2"}
    ),
    "POST /desk/requirements/{row_id}": Act(REQUIREMENT, "requirement_changed", WANTED),
    "POST /desk/requirements/{row_id}/status": DONE,
    "POST /desk/requirements/{row_id}/reported": Act(
        f"{REQUIREMENT}/reported", "requirement_reported", first=(DONE,)
    ),
    "POST /desk/requirements/{row_id}/pass": PASSED_ON,
    "POST /desk/requirements/{row_id}/sign": Act(
        f"{REQUIREMENT}/sign", "requirement_received", {"department": "warehouse"}, first=(PASSED_ON,)
    ),
    "POST /desk/requirements/{row_id}/withdraw": Act(f"{REQUIREMENT}/withdraw", "requirement_withdrawn"),
    "POST /desk/plan": Act("/desk/plan", "plan_made", {"year": "2027"}),
    "POST /desk/plan/cell": Act("/desk/plan/cell", "visit_planned", {"cell": "2:2026-12"}),
    # One's own desk, and the house.
    "POST /desk/me/untie": Act("/desk/me/untie", "chat_untied"),
    "POST /desk/me": Act("/desk/me", "preferences_changed", {"language": "en", "on_duty": "true"}),
    "POST /desk/views": VIEW,
    "POST /desk/views/{view_id}/remove": Act("/desk/views/1/remove", "view_removed", first=(VIEW,)),
    "POST /desk/calendar": DAY_OFF,
    "POST /desk/calendar/{day}/remove": Act(
        "/desk/calendar/2026-12-24/remove", "own_day_removed", first=(DAY_OFF,)
    ),
    "POST /desk/surveys/plans": Act("/desk/surveys/plans", "survey_planned", PLAN),
    "POST /desk/surveys/plans/{plan_id}": Act("/desk/surveys/plans/1", "survey_plan_changed", PLAN),
    "POST /desk/surveys/plans/{plan_id}/end": Act("/desk/surveys/plans/1/end", "survey_plan_ended"),
    "POST /desk/surveys/{campaign_id}/pause": PAUSED,
    "POST /desk/surveys/{campaign_id}/resume": Act(
        "/desk/surveys/2/resume", "survey_resumed", first=(PAUSED,)
    ),
    "POST /desk/surveys/{campaign_id}/extend": Act(
        "/desk/surveys/2/extend", "survey_extended", {"days": "3"}
    ),
    "POST /desk/surveys/{campaign_id}/close": Act("/desk/surveys/2/close", "survey_closed"),
    "POST /desk/deliveries": Act(
        "/desk/deliveries", "deliveries_entered", {"month": "2026-10", "deliveries": "120", "late": "3"}
    ),
    "POST /desk/questionnaires/{name}/copy": COPIED,
    "POST /desk/questionnaires/{name}/edit": Act(
        "/desk/questionnaires/smt-100-2/edit", "questionnaire_saved", NEW_WORDS, first=(COPIED,)
    ),
    "POST /desk/surveys/plans/{plan_id}/approve": Act(
        "/desk/surveys/plans/2/approve", "survey_plan_approved"
    ),
    # What follows from a survey.
    "POST /desk/survey-actions/{action_id}": ANALYSED,
    "POST /desk/survey-actions/{action_id}/done": IMPROVED,
    "POST /desk/survey-actions/{action_id}/drop": Act(
        f"{LATE}/drop", "survey_action_dropped", {"reason": "船期延误，非我方"}
    ),
    "POST /desk/survey-actions/{action_id}/reopen": Act(
        f"{LATE}/reopen", "survey_action_reopened", first=(ANALYSED, IMPROVED)
    ),
    "POST /desk/survey-actions/{action_id}/meeting": Act(
        "/desk/survey-actions/1/meeting", "survey_meeting_held", {"met_on": "2026-11-19", "minutes": "已议"}
    ),
    "POST /desk/survey-actions/{action_id}/improvement": Act(
        f"{LATE}/improvement",
        "survey_improvement_told",
        {"act": "send", "text_zh": "现在每周排产。"},
        first=(ANALYSED, IMPROVED),
    ),
    "POST /desk/surveys/{campaign_id}/target": Act(
        "/desk/surveys/2/target", "survey_target_set", {"target": "88"}
    ),
    "POST /desk/quarantine/{row_id}/retry": Act("/desk/quarantine/1/retry", "incoming_retried"),
}

# Acts that need more than one form to be shown, each with the test that shows its line; and what is no state.
SHOWN_ELSEWHERE: dict[str, str] = {
    "POST /desk/cases/{number}/colleague": "test_case: it makes a colleague of a stranger with one click",
    "POST /desk/cases/{number}/letters/{letter_id}/again": "below: it logs a decision about a letter",
    "POST /desk/cases/{number}/letters/{letter_id}/sent": "below: it logs a decision about a letter",
    "POST /telegram": "keeps what Telegram brought for its listener; receiving it logs message_received",
    "POST /wecom/callback": "tells only that there is something; what is fetched then is logged as received",
    "POST /desk/new": "keeps a row of the queue; receiving it logs message_received",
    "POST /desk/new-outbound": "test_review: it writes to a customer first (outbound_opened)",
    "POST /desk/cases/{number}/drafting": "who is just typing: no matter of a customer changes",
    "POST /desk/cases/{number}/drafts/{draft_id}/confirm": "complaints/test_confirming: reply_confirmed",
    "POST /desk/cases/{number}/drafts/{draft_id}/back": "test_complaints: it sends back with a remark",
    "POST /desk/cases/{number}/drafts/{draft_id}/told": "test_complaints: answers told by voice log replied",
    "POST /desk/cases/{number}/settle": "test_complaints: it fills in the form signs and closes",
    "POST /desk/cases/{number}/requirements": "casework/test_requirements: requirements_carried",
    "POST /desk/cases/{number}/order/accept": "reviews/test_review: a line of the log each",
    "POST /desk/cases/{number}/order/progress": "test_review: it takes an order from review to acceptance",
    "POST /desk/cases/{number}/order/notices/{notice_id}/receive": "reviews/test_review: notice_received",
    "POST /desk/cases/{number}/order/quotations/{quotation_id}/settle": "reviews/test_review: it quotes",
    "POST /desk/reviews/{review_id}/opinions/{opinion_id}": "reviews/test_review: opinion_given",
    "POST /desk/reviews/{review_id}/opinions/{opinion_id}/answer": "reviews/test_review: question_answered",
    "POST /desk/reviews/{review_id}/conclude": "reviews/test_review: review_concluded",
    "POST /desk/reviews/{review_id}/tell": "reviews/test_review: review_told",
    "POST /desk/reviews/{review_id}/consent": "reviews/test_review: review_agreed",
    "POST /desk/deliveries/import": "reporting/test_internal: a table logs deliveries_entered by month",
    "POST /desk/surveys/{campaign_id}/target/review": "test_survey_actions: survey_target_revised",
    "POST /desk/customers/import": "a trial, taken back: nothing changes",
    "POST /desk/customers/import/confirm": "test_customers: customers_imported",
    "POST /chat": "keeps a row of the queue; receiving it logs message_received",
    "POST /chat/press": "keeps a row of the queue, as a line does",
    "POST /chat/along": "public/test_chat_along: a code kept as its hash; what is done with it is logged",
    "POST /chat/code": "public/test_chat_along: chat_taken_along, chat_recognised",
    "POST /chat/mail": "public/test_chat_mail: chat_mail_left",
    "POST /chat/seen": "what a visitor has read: no matter of the business",
    "POST /desk/customers/{row_id}/chat-code": "test_chat_code: chat_code_made, shown once",
    "POST /chat/survey": "public/test_in_browser: what is begun is no answer yet; sent it is survey_answered",
    "POST /survey/{mark}": "survey/answering/test_answers: survey_answered",
    "POST /survey/{mark}/begun": "what is begun is no answer yet",
    "POST /survey/{mark}/stop": "public/test_survey_stop: surveys_refused",
    "POST /desk/notices/read": "one's own notices, seen: no matter of a customer changes",
}
