"""Words, HTML, files and pictures of a mail."""

import base64
import hashlib

import pytest

from intake.mail.html import html_to_text
from intake.mail.parse import parse_mail
from tests.intake.mail.letters import FIXTURES, letter, multipart

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def part(content: bytes, *fields: str) -> bytes:
    head = "\n".join([*fields, "Content-Transfer-Encoding: base64", "", ""]).encode()
    return head + base64.encodebytes(content)


def test_it_shows_the_plain_form_and_keeps_the_html_one() -> None:
    mail = parse_mail(
        multipart(
            part(b"plain", "Content-Type: text/plain"),
            part(b"<p>rich</p>", "Content-Type: text/html"),
            kind="alternative",
        )
    )
    assert (mail.text, mail.html) == ("plain", "<p>rich</p>")


def test_it_reads_html_when_the_plain_form_is_empty() -> None:
    mail = parse_mail(
        multipart(
            part(b" \n", "Content-Type: text/plain"),
            part("<p>请报价</p>".encode("gbk"), "Content-Type: text/html; charset=gb2312"),
            kind="alternative",
        )
    )
    assert mail.text == "请报价"


def test_it_believes_the_pages_own_character_set_when_the_mail_names_none() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>許功蓋詢價</p>'
    mail = parse_mail(b"Content-Type: text/html\n\n" + page.encode("big5"))
    assert mail.text == "許功蓋詢價"


def test_it_tells_pictures_in_the_text_from_files() -> None:
    related = multipart(
        part(b'<img src="cid:logo@x">', "Content-Type: text/html"),
        part(PICTURE, "Content-Type: image/png; name=logo.png", "Content-ID: <logo@x>"),
        kind="related",
        boundary="inner",
    ).split(b"\n", 1)[1]
    defect = part(PICTURE, "Content-Type: image/jpeg", "Content-Disposition: inline; filename=defect.jpg")
    mail = parse_mail(multipart(related, defect))
    assert [(file.name, file.content_id, file.inline) for file in mail.inline] == [
        ("logo.png", "logo@x", True)
    ]
    assert [(file.name, file.inline) for file in mail.attachments] == [("defect.jpg", False)]


def test_its_files_are_byte_exact() -> None:
    content = bytes(range(256)) * 40
    binary = (
        b"Content-Type: application/octet-stream; name=a.bin\nContent-Transfer-Encoding: binary\n\n" + content
    )
    mail = parse_mail(multipart(part(content, "Content-Type: application/pdf; name=a.pdf"), binary))
    for file in mail.attachments:
        assert file.content == content
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        (["Content-Disposition: attachment; filename=\"=?gbk?B?zbzWvS5wZGY=?=\""], "图纸.pdf"),
        (["Content-Disposition: attachment; filename*=utf-8''%E5%9B%BE.pdf; filename=x.pdf"], "图.pdf"),
        (["Content-Disposition: attachment; filename=\"%E5%9B%BE%E7%BA%B8.pdf\""], "图纸.pdf"),
        (["Content-Disposition: attachment; filename=\"../../etc/passwd\""], "passwd"),
        (["Content-Disposition: attachment; filename=\"C:\\temp\\a.xls\""], "a.xls"),
        (["Content-Disposition: attachment; filename=\"a;b=c.pdf\""], "a;b=c.pdf"),
        (["Content-Disposition: attachment", "Content-Type: application/pdf; name=\"b.pdf\""], "b.pdf"),
        (["Content-Disposition: attachment", "Content-Type: application/pdf"], "attachment.pdf"),
        (["Content-Disposition: attachment; filename=\"a\r\n b.pdf\""], "a b.pdf"),
        (["Content-Disposition: attachment; filename*0=\"长\"; filename*1=\"名.pdf\""], "长名.pdf"),
        (["Content-Disposition: attachment; filename=\"=?utf-8?B?5Zu+?=\r\n =?utf-8?B?57q4?=\""], "图纸"),
        (["Content-Disposition: attachment; filename==?utf-8?B?5Zu+57q4?="], "图纸"),
        (["Content-Disposition: attachment; filename*0*=''%CD;", " filename*1*=%BC;filename*2=.c"], "图.c"),
        (["Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fpasswd"], "passwd"),
        (["Content-Disposition: attachment; filename*=utf-8''a%00b%0D%0AX:y"], "ab X:y"),
        (["Content-Disposition: attachment; filename=\"=?utf-8?B?Li4vLi4vcGFzc3dk?=\""], "passwd"),
        (["Content-Disposition: attachment; filename=\"a\u202efdp.exe\""], "afdp.exe"),
        (["Content-Disposition: attachment; filename=\"" + "l" * 250 + ".c\""], f"{'l' * 159}…{'l' * 38}.c"),
        (["Content-Disposition: attachment; filename=\"..\""], "attachment.txt"),
        (["Content-Disposition: attachment; filename=\"/\"", "Content-Type: text/rtf"], "attachment.rtf"),
        (["Content-Disposition: attachment", "Content-Type: message/rfc822"], "mail.eml"),
    ],
)  # fmt: skip
def test_it_names_files_as_their_senders_do_but_never_as_paths(fields: list[str], name: str) -> None:
    mail = parse_mail(multipart(part(b"%PDF", *fields)))
    assert [file.name for file in mail.attachments] == [name]


def test_it_reads_raw_names_in_the_senders_character_set() -> None:
    raw = 'Content-Disposition: attachment; filename="图纸.pdf"\n\n'.encode("gbk")
    assert [file.name for file in parse_mail(multipart(raw)).attachments] == ["图纸.pdf"]


@pytest.mark.parametrize(
    ("declared", "type_"),
    [
        ("APPLICATION/PDF", "application/pdf"),
        ("application/pdf\\", "application/pdf"),
        ("image/png image", "image/png"),
        ("../x/y", "text/plain"),
        ("text/<script>", "text/plain"),
        ("text/plain\x00", "text/plain"),
        ("a" * 300 + "/b", "text/plain"),
    ],
)
def test_a_files_type_is_a_type(declared: str, type_: str) -> None:
    mail = parse_mail(multipart(part(b"x", f"Content-Type: {declared}", "Content-Disposition: attachment")))
    assert [file.type for file in mail.attachments] == [type_]


def test_it_takes_winmail_and_invitations_as_files() -> None:
    mail = parse_mail(
        multipart(
            b"Content-Type: text/plain\n\nhello",
            part(b"\x78\x9f\x3e\x22", "Content-Type: application/ms-tnef"),
            part(b"BEGIN:VCALENDAR", "Content-Type: text/calendar; method=REQUEST"),
        )
    )
    assert mail.text == "hello"
    assert [file.name for file in mail.attachments] == ["winmail.dat", "invite.ics"]


def test_it_reads_the_mail_attached_as_evidence() -> None:
    inner = letter("货到即发现短少十二件。", Subject="短少", From="梁工 <liang@customer.example>")
    mail = parse_mail(multipart("\n请跟进".encode(), b"Content-Type: message/rfc822\n\n" + inner))
    assert mail.text == "请跟进"
    assert [file.name for file in mail.attachments] == ["短少.eml"]
    assert [(evidence.subject, evidence.text) for evidence in mail.forwarded] == [
        ("短少", "货到即发现短少十二件。")
    ]


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("base64", b"aGVsbG8", "hello"),
        ("base64", b"aGVs\r\nbG8=\r\nIHdvcmxk\r\n", "hello world"),
        ("BASE64 ", b"aGVsbG8=", "hello"),
        ("base64", b"a", ""),
        ("base64", b"aGVsbG8gd29ybGQsIGhlbGxv\n\n_____\nour list\n", "hello world, hello"),
        ("base64", b"aGVsbG8=\n\n--\nchecked for you by the mail wall of c.example\n", "hello"),
        ("base64", b"aGVs!bG8gd29y\nbGQ=", "hello world"),
        ("base64", b"Please quote 500 pcs of A-19.", "Please quote 500 pcs of A-19."),
        ("base64", "请报价500件".encode("gbk"), "请报价500件"),
        ("quoted-printable", b"=E8=AF=\r\n=B7=ZZ 100%=", "请=ZZ 100%"),
        ("quoted-printable", "请报价".encode("gbk"), "请报价"),
        ("quoted-printable", b"hel=\r\nlo=21", "hello!"),
        ("x-uuencode", b"begin 644 a\n%:&5L;&\\\n`\nend\n", "hello"),
        ("8bit;", b"hello", "hello"),
        ("spam", b"hello", "hello"),
    ],
)
def test_it_undoes_transfer_encodings_also_broken_ones(encoding: str, body: bytes, text: str) -> None:
    raw = f"From: a@b.example\nContent-Transfer-Encoding: {encoding}\n\n".encode() + body
    assert parse_mail(raw).text == text


PLAIN, HTML = b"Content-Type: text/plain; charset=utf-8\n\n", b"Content-Type: text/html; charset=utf-8\n\n"
PARTS = b"\n\n--=_x\nContent-Type: text/plain\n\nhello\n--=_x--"
ASKS = HTML + "<p>请报价500件</p>".encode()


@pytest.mark.parametrize(
    "empty",
    ["", "\u00a0\n\u200b\u3000", "[cid:image001.png@01D]", "[图片]", "您的邮件客户端不支持HTML格式。",
     "This is an HTML message. Please view it in an HTML capable mail client."],
)  # fmt: skip
def test_it_reads_html_when_the_plain_form_says_nothing(empty: str) -> None:
    mail = parse_mail(multipart(PLAIN + empty.encode(), ASKS, kind="alternative"))
    assert mail.text == "请报价500件"


def test_it_reads_a_placeholder_when_there_is_nothing_else() -> None:
    mail = parse_mail(multipart(PLAIN + "该型号不支持".encode(), HTML, kind="alternative"))
    assert mail.text == "该型号不支持"


def test_it_reads_the_same_words_once_when_a_filter_adds_them_as_html() -> None:
    assert parse_mail(multipart(PLAIN + "请报价500件".encode(), ASKS)).text == "请报价500件"
    assert parse_mail(multipart(PLAIN + "您好".encode(), ASKS)).text == "您好\n请报价500件"


@pytest.mark.parametrize(
    "raw",
    [
        b"\r\n\nFrom: a@b.example\nSubject: =?utf-8?B?5pSv?=\n\nhello",
        b"From: a@b.example\nno field\nSubject: =?utf-8?B?5pSv?=\n\nhello",
        b"From: a@b.example\nSubject: =?utf-8?B?5pQ=?=\n=?utf-8?B?rw==?=\n\nhello",
        b"Subject: =?utf-8?B?5pSv?=\nContent-Type: multipart/mixed" + PARTS,
        b"Subject: =?utf-8?B?5pSv?=\nContent-Type: multipart/mixed; boundary=y" + PARTS,
    ],
    ids=["empty line on top", "junk line", "fold without space", "no boundary", "wrong boundary"],
)
def test_it_reads_mail_of_broken_form(raw: bytes) -> None:
    mail = parse_mail(raw)
    assert (mail.subject, mail.text) == ("支", "hello")


def test_it_reads_mail_with_macintosh_line_ends() -> None:
    mail = parse_mail(letter("first\nsecond", Subject="x").replace(b"\n", b"\r"))
    assert (mail.subject, mail.text) == ("x", "first\nsecond")


def test_it_takes_control_characters_out_of_the_text() -> None:
    assert parse_mail(letter("a\x00b\x1b[31mc\td\x0b")).text == "ab[31mc\td"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<div>第一行</div><div>第二行</div>", "第一行\n第二行"),
        ("a<br>b&nbsp;&amp;&nbsp;c", "a\nb & c"),
        ("<table><tr><td>A17</td><td>500</td></tr></table>", "A17  500"),
        ("<p>seen</p><div style='display:none'>not</div><p hidden>nor</p>", "seen"),
        ("<span style='font-size:0px'>x</span><span style='font-size:0.8em'>y</span>", "y"),
        ("<title>t</title><style>s</style><script>c</script><!-- c -->b", "b"),
        ("好<blockquote>旧<blockquote>更旧</blockquote></blockquote>新", "好\n> 旧\n>> 更旧\n新"),
        ("<img src='http://tracker.example/x.gif'><a href='http://x.example'>link</a>", "link"),
        ("<p>未闭合 <b>x", "未闭合 x"),
        ("<div>" * 400 + "deep", "deep"),
        ("<script>" * 3 + "x", ""),
        ("", ""),
    ],
)
def test_it_sees_in_a_page_what_its_reader_sees(page: str, text: str) -> None:
    assert html_to_text(page) == text


def test_a_picture_written_into_the_page_does_not_hide_the_words() -> None:
    assert html_to_text(f"<img src='data:image/png;base64,{'A' * 3_000_000}'>words") == "words"


def test_it_reads_pages_too_big_for_a_tree() -> None:
    assert html_to_text("<p>行</p>" * 200_000).count("行") == 200_000


def test_it_gives_the_fixed_json_shape() -> None:
    mail = parse_mail(letter("您好", Subject="询价", Message_ID="<1@c.example>"))
    assert mail.as_json("a.eml") == {
        "file": "a.eml",
        "message_id": "<1@c.example>",
        "from": "buyer@customer.example",
        "subject": "询价",
        "text": "您好",
        "new_text": "您好",
        "attachments": [],
        "inline": [],
        "auto_generated": None,
        "may_answer": True,
    }


@pytest.mark.parametrize(
    ("file", "text"),
    [("der", "已签名的订单：A-19 共60件"), ("stream", "已签名的订单：A-19 共60件"), ("encrypted", "")],
)
def test_it_reads_the_letter_in_a_signed_envelope(file: str, text: str) -> None:
    mail = parse_mail((FIXTURES / "smime" / f"{file}.eml").read_bytes())
    assert mail.text == text
    assert [attachment.name for attachment in mail.attachments] == ["smime.p7m"]
