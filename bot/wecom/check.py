"""Trying out the WeCom account of the settings, for `huiyin doctor`; nothing is fetched or sent."""

from collections.abc import Iterator

from bot.wecom.errors import WecomError
from bot.wecom.line import WecomLine
from intake.wecom import Wecom

AT_ONCE = 100  # accounts of a company in one answer


def check_wecom(account: Wecom, line: WecomLine) -> Iterator[str]:
    """Tell what works, sentence by sentence; WecomError for what does not."""
    told = line.call("kf/account/list", {"offset": 0, "limit": AT_ONCE})
    yield "WeCom takes our company and secret."
    accounts = told.get("account_list", [])
    if not any(one.get("open_kfid") == account.open_kfid for one in accounts):
        raise WecomError("WeCom does not know the customer service account; check HUIYIN_WECOM_OPEN_KFID.")
    yield "The customer service account is there."
