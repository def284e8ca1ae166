"""What the reports of a closed period cost is counted once and kept; of an open period it is counted when asked.

What is kept is a copy of what can be counted again at any time, no word of anybody: so keeping it is no act.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from tiendo.reporting.burden import Burden, burden_as_data, burden_from_data
from tiendo.reporting.burden_reading import burdens_of
from tiendo.reporting.models import KeptBurden, Period, PeriodQuerySet, Reopening, Submission


def known_burdens(periods: Iterable[Period]) -> dict[int, list[Burden]]:
    """Period id → what each of its reports cost, in the order of units: kept where that still holds, else counted."""
    wanted = list(periods)
    rows = KeptBurden.objects.filter(period__in=_counted(Period.objects.filter(pk__in=[each.pk for each in wanted])))
    kept = {row.period_id: [burden_from_data(each) for each in row.burdens] for row in rows}
    return {period.pk: kept[period.pk] if period.pk in kept else burdens_of(period) for period in wanted}


def periods_to_count(*, at: datetime) -> PeriodQuerySet:
    """Closed, not counted yet or worked on since, and nothing of them opened again now."""
    closed = Period.objects.filter(closed_at__lte=at)
    still_open = Reopening.objects.open(at).filter(duty__period=OuterRef("pk"))
    return closed.exclude(pk__in=_counted(closed).values("pk")).filter(~Exists(still_open)).order_by("pk")


def _counted(periods: PeriodQuerySet) -> PeriodQuerySet:
    """Those whose count still holds: since then nothing of them was open, and no answer came."""
    since = OuterRef("kept_burden__counted_at")
    own = Q(duty__period=OuterRef("pk"))
    opened = Reopening.objects.filter(own, Q(ended_at=None) | Q(ended_at__gte=since), until__gte=since)
    answered = Submission.objects.filter(entry__duty__period=OuterRef("pk"), decided_at__gt=since)
    known = periods.filter(kept_burden__counted_at__gte=F("closed_at"))
    return known.filter(~Exists(opened), ~Exists(answered))


def keep_burdens(*, at: datetime) -> list[Period]:
    """Count each closed period whose count is missing or no longer holds; the periods counted.

    Nothing is decided here and nothing can be asked for, so nobody's leave is needed and the log says nothing of it.
    Counting takes a second or two, so it happens before the row is written.
    """
    found = list(periods_to_count(at=at))
    for period in found:
        burdens = [burden_as_data(each) for each in burdens_of(period)]
        with transaction.atomic():
            KeptBurden.objects.update_or_create(period=period, defaults={"burdens": burdens, "counted_at": at})
    return found
