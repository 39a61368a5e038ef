"""The company's own targets as its settings write them, such as `complaint=4h/24h, nonconformity=2h`."""

import re
from collections.abc import Mapping

from casework.policy import MATTERS, REPLIES, Counted, ReplyTargets, Target
from store.tables import DeadlineKind

SOURCE = "HUIYIN_TARGETS"  # stands where a shipped target names its clause
_COUNTED = {"h": Counted.HOURS, "wh": Counted.WORKING_HOURS, "wd": Counted.WORKING_DAYS}
_TARGET = re.compile(r"([1-9]\d{0,2})(h|wh|wd)")


def own_targets(
    written: str,
) -> tuple[Mapping[str, ReplyTargets], Mapping[DeadlineKind, Target]]:
    """The shipped targets with these in their places; ValueError says what is wrong with an entry.

    A kind of case has two, for the first reply and the solution; a matter has one. h are hours as they pass,
    wh working hours, wd working days.
    """
    replies, matters = dict(REPLIES), dict(MATTERS)
    for entry in filter(None, (part.strip() for part in written.split(","))):
        name, _, value = entry.partition("=")
        targets = [_target(part.strip(), entry) for part in value.split("/")]
        if name in replies and len(targets) == 2:
            replies[name] = ReplyTargets(*targets)
        elif name in set(matters) and len(targets) == 1:
            matters[DeadlineKind(name)] = targets[0]
        else:
            raise ValueError(_help(entry))
    return replies, matters


def _target(text: str, entry: str) -> Target:
    match = _TARGET.fullmatch(text)
    if match is None:
        raise ValueError(_help(entry))
    return Target(int(match[1]), _COUNTED[match[2]], SOURCE)


def _help(entry: str) -> str:
    return f"has {entry!r}; write entries such as complaint=4h/24h, order=8wh/2wd, nonconformity=2h"
