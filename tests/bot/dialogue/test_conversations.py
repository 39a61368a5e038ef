"""The scripts of tests/conversations through each channel's real protocol: same script, same dialogue."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.bot.dialogue.chats import CHANNELS, Chat, chat_by
from tests.bot.dialogue.scripts import Step, scripts, steps
from tests.office import Office

LINES = ("客户", "照片", "语音")  # what the customer sends without pressing anything
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@ON_SQLITE
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("script", scripts())
def test_it_talks_as_the_script_says(office: Office, channel: str, script: str) -> None:
    office.policy = replace(office.policy, pause=timedelta(seconds=2))
    wanted, said = steps(script), list[Step]()
    with chat_by(channel, office) as chat:
        play(office, chat, wanted, said)
    assert [f"{who}：{text}" for who, text in said] == [f"{who}：{text}" for who, text in wanted]


def play(office: Office, chat: Chat, wanted: list[Step], said: list[Step]) -> None:
    """Do what the script says the customer and we do, and note what everybody says."""
    heard = len(chat.heard())
    acts = [step for step in wanted if step.who != "回音"]
    sales = office.hire()
    for place, step in enumerate(acts):
        said.append(step)
        match step.who:
            case "客户":
                chat.say(step.text)
            case "按钮":
                chat.press(step.text)
            case "照片":
                chat.send_photo(step.text)
            case "语音":
                chat.send_voice(step.text)
            case "同事":
                office.answer(office.newest_case(), sales, step.text)
            case _:
                count, unit = step.text.split()
                office.pass_time(**{unit: float(count)})
                continue
        following = wanted[_place(wanted, place) + 1 :]
        if following and following[0].who in LINES and step.who in LINES:
            office.pass_time(seconds=0.5)
            continue
        office.pass_time(seconds=2)
        office.receiver().receive_all()
        chat.deliver()
        now_heard = chat.heard()
        news = now_heard[heard:]
        heard = len(now_heard)
        said += [Step("回音", line) for line in (news[1:] if step.who == "同事" else news)]


def _place(wanted: list[Step], act: int) -> int:
    """Where the act of this number stands in the script."""
    return [number for number, step in enumerate(wanted) if step.who != "回音"][act]
