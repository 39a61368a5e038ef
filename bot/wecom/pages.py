"""What customers wrote, page by page, as `kf/sync_msg` gives it."""

from dataclasses import dataclass
from datetime import datetime

from bot.wecom.errors import BAD_PLACE, BAD_PULL_TOKEN, WecomError
from bot.wecom.line import Told, WecomLine
from intake.wecom import FRESH
from store.tables import WecomAccount

AT_ONCE = 50  # messages


@dataclass(frozen=True)
class Page:
    """Some messages as they came, and the place after them."""

    messages: list[object]
    cursor: str
    more: bool


def next_page(line: WecomLine, open_kfid: str, place: WecomAccount, cursor: str, now: datetime) -> Page:
    """What comes after the cursor; WecomError if WeCom does not give it."""
    wanted: Told = {"open_kfid": open_kfid, "limit": AT_ONCE}
    if place.pull_token and place.rung_at is not None and now - place.rung_at < FRESH:
        wanted["token"] = place.pull_token
    if cursor:
        wanted["cursor"] = cursor
    try:
        return _page(line.call("kf/sync_msg", wanted))
    except WecomError as error:
        if error.code == BAD_PULL_TOKEN and "token" in wanted:
            del wanted["token"]
        elif error.code in BAD_PLACE and cursor:
            # It knows the place no more. From the beginning: what we have already changes nothing.
            del wanted["cursor"]
        else:
            raise
    return _page(line.call("kf/sync_msg", wanted))


def _page(told: Told) -> Page:
    messages, cursor = told.get("msg_list", []), told.get("next_cursor", "")
    if not isinstance(messages, list) or not isinstance(cursor, str):
        raise WecomError("WeCom does not answer as it should: no messages.", answered=False)
    # More without a new place would be the same again, for ever.
    return Page(messages, cursor, more=told.get("has_more") == 1 and cursor != "")
