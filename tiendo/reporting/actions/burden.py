"""The clock counts what closed periods cost the units, so that pages need not."""

from datetime import datetime

from django.db import transaction

from tiendo.reporting.burden import burden_as_data
from tiendo.reporting.burden_keeping import periods_to_count
from tiendo.reporting.burden_reading import burdens_of
from tiendo.reporting.models import KeptBurden, Period


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
