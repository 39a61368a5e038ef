"""A survey answered by buttons inside a chat: one point at a time, on whatever channel has buttons.

What was chosen is kept as begun (`answers.begin`), so that the link goes on where the buttons stopped and the
other way round. What stands in the chat is made from that alone: a press that comes twice, late or in another
order changes at most its own point, and shows what is next.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, or_, select

from casework.policy import Policy
from store.tables import Channel, SurveyInvitation, SurveyResponse
from survey.answering.answers import Asked, Outcome, asked, begin, count, hold
from survey.answering.given import Given
from survey.answering.remarks import Reads
from survey.asking.links import link, token
from survey.questionnaires import NOT_APPLICABLE, Item
from survey.questionnaires.loading import words_beside
from survey.reporting.scoring import unanswered

# survey : invitation : what. `3=1` chooses level 1 of item 3, `3` shows item 3, `send` sends.
_MARK = re.compile(r"survey:(\d{1,9}):(?:(\d{1,3})(?:=(\d{1,2}))?|(send))", re.ASCII)


@dataclass(frozen=True)
class Button:
    """What it says, and what a press of it brings back (at most 64 bytes)."""

    label: str
    mark: str


@dataclass(frozen=True)
class Screen:
    """What stands in the chat: a text with rows of buttons under it."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    link: str = ""  # to the page, where remarks can be written


@dataclass(frozen=True)
class Shown:
    """What a press led to; without a screen what stands there stays."""

    screen: Screen | None
    notice: str = ""  # a word for whoever pressed
    invitation_id: int | None = None


def start(session: Session, invitation: SurveyInvitation, policy: Policy) -> Screen:
    """The first open point, to stand under the invitation's letter."""
    return _next(asked(session, invitation), policy, invitation)


def press(
    session: Session,
    channel: Channel,
    address: str,
    mark: str,
    now: datetime,
    policy: Policy,
    reader: Callable[[], Reads] | None,
) -> Shown:
    """Do what a button of this chat says. One of another chat's, or of none, does nothing."""
    pressed = _MARK.fullmatch(mark)
    invitation = session.get(SurveyInvitation, int(pressed[1])) if pressed else None
    theirs = invitation is not None and (invitation.channel, invitation.address) == (channel, address)
    if pressed is None or invitation is None or not theirs:
        return Shown(None, words_beside(policy.language)["unknown"])
    shown = _do(session, hold(session, invitation.id or 0), pressed, channel, now, policy, reader)
    return replace(shown, invitation_id=invitation.id)


def screens(
    session: Session, channel: Channel, address: str, now: datetime, policy: Policy
) -> list[tuple[int, Screen, datetime | None]]:
    """What surveys show in this chat (invitation, screen, when it was answered): the open ones and thanks."""
    sent = session.exec(
        select(SurveyInvitation)
        .outerjoin(SurveyResponse, col(SurveyResponse.invitation_id) == col(SurveyInvitation.id))
        .where(
            col(SurveyInvitation.channel) == channel,
            col(SurveyInvitation.address) == address,
            col(SurveyInvitation.token_hash).is_not(None),
            col(SurveyInvitation.expires_at) > now,
            or_(col(SurveyResponse.id).is_(None), col(SurveyResponse.source) == channel),
        )
        .order_by(col(SurveyInvitation.id))
    ).all()
    shown = []
    for invitation in sent:
        found = asked(session, invitation)
        screen = _thanks(found) if found.answered_at else _next(found, policy, invitation)
        shown.append((found.invitation_id, screen, found.answered_at))
    return shown


def _do(
    session: Session,
    invitation: SurveyInvitation,
    pressed: re.Match[str],
    channel: Channel,
    now: datetime,
    policy: Policy,
    reader: Callable[[], Reads] | None,
) -> Shown:
    found = asked(session, invitation)
    if found.answered_at is not None:
        return Shown(_thanks(found), words_beside(found.language)["answered"])
    if invitation.expires_at <= now:
        return Shown(None, words_beside(found.language)["over"])
    _, number, choice, send = pressed.groups()
    if send:
        return _send(session, invitation, found, channel, now, policy, reader)
    items = found.questionnaire.items
    if int(number) >= len(items):
        return Shown(None, words_beside(found.language)["unknown"])
    item = items[int(number)]
    if choice is None:
        return Shown(_question(found, item, policy, invitation))
    choices = found.questionnaire.choices(item)
    if int(choice) >= len(choices):
        return Shown(None, words_beside(found.language)["unknown"])
    given = Given(
        {**found.begun.choices, item.id: choices[int(choice)]}, found.begun.comment, found.begun.comments
    )
    begin(session, found, given)
    session.flush()
    return Shown(_next(asked(session, invitation), policy, invitation, after=item))


def _send(
    session: Session,
    invitation: SurveyInvitation,
    found: Asked,
    channel: Channel,
    now: datetime,
    policy: Policy,
    reader: Callable[[], Reads] | None,
) -> Shown:
    outcome = count(session, found, found.begun, now, policy, source=channel, reader=reader)
    if outcome == Outcome.INCOMPLETE:
        return Shown(_next(found, policy, invitation), found.questionnaire.missing[found.language])
    return Shown(_thanks(found))


def _next(found: Asked, policy: Policy, invitation: SurveyInvitation, after: Item | None = None) -> Screen:
    """The first open point behind the one just answered, else the first; with none left what was chosen."""
    items = found.questionnaire.items
    open_items = unanswered(found.questionnaire, found.begun.choices)
    if not open_items:
        return _overview(found, policy, invitation)
    behind = items.index(after) if after else -1
    item = next((one for one in open_items if items.index(one) > behind), open_items[0])
    return _question(found, item, policy, invitation)


def _question(found: Asked, item: Item, policy: Policy, invitation: SurveyInvitation) -> Screen:
    asks, language, words = found.questionnaire, found.language, words_beside(found.language)
    place, chosen = asks.items.index(item), found.begun.choices.get(item.id)

    def labelled(level: str) -> str:
        said = asks.not_applicable if level == NOT_APPLICABLE else asks.level(level).label
        return f"{'✓ ' if level == chosen else ''}{said[language]}"

    buttons = [
        Button(labelled(level), f"survey:{found.invitation_id}:{place}={number}")
        for number, level in enumerate(asks.choices(item))
    ]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    if place > 0:
        rows.append((Button(words["back"], f"survey:{found.invitation_id}:{place - 1}"),))
    return Screen(
        f"{place + 1}/{len(asks.items)}  {item.label[language]}", tuple(rows), _link(invitation, policy)
    )


def _overview(found: Asked, policy: Policy, invitation: SurveyInvitation) -> Screen:
    asks, language, words = found.questionnaire, found.language, words_beside(found.language)
    lines = []
    for item in asks.items:
        level = found.begun.choices[item.id]
        said = asks.not_applicable if level == NOT_APPLICABLE else asks.level(level).label
        lines.append(f"{item.label[language]}: {said[language]}")
    lines += ["", words["check"]]
    return Screen(
        "\n".join(lines),
        (
            (Button(asks.submit[language], f"survey:{found.invitation_id}:send"),),
            (Button(words["back"], f"survey:{found.invitation_id}:{len(asks.items) - 1}"),),
        ),
        _link(invitation, policy),
    )


def _thanks(found: Asked) -> Screen:
    return Screen(found.questionnaire.thanks[found.language])


def _link(invitation: SurveyInvitation, policy: Policy) -> str:
    return link(policy, token(policy, invitation.id or 0, invitation.version))
