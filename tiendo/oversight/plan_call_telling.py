"""Units are told that they owe a plan: when it is asked for, shortly before the day, and once it has passed."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.notices.actions import notify_all
from tiendo.notices.kinds import Kind
from tiendo.notices.letters import Letter
from tiendo.notices.models import Notice
from tiendo.oversight.models import PlanCall
from tiendo.oversight.plan_calls import Telling
from tiendo.oversight.register_queries import PlanLine
from tiendo.reporting.people import people_by_unit
from tiendo.ui.sentences import Sentence

SAYINGS: dict[Telling, str] = {
    Telling.ASKED: gettext_noop("{unit} lập kế hoạch năm {year}, ban hành trước hết ngày {day}, theo {source}"),
    Telling.SOON: gettext_noop("{unit} chưa ghi kế hoạch năm {year} vào sổ; hạn cuối {day}"),
    Telling.LATE: gettext_noop("{unit} chưa ghi kế hoạch năm {year} vào sổ, quá hạn từ sau ngày {day}"),
}


def was_told(call: PlanCall, telling: Telling) -> bool:
    """Whether it has been said already; it is said once."""
    return Notice.objects.filter(key=_key(call, telling)).exists()


def tell_units(
    call: PlanCall, lines: Iterable[PlanLine], telling: Telling, *, by: User | None, at: datetime
) -> list[Notice]:
    """Tell the people of each unit, or of whoever answers for it today."""
    units = [line.unit for line in lines]
    people = people_by_unit([unit.pk for unit in units], on=localdate(at))
    given = {"year": str(call.year), "day": f"{call.due_on:%d/%m/%Y}", "source": call.source}
    letters = [
        Letter(
            kind=Kind.FOLLOW_UP,
            to=people[unit.pk],
            sentence=Sentence.of(SAYINGS[telling], unit=unit.short_name, **given),
            url=reverse("oversight:unit-plan-list", args=[call.pk]),
            about=f"oversight.plan_call:{call.pk}",
            key=_key(call, telling),
        )
        for unit in units
    ]
    return notify_all(letters=letters, by=by, at=at)


def _key(call: PlanCall, telling: Telling) -> str:
    return f"oversight.plan_call:{call.pk}:{telling}"
