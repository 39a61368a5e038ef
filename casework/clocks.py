"""The clocks: what the customer or a colleague waits for, until when, and when the clock stops.

What the customer waits for (first reply, solution, final reply) ends with our answer; the nearest of these
clocks stands in the case (`due_at`, `due_clock`). Every other clock ends with its own matter.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from casework.calendar_days import due
from casework.owing import cancel_reminders
from casework.policy import Policy, ReplyTargets
from casework.working_days import Reckoned
from store.adding import append
from store.tables import Case, Deadline, DeadlineKind

HOUR = timedelta(hours=1)
ANSWERS = (DeadlineKind.FIRST_REPLY, DeadlineKind.SOLUTION, DeadlineKind.FINAL_REPLY)


def reminder_at(started_at: datetime, due_at: datetime, given: int, policy: Policy) -> datetime:
    """When the next reminder rings after `given` of them: at the shares of the time, then daily."""
    shares = policy.reminder_shares
    if given < len(shares):
        return started_at + (due_at - started_at) * shares[given]
    return due_at + policy.reminder_repeat * (given - len(shares) + 1)


def start(
    session: Session,
    kind: DeadlineKind,
    at: datetime,
    due_at: datetime,
    policy: Policy,
    *,
    case_id: int | None = None,
    customer_id: int | None = None,
    about: str = "",
    user_id: int | None = None,
    assumed: bool = False,
) -> None:
    """Let a clock run from `at` until `due_at`. It reminds `user_id`, or who answers for the case.

    Only one clock of a kind may run about a matter: end it before starting another. The solution's only
    measures: until it is there a first or a final reply is due, too, and reminds.
    """
    reminds = kind != DeadlineKind.SOLUTION
    append(
        session,
        Deadline,
        case_id=case_id,
        customer_id=customer_id,
        kind=kind,
        about=about,
        user_id=user_id,
        started_at=at,
        due_at=due_at,
        assumed=assumed,
        remind_at=reminder_at(at, due_at, 0, policy) if reminds else None,
    )


def start_by_target(
    session: Session,
    kind: DeadlineKind,
    at: datetime,
    policy: Policy,
    *,
    case_id: int | None = None,
    about: str = "",
    user_id: int | None = None,
) -> datetime:
    """Let a clock run for as long as the policy's table of matters gives it; return when it is due."""
    ends, assumed = due(session, policy.matters[kind], at, policy)
    start(session, kind, at, ends, policy, case_id=case_id, about=about, user_id=user_id, assumed=assumed)
    return ends


def end(
    session: Session,
    kind: DeadlineKind,
    now: datetime,
    *,
    case_id: int | None = None,
    about: str = "",
    met: bool,
) -> None:
    """Stop a running clock: met, or no longer needed. Nothing happens when none runs."""
    running = select(Deadline).where(
        col(Deadline.case_id) == case_id if case_id is not None else col(Deadline.case_id).is_(None),
        col(Deadline.kind) == kind,
        col(Deadline.about) == about,
        col(Deadline.ended_at).is_(None),
    )
    _stop(session, session.exec(running).all(), now, met=met)


def start_first_reply(session: Session, case: Case, at: datetime, policy: Policy) -> None:
    """Let the clocks of an answer run from `at` (the receiving server's time). What runs already goes on.

    Who writes again while a final answer is promised gets a first reply in time all the same.
    """
    if case.due_clock == DeadlineKind.FIRST_REPLY:
        return
    running = {clock.kind for clock in running_answers(session, case)} if case.due_at else set()
    if DeadlineKind.FIRST_REPLY in running:
        return
    targets = policy.reply_targets(case.kind)
    wanted = [(DeadlineKind.FIRST_REPLY, targets.first_reply)]
    if not running:
        wanted.append((DeadlineKind.SOLUTION, targets.solution))
    for kind, target in wanted:
        ends, assumed = due(session, target, at, policy)
        start(session, kind, at, ends, policy, case_id=case.id, assumed=assumed)
        if case.due_at is None or ends < case.due_at:
            case.due_at, case.due_clock = ends, kind
    case.waiting_since = case.waiting_since or at


def promise_answer(session: Session, case: Case, now: datetime, due_at: datetime, policy: Policy) -> None:
    """An interim reply has met the first clock; the final answer is due on the day that it names.

    An earlier promise is replaced. So is the solution's target, missed, if the new day lies beyond it:
    what is due is what the customer was told.
    """
    for clock in running_answers(session, case):
        if clock.kind != DeadlineKind.SOLUTION or clock.due_at < due_at:
            _stop(session, [clock], now, met=clock.kind == DeadlineKind.FIRST_REPLY)
    session.flush()  # the promise before has ended before the new one begins
    start(session, DeadlineKind.FINAL_REPLY, now, due_at, policy, case_id=case.id)
    case.due_at, case.due_clock = due_at, DeadlineKind.FINAL_REPLY
    case.waiting_since = case.waiting_since or now


def resume_promise(session: Session, case: Case, policy: Policy) -> bool:
    """Let a promised answer that the closing of the case had stopped be due again; False if there is none."""
    clock = session.exec(
        select(Deadline).where(
            col(Deadline.case_id) == case.id,
            col(Deadline.kind) == DeadlineKind.FINAL_REPLY,
            col(Deadline.ended_at) == case.closed_at,
            col(Deadline.met_at).is_(None),
        )
    ).first()
    if clock is None:
        return False
    start(session, DeadlineKind.FINAL_REPLY, clock.started_at, clock.due_at, policy, case_id=case.id)
    case.due_at, case.due_clock, case.waiting_since = clock.due_at, clock.kind, clock.started_at
    return True


def change_kind(session: Session, case: Case, before: str, policy: Policy) -> None:
    """The case is of another kind now: its clocks run as long as that kind's do, from the same start."""
    targets = policy.reply_targets(case.kind)
    if case.due_at is None or targets == policy.reply_targets(before):
        return
    running = running_answers(session, case)
    for clock in running:
        if clock.kind != DeadlineKind.FINAL_REPLY:
            clock.due_at, clock.assumed = _ends(session, clock, targets, policy)
        if clock.kind == DeadlineKind.FIRST_REPLY:
            clock.remind_at = reminder_at(clock.started_at, clock.due_at, clock.reminders, policy)
    nearest = min(running, key=lambda clock: clock.due_at)
    case.due_at, case.due_clock = nearest.due_at, nearest.kind


def _ends(session: Session, clock: Deadline, targets: ReplyTargets, policy: Policy) -> Reckoned:
    first = clock.kind == DeadlineKind.FIRST_REPLY
    return due(session, targets.first_reply if first else targets.solution, clock.started_at, policy)


def stop_clocks(session: Session, case: Case, now: datetime, *, met: bool) -> None:
    """End every clock of the case that waits for our answer: met by it, or no longer needed."""
    _stop(session, running_answers(session, case), now, met=met)
    case.due_at = case.due_clock = case.waiting_since = None


def running_answers(session: Session, case: Case) -> list[Deadline]:
    """The clocks of the case that wait for our answer, the nearest first."""
    session.flush()  # a batch of messages asks nothing by itself, and may have started some just now
    running = select(Deadline).where(
        col(Deadline.case_id) == case.id, col(Deadline.kind).in_(ANSWERS), col(Deadline.ended_at).is_(None)
    )
    return list(session.exec(running.order_by(col(Deadline.due_at), col(Deadline.id))))


def _stop(session: Session, clocks: Sequence[Deadline], now: datetime, *, met: bool) -> None:
    for clock in clocks:
        clock.ended_at, clock.met_at, clock.remind_at = now, now if met else None, None
    cancel_reminders(session, [clock.id for clock in clocks])
