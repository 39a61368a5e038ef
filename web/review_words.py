"""The words for orders and reviews: departments, routes, states, opinions, the fields of the form."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache

from sqlmodel import Session

from casework.reviews.departments import departments
from store.tables import Department
from web.i18n import _

Called = Callable[[], Mapping[str, Department]]
_called: ContextVar[Called] = ContextVar("called", default=dict)


def call_departments(session: Session) -> None:
    """From here on this request calls departments as the company does; asked once, where one is named."""
    _called.set(cache(lambda: {one.key: one for one in departments(session)}))


def department_word(department: str) -> str:
    """A department, as the company calls it."""
    own = _called.get()().get(department)
    return (own.name if own else "") or shipped_department(department)


def shipped_department(department: str) -> str:
    """What a department is called unless the company says otherwise."""
    return {
        "technical": _("技术"),
        "production": _("生产"),
        "purchasing": _("采购"),
        "quality": _("品质"),
        "finance": _("财务"),
        "sales": _("销售"),
        "planning": _("PMC"),
        "equipment": _("设备"),
        "warehouse": _("仓库"),
        "management": _("管理层"),
    }.get(department, department)


def judges_word(department: str) -> str:
    """What the department judges, as the company has it."""
    own = _called.get()().get(department)
    return (own.judges if own else "") or shipped_judging(department)


def shipped_judging(department: str) -> str:
    """What the department judges (S0 3.2, S1 4) unless the company says otherwise."""
    return {
        "technical": _("技术要求、设计和开发能力"),
        "production": _("生产能力、数量、交货期"),
        "purchasing": _("物料供应"),
        "quality": _("检验能力、质量条款"),
        "finance": _("成本、价格"),
        "sales": _("价格、付款、合同的正确和完整"),
        "planning": _("排产、出货时间"),
        "equipment": _("设备和能源"),
        "warehouse": _("包装、交付方式"),
    }.get(department, "")


def route_word(route: str) -> str:
    """Which way a review goes."""
    return {
        "regular": _("常规订单"),
        "oral": _("口头/非正规订单：客户书面确认"),
        "special": _("特殊订单：各部门评审"),
        "tender": _("标书：内部评审"),
        "large_tender": _("大额标书：集中评审"),
        "foreign_trade": _("外贸合同：集中评审"),
        "beyond_sales": _("隐含要求或超出销售权限"),
        "liability": _("涉及责任、法规"),
    }.get(route, route)


def signer_word(right: str) -> str:
    """Who concludes a review."""
    return {
        "answer": _("销售签署"),
        "sign_review": _("部门主管签署"),
        "rule_on_review": _("总经理签署"),
    }.get(right, right)


def contract_class_word(name: str) -> str:
    """常规, 新产品, 临时."""
    return {"regular": _("常规"), "new_product": _("新产品/新方案"), "temporary": _("临时")}.get(name, name)


def mark_word(name: str) -> str:
    """What makes an order special."""
    return {
        "first_order": _("新客户首单"),
        "changed_standard": _("标准或要求有变更"),
        "tender": _("标书"),
        "foreign_trade": _("外贸"),
        "oral": _("口头"),
        "beyond_sales": _("隐含要求或超出销售权限"),
        "liability": _("涉及责任、法规"),
    }.get(name, name)


def order_field_word(name: str) -> str:
    """A field of the order."""
    return {
        "customer_order_no": _("客户订单号"),
        "product": _("产品名称"),
        "model": _("规格型号"),
        "quantity": _("数量"),
        "unit": _("单位"),
        "due_on": _("交货日期"),
        "address": _("交货地址"),
        "payment": _("付款方式"),
        "quality": _("质量要求"),
        "value_cents": _("合同金额"),
        "currency": _("币种"),
        "contract_class": _("合同类别"),
        "special_requirements": _("特殊要求"),
    }.get(name) or mark_word(name)


def review_state_word(state: str) -> str:
    """How far an order is, or its review."""
    return {
        "unreviewed": _("待评审"),
        "open": _("评审中"),
        "reviewing": _("评审中"),
        "passed": _("评审通过"),
        "refused": _("评审未通过"),
        "void": _("已作废"),
        "accepted": _("已接受"),
    }.get(state, state)


def stance_word(stance: str) -> str:
    """A department's opinion."""
    return {
        "agree": _("同意"),
        "conditions": _("有条件同意"),
        "disagree": _("不同意"),
        "question": _("询问客户"),
    }.get(stance, stance)


def settlement_word(state: str) -> str:
    """What became of a disagreement with a supplier."""
    return {
        "open": _("协调中"),
        "settled": _("三方已确认"),
        "other_supplier": _("改由另一家供应"),
        "filed": _("未达成，存档"),
    }.get(state, state)


def quotation_state_word(state: str) -> str:
    """What became of a quotation."""
    return {
        "open": _("报价有效"),
        "ordered": _("已成交"),
        "refused": _("客户未接受"),
        "replaced": _("已被新报价替代"),
    }.get(state, state)


def money(cents: int | None) -> str:
    """Hundredths as people write sums: 86,000.00."""
    return "" if cents is None else f"{cents / 100:,.2f}"


def amount(quantity: float | None) -> str:
    """A quantity without needless decimals: 20,000."""
    return "" if quantity is None else f"{quantity:,.15g}"


FILTERS: dict[str, Callable[..., str]] = {
    function.__name__: function
    for function in (
        *(department_word, shipped_department, judges_word, shipped_judging),
        *(route_word, signer_word, contract_class_word, mark_word, order_field_word),
        *(review_state_word, stance_word, settlement_word, quotation_state_word, money, amount),
    )
}
