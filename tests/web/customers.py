"""What invented customers wrote."""

from dataclasses import dataclass

from nlp.reading import Kind, Severity
from store.tables import Channel

COMPLAINT = """王经理你好：

11月16日到货的 KX-2208 端子（订单 PO-20261102-7，批号 L261108）今天上线时发现 37 只镀层起泡，
我司产线已经停线两小时，客户那边已经在催。请今天内给出处理方案，并安排换货 2,000 只；
由此造成的停线损失我们会提出索赔，金额另行通知。

下一批起每箱必须贴批号标签，并随货附 RoHS 检测报告。

华东精密  李敏
"""
QUOTED = """
-----原始邮件-----
发件人: 王芳 <sales@huiyin.example>
时间: 2026年11月12日 9:20
主题: 回复: KX-2208 发货安排

李工，2 万只今天已发出，预计 16 日到厂。
"""
HTML = """<html><body style="font-family:SimSun"><p>王经理你好：</p>
<p>11月16日到货的 <b>KX-2208</b> 端子今天上线时发现 <font color=red>37 只镀层起泡</font>。</p>
<table border=1><tr><th>批号</th><th>数量</th></tr><tr><td>L261108</td><td>37</td></tr></table>
<img src="http://tracker.example/x.gif"><script>document.title='owned'</script>
<a href="https://huadong.example/photos">照片</a></body></html>"""


@dataclass(frozen=True)
class Given:
    """One customer's first word, and how it was read."""

    company: str
    name: str
    channel: Channel
    kind: Kind
    hours_ago: float
    text: str
    subject: str | None = None
    severity: Severity | None = None
    wants: tuple[str, ...] = ()


CASES = (
    Given(
        "Northgate Fasteners Ltd",
        "Tom Baker",
        Channel.EMAIL,
        Kind.INQUIRY,
        21.5,
        "Dear Sirs,\n\nplease quote for 40,000 pcs M8x30 flange bolts, 10.9, zinc flake. Delivery to Hamburg"
        " before 15 January, packed in cartons of max 15 kg.\n\nBest regards\nTom Baker",
        "RFQ: M8x30 flange bolts, 40,000 pcs",
        wants=("delivery", "packaging"),
    ),
    Given(
        "台达模具股份有限公司",
        "林建宏",
        Channel.EMAIL,
        Kind.ORDER,
        20.6,
        "您好，附件為採購單，S136 模仁 6 件，硬度 HRC 50±2，首件需附量測報告，12/10 前交貨。謝謝。",
        "採購單 TD-1120-03：S136 模仁 6 件",
        wants=("material", "ppap"),
    ),
    Given(
        "深圳市蓝湾照明科技",
        "阿杰",
        Channel.TELEGRAM,
        Kind.INQUIRY,
        6.2,
        "你好，12W 筒灯 3000 只什么价？有现货吗",
    ),
    Given(
        "杭州云岭食品机械",
        "周莉",
        Channel.WEBCHAT,
        Kind.COMPLAINT,
        3.1,
        "封口机又坏了，这是第三次了。要求换新机，不然就退货。",
        severity=Severity.MODERATE,
        wants=("warranty",),
    ),
    Given(
        "Meridian Robotics GmbH",
        "Anke Vogel",
        Channel.EMAIL,
        Kind.ORDER,
        1.4,
        "Please find attached our PO 4500018827 for 120 servo brackets."
        " CE marking and serial number on every part.",
        "Purchase order 4500018827",
        wants=("regulation", "labelling"),
    ),
    Given(
        "宁波海工阀门",
        "郑工",
        Channel.PHONE,
        Kind.SUGGESTION,
        0.7,
        "来电建议：发货通知里最好写上车牌和司机电话，仓库好安排卸货。",
    ),
    Given(
        "苏州恒泰注塑",
        "吴小姐",
        Channel.EMAIL,
        Kind.COMPLAINT,
        10.0,
        "昨天到的货有 2 箱外箱压扁，产品没有损坏，下次请加护角。",
        "包装箱压扁 2 箱",
        Severity.LIGHT,
        ("packaging",),
    ),
)
