"""What customers are called: WeCom is asked once for each."""

import hashlib
from collections.abc import Sequence

import structlog
from sqlalchemy import Engine

from bot.wecom.errors import WecomError
from bot.wecom.line import WecomLine
from store import wecom
from store.engine import reading

LONGEST = 60  # characters

logger = structlog.get_logger()


def names_of(engine: Engine, line: WecomLine, customers: Sequence[str]) -> dict[str, str]:
    """As far as WeCom says; nobody's words wait because it does not."""
    wanted = sorted(set(customers))
    with reading(engine) as session:
        names = wecom.names_of(session, wanted)
    if unknown := [customer for customer in wanted if customer not in names]:
        try:
            told = line.call("kf/customer/batchget", {"external_userid_list": unknown})
            names |= {one["external_userid"]: _called(one["nickname"]) for one in told["customer_list"]}
        except (WecomError, LookupError, TypeError):
            logger.warning("wecom_names_unknown", customers=len(unknown))
    return names


def unknown_name(customer: str) -> str:
    """A name to tell customers apart whose own we do not know."""
    return f"微信客户 {hashlib.sha256(customer.encode()).hexdigest()[:4].upper()}"


def _called(nickname: str) -> str:
    """A nickname as databases take it and a line has room for."""
    if not isinstance(nickname, str):
        raise TypeError("no text")
    return " ".join(nickname.replace("\0", "").encode("utf-8", "replace").decode().split())[:LONGEST]
