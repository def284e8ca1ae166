"""The periods to come as this office reads the rules: its settings, its working calendar."""

from datetime import date

from django.conf import settings

from tiendo.orgs.queries import office_calendar
from tiendo.reporting.models import Schedule
from tiendo.reporting.period_templates import Coming, Reading, periods_from


def reading() -> Reading:
    """How the office reads the rules on periods, from the settings."""
    return Reading(
        cut_day=settings.TIENDO_PERIOD_CUT_DAY,
        send_days=settings.TIENDO_PERIOD_SEND_DAYS,
        inclusive=settings.TIENDO_BEFORE_INCLUSIVE,
    )


def coming_periods(template: str, *, since: date, until: date, commune_days: int = 0) -> list[Coming]:
    """Every period of the template due on `since` or later that opens by `until`, and the one after them."""
    return periods_from(template, since, until, office=office_calendar(), reading=reading(), commune_days=commune_days)


def coming_of(schedule: Schedule, *, until: date) -> list[Coming]:
    """The same for a schedule, from the day it was started."""
    return coming_periods(schedule.template, since=schedule.started_on, until=until, commune_days=schedule.commune_days)
