"""Acts in any order on the served desk: people by HTTP, and hands at the database itself."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import httpx
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from store.engine import writing
from tests.web.conftest import Clock
from tests.web.filled import NOW

# On each database; more of them find rarer orders: HUIYIN_SEQUENCES=2000.
SEQUENCES, STEPS = int(os.environ.get("HUIYIN_SEQUENCES", "8")), 15
DONE, REFUSED = 303, (403, 404, 409, 422)


@dataclass(frozen=True)
class Desk:
    """Who is signed in, the database beside the served one, and the time."""

    clients: Mapping[str, httpx.Client]
    engine: Engine
    clock: Clock

    def opens(self) -> None:
        """Another sequence: nobody's session has ended meanwhile."""
        self.clock.now = NOW

    def act(self, name: str, address: str, /, **data: str | list[str]) -> bool:
        """One person sends one form; whether it was done. Nothing but yes and a reasoned no will do."""
        self.clock.now += timedelta(minutes=1)
        answer = self.clients[name].post(address, data=data)
        assert answer.status_code in (DONE, *REFUSED), f"{address}: {answer.status_code} {answer.text}"
        return answer.status_code == DONE

    def force(self, write: Callable[[Session], object]) -> bool:
        """Write rows past every function; whether the database took them."""
        try:
            with writing(self.engine) as session:
                write(session)
        except DatabaseError:
            return False
        return True


def run(machine: type[RuleBasedStateMachine]) -> None:
    """The same sequences each time."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
