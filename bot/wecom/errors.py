"""What WeCom answers instead of a result, in plain words; it never holds a token or what people wrote."""

BUSY = frozenset({-1, 6000, 45009, 45011, 45033})  # too much at once: later it may do
TOKEN_ENDED = frozenset({40014, 41001, 42001})
BAD_PULL_TOKEN = 95007
TOO_MANY, TOO_LATE, SESSION_OVER, SESSION_TAKEN, API_OFF = 95001, 95002, 95013, 95018, 95017
# What somebody can mend, in the settings or in WeCom: a letter waits for that.
MENDABLE = frozenset({40001, 40013, 48002, 60011, 60020, API_OFF})
BAD_PLACE = frozenset({40035, 40058})  # what it may say of a cursor; published is no code for that

_KNOWN = {
    40001: "WeCom refuses our secret; check HUIYIN_WECOM_CORP_ID and HUIYIN_WECOM_SECRET.",
    40013: "WeCom does not know the company; check HUIYIN_WECOM_CORP_ID.",
    48002: "WeCom does not let this app use customer service; allow it under 微信客服, 可调用接口的应用.",
    60020: "WeCom does not trust this server's address; add it to the app's 企业可信IP.",
    95000: "WeCom does not know the customer service account; check HUIYIN_WECOM_OPEN_KFID.",
    API_OFF: "WeCom has switched off the interface of customer service; switch it on under 微信客服.",
    TOO_MANY: "WeCom takes five messages until the customer writes again; use another way to reach them.",
    TOO_LATE: "WeCom takes messages for 48 hours after the customer's last; use another way to reach them.",
    SESSION_OVER: "The customer's chat on WeCom has ended; use another way to reach them.",
    SESSION_TAKEN: "A colleague serves this chat in WeCom itself, so that nothing can be sent from here.",
    40096: "WeCom does not know this customer any more.",
}


class WecomError(Exception):
    """It did not work; the message is a sentence that says why."""

    def __init__(self, sentence: str, code: int = 0, *, answered: bool = True, left: bool = True) -> None:
        super().__init__(sentence)
        self.code = code  # WeCom's own, 0 if it gave none
        self.answered = answered
        self.left = left  # without an answer: whether the request may have reached WeCom


def refusal(code: int, said: str) -> WecomError:
    """WeCom's errcode and errmsg as ours."""
    if code in BUSY:
        return WecomError("WeCom has too much to do and asks us to wait.", code)
    said = " ".join(said.partition(", hint")[0].split())[:200].removesuffix(".")
    return WecomError(_KNOWN.get(code) or f"WeCom refuses: {said} ({code}).", code)


def sentence_of(code: int) -> str:
    """What is known of this code."""
    return _KNOWN[code]
