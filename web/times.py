"""Moments and lengths of time as people say them, in the zone of who looks."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from web.i18n import _

SOON = timedelta(hours=4)  # ◦ amber: due within half a working day
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def install(environment: Environment, timezone: ZoneInfo) -> None:
    """Give templates the filters `when`, `exactly`, `since`, `until` and `pressing`.

    `zone` in a page's values is its reader's; the office's where nobody is signed in.
    """
    environment.globals["zone"] = timezone

    @pass_context
    def when(context: Context, moment: datetime) -> str:
        return short_time(moment, _now(context), context["zone"])

    @pass_context
    def exactly(context: Context, moment: datetime) -> str:
        return f"{moment.astimezone(context['zone']):%Y-%m-%d %H:%M}"

    @pass_context
    def since(context: Context, moment: datetime) -> str:
        return length(_now(context) - moment)

    @pass_context
    def until(context: Context, moment: datetime) -> str:
        return time_left(moment, _now(context))

    @pass_context
    def pressing(context: Context, moment: datetime | None) -> str:
        return pressure(moment, _now(context))

    environment.filters.update(when=when, exactly=exactly, since=since, until=until, pressing=pressing)


def short_time(moment: datetime, now: datetime, timezone: ZoneInfo) -> str:
    """10:30 today, 11-20 10:30 this year, 2025-11-20 10:30 before."""
    local, today = moment.astimezone(timezone), now.astimezone(timezone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d %H:%M}"


def length(duration: timedelta) -> str:
    """A length of time with one or two units: 3 小时 20 分."""
    if duration < MINUTE:
        return _("不到 1 分钟")
    if duration < HOUR:
        return _("%(minutes)d 分钟", minutes=duration // MINUTE)
    hours = duration // HOUR
    if hours < 10:
        return _("%(hours)d 小时 %(minutes)d 分", hours=hours, minutes=duration % HOUR // MINUTE)
    if duration < 2 * DAY:
        return _("%(hours)d 小时", hours=hours)
    return _("%(days)d 天", days=duration // DAY)


def time_left(moment: datetime, now: datetime) -> str:
    """How long is left until a deadline, or by how much it is missed."""
    if moment < now:
        return _("超时 %(time)s", time=length(now - moment))
    return _("还有 %(time)s", time=length(moment - now))


def pressure(moment: datetime | None, now: datetime) -> str:
    """late, soon or calm: the colour of a deadline."""
    if moment is None:
        return "none"
    if moment <= now:
        return "late"
    return "soon" if moment - now <= SOON else "calm"


def _now(context: Context) -> datetime:
    now: Any = context["now"]
    assert isinstance(now, datetime)
    return now.astimezone(UTC)
