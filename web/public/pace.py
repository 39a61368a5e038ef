"""How much a stranger's address may do in a while: counted in this process, forgotten with it."""

from collections import deque
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request

QUARTER = timedelta(minutes=15)
MOST_KNOWN = 20_000  # then whoever was quiet longest is forgotten


class Pace:
    """What was taken lately, by purpose and address."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str], deque[tuple[datetime, int]]] = {}

    def allows(self, purpose: str, address: str, now: datetime, most: int, amount: int = 1) -> bool:
        """Take so much, if no more than `most` come together within a quarter of an hour."""
        taken = self._taken.pop((purpose, address), deque())
        while taken and taken[0][0] <= now - QUARTER:
            taken.popleft()
        fits = sum(one for _, one in taken) + amount <= most
        if fits:
            taken.append((now, amount))
        self._taken[purpose, address] = taken
        if len(self._taken) > MOST_KNOWN:
            del self._taken[next(iter(self._taken))]
        return fits


async def pace_of(request: Request) -> Pace:
    """The pace of this process; made when first asked for."""
    state = request.app.state
    if not hasattr(state, "pace"):
        state.pace = Pace()
    pace = state.pace
    assert isinstance(pace, Pace)
    return pace


AtPace = Annotated[Pace, Depends(pace_of)]


def address_of(request: Request) -> str:
    """Where the request comes from; a proxy's word for it only as the settings allow."""
    return request.client.host if request.client else ""
