"""Sample values of every form: what each template takes."""

from datetime import UTC, date, datetime
from typing import Any

from web.desk.forms.printed import NUMBERS

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
SIGNED = {"name": "赵敏", "at": AT}

COMPLAINT: dict[str, Any] = {
    "number": "HY-000001",
    "registered_at": AT,
    "registered_by": "王芳",
    "department": "销售部",
    "channel": "邮件",
    "severity": "severe",
    "claim": True,
    "customer_code": "C-00001",
    "customer": "华东精密电子有限公司",
    "complainant": "李敏",
    "contact": "li.min@huadong.example",
    "complained_at": AT,
    "deadline": AT,
    "product": "端子",
    "part_no": "KX-2208",
    "order_no": "PO-20261102-7",
    "quantity": "2,000 只",
    "ordered_on": date(2026, 11, 2),
    "delivered_on": date(2026, 11, 15),
    "content": "批号 L261108 的端子镀层起泡，抽检 2,000 只中 37 只不良，产线停线。",
    "demand": "换货 2,000 只，承担停线损失",
    "investigation": "现场确认起泡属实，库存同批 4,200 只已隔离。",
    "cause": "电镀前处理槽液浓度低于下限，点检漏做。",
    "unit": "电镀车间",
    "countermeasures": [
        {
            "action": "换货 2,000 只",
            "department": "销售部",
            "due": date(2026, 11, 21),
            "done": date(2026, 11, 21),
        },
        {
            "action": "前处理槽液改为每班两次点检，超限停机",
            "department": "电镀车间",
            "due": date(2026, 11, 27),
        },
    ],
    "replied_by": "王芳",
    "replied_at": AT,
    "reply": "今日 17 点前空运换货 2,000 只；8D 报告两个工作日内提供。",
    "effect": "后续三批 6,000 只无不良。",
    "verified_by": "王芳",
    "verified_at": AT,
    "customer_satisfied": True,
    "signatures": [{"label": "业务员", "name": "王芳", "at": AT}, {"label": "部门负责人", **SIGNED}],
}
SUMMARY: dict[str, Any] = {
    "period": "2026-11",
    "department": "销售部",
    "rows": [
        {
            "number": f"HY-{number:06d}",
            "complained_on": date(2026, 11, number),
            "customer_code": f"C-{number:05d}",
            "product": "端子 KX-2208",
            "content": "镀层起泡，产线停线，要求换货并索赔",
            "severity": "重度",
            "cause": "前处理槽液浓度低于下限",
            "unit": "电镀车间",
            "countermeasure": "每班两次点检，超限停机",
            "closed_on": date(2026, 11, 28),
            "effect": "有效",
        }
        for number in range(1, 6)
    ],
    "totals": {
        "cases": 5,
        "light": 0,
        "moderate": 0,
        "severe": 5,
        "claims": 1,
        "closed": 5,
        "in_time": "100%",
    },
    "evaluation": "电镀前处理是本月的主要原因，已列入下月内审。",
}
REVIEW: dict[str, Any] = {
    "number": "26-17",
    "date": date(2026, 11, 20),
    "customer_code": "C-00003",
    "customer": "台达模具股份有限公司",
    "order_no": "PO-7781",
    "contract_class": "new_product",
    "product": "导柱",
    "model": "DZ-40",
    "quantity": "500 件",
    "delivery_date": date(2026, 12, 20),
    "price": "CNY 86.00",
    "remark": "样件先行",
    "requirements": [
        ("生产工艺要求", "渗碳淬火 HRC 58–62"),
        ("测试要求", "全检外径"),
        ("包装要求", "防锈油纸，木箱"),
    ],
    "special_requirements": ["每箱贴批号标签", "随货附材质证明 3.1"],
    "opinions": [
        {"department": one, "opinion": "可行", "name": "陈志远", "at": date(2026, 11, 21)}
        for one in ("工程", "生产", "品质", "采购", "财务")
    ],
    "conclusion": "接受，交期含首件确认 5 天。",
    "accepted": True,
    "concluded_by": "赵敏",
    "concluded_at": AT,
    "revisions": [{"version": "B", "change": "数量由 400 改为 500", "by": "王芳"}],
}
REQUIREMENTS: dict[str, Any] = {
    "customer_code": "C-00001",
    "customer": "华东精密电子有限公司",
    "department": "销售部",
    "identified_on": date(2026, 11, 20),
    "rows": [
        {
            "number": number,
            "sentence": "下一批起每箱必须贴批号标签，随货附 RoHS 检测报告",
            "category": "标识追溯",
            "source": "明示",
            "scope": "KX-2208",
            "department": "仓库",
            "identified_on": date(2026, 11, 20),
            "deadline": date(2026, 12, 1),
            "handler": "王芳",
            "status": "处理中",
            "review": "26-17",
            "remark": None,
        }
        for number in range(1, 6)
    ],
}
PLAN: dict[str, Any] = {
    "year": 2026,
    "department": "市场部",
    "rows": [
        {
            "customer_code": f"C-{number:05d}",
            "customer": "华东精密电子有限公司",
            "status": "现有客户",
            "owner": "王芳",
            "months": ["", "", "★☆", "", "", "★", "", "", "★", "", "☆", ""],
        }
        for number in range(1, 13)
    ],
}
VISIT: dict[str, Any] = {
    "customer_code": "C-00001",
    "customer": "华东精密电子有限公司",
    "status": "现有客户",
    "kind": "回访",
    "planned": "2026-11",
    "made_on": date(2026, 11, 18),
    "visitor": "王芳",
    "met": "李敏、采购部张经理",
    "said": "对交期满意；希望包装箱四角加护角，明年用量增加三成。",
    "heard": [("需求与特点", "明年用量增加三成"), ("竞争对手", "同规格报价低 6%"), ("市场行情", "")],
    "confirmed_by": "李敏",
}
SERVICE: dict[str, Any] = {
    "number": "SV-00001",
    "case": "HY-000005",
    "issued_at": AT,
    "issued_by": "王芳",
    "customer_code": "C-00005",
    "customer": "Northgate Tooling Ltd",
    "contact": "Tom Baker",
    "handler": "孙工",
    "product": "封口机 FK-900",
    "place": "东莞市长安镇 3 号厂房，何师傅",
    "task": "封口温度忽高忽低，上门检查加热块和热电偶。",
    "due_at": AT,
    "finding": "misuse",
    "found": "热电偶被拉出 8 mm，测温点偏移。",
    "work": "重新固定热电偶，校温，教操作工点检。",
    "done_by": "孙工",
    "done_at": AT,
    "service_rating": "very_satisfied",
    "product_rating": "meets_need",
    "comment": "来得很快。",
    "confirmed_by": "何师傅",
    "confirmed_on": date(2026, 11, 21),
}
FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    name: (NUMBERS[name], record)
    for name, record in (
        ("complaint_record", COMPLAINT),
        ("complaint_summary", SUMMARY),
        ("contract_review", REVIEW),
        ("requirement_list", REQUIREMENTS),
        ("service_plan", PLAN),
        ("visit_record", VISIT),
        ("service_notice", SERVICE),
    )
}
