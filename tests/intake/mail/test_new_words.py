"""New words apart from history, signatures and notices."""

import json

import pytest

from intake.mail.new_words import new_words
from intake.mail.parse import parse_mail
from tests.intake.mail.letters import FIXTURES, letter

LAYOUTS = [
    case
    for folder in ("quotes_zh", "quotes_more")
    for case in json.loads((FIXTURES / folder / "cases.json").read_text())
]
REPLIES = json.loads((FIXTURES / "email_reply_parser/expected.json").read_text())
FRAGMENTS = {
    # file: (what its writer wrote, what belongs to others or to the signature)
    "email_1_1.txt": (["I am currently using the Java HTTP API."], ["Abhishek", "mailing list"]),
    "email_1_2.txt": (
        ["Hi,", "You can list the keys", "would do it.", "delete them all individually."],
        ["> ", "wrote:", "What is the best way", "Abhishek", "mailing list"],
    ),
    "email_1_3.txt": (["Oh thanks.", "Having the function would be great."], ["> ", "wrote:", "riak-users"]),
    "email_1_8.txt": (
        ["I will reply under this one", "and under this."],
        ["> ", "wrote:", "this is my signature"],
    ),
    "email_1_5.txt": (["Here's what I've got.", "It goes on and on\nfor a while."], []),
    "correct_sig.txt": (["this is an email with a correct -- signature."], ["rick"]),
    "greedy_on.txt": (["On your remote host you can run:", "the tunnel is not working."], ["wrote:", "> "]),
    "email_sig_delimiter_in_middle_of_line.txt": (["-- this is not a signature.", "kthxbai"], []),
    "email_long_quote.txt": (["running a test?", "I am currently using"], ["riak-users", "\n>>"]),
    "pathological.txt": (["get back to a computer."], ["wrote:", "ATGGAG"]),
}


@pytest.mark.parametrize("case", LAYOUTS, ids=lambda case: case["id"])
def test_it_sets_apart_the_history_of_each_mail_program(case: dict[str, str]) -> None:
    found = new_words(case["input"], subject=case.get("needs_subject", ""))
    assert found in (case["expected_reply"], *case.get("accept", ()))


@pytest.mark.parametrize(
    "case", [case for case in REPLIES if "expected_visible_text" in case], ids=lambda case: case["file"]
)
def test_it_finds_the_visible_text_of_a_reply(case: dict[str, str]) -> None:
    text = (FIXTURES / "email_reply_parser" / case["file"]).read_text()
    assert new_words(text) == case["expected_visible_text"]


@pytest.mark.parametrize("file", [case["file"] for case in REPLIES if "fragments" in case])
def test_it_keeps_the_writers_fragments_and_no_others(file: str) -> None:
    words = new_words((FIXTURES / "email_reply_parser" / file).read_text())
    written, foreign = FRAGMENTS[file]
    assert [fragment for fragment in written if fragment not in words] == []
    assert [fragment for fragment in foreign if fragment in words] == []


def test_it_keeps_what_a_forward_passes_on_when_only_the_subject_says_forward() -> None:
    text = "请跟进\n\n发件人: 客户\n发送时间: 2024年6月10日\n收件人: sales\n主题: 不良\n\n孔距偏大"
    assert new_words(text, subject="转发: 不良") == text
    assert new_words(text, subject="回复: 转发: 不良") == "请跟进"


def test_it_takes_a_mails_head_with_nothing_above_for_a_forward_unless_the_mail_answers_one() -> None:
    text = "发件人: 客户\n发送时间: 2024年6月10日\n收件人: sales\n主题: 不良\n\n孔距偏大"
    assert "孔距偏大" in new_words(text, answers=False)
    assert new_words(text, answers=True) == ""


def test_it_keeps_the_whole_text_beside_the_new_words() -> None:
    mail = parse_mail(
        letter("好的\n\n在 2024-06-11 10:21，小袁 <yuan@factory.example> 写道：\n> 今天能发吗？")
    )
    assert mail.new_text == "好的"
    assert "今天能发吗" in mail.text


@pytest.mark.parametrize(
    "line",
    [
        "- 100 pcs A17", "-- ", "发件人要写清楚", "Sent from Shanghai by sea, please.", "于2024年6月交货",
        "本邮件附件为保密图纸，请勿外传", "On Monday we wrote: nothing",
    ],
)  # fmt: skip
def test_it_never_loses_the_first_line_of_a_letter(line: str) -> None:
    assert new_words(f"请报价\n{line}").startswith("请报价")


def test_it_keeps_a_delivery_address_below_a_line_of_dashes() -> None:
    text = "请按下表发货：\n\n----------\nA17 500件\n收货地址：深圳 电话：0755-12345678"
    assert new_words(text) == text
