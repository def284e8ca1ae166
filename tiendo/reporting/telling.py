"""Who is told that a consolidated report was issued: those who decide, and the other coordinators."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.reporting.models import IssuedReport
from tiendo.reporting.people import people_holding_role
from tiendo.ui.sentences import Sentence

ISSUED = gettext_noop("Đã phát hành báo cáo tổng hợp {period}, lần {number}.")


def tell_issued(issued: IssuedReport, *, by: User, at: datetime) -> None:
    """Called in the transaction that keeps the report."""
    on = localdate(at)
    people = [*people_holding_role(Role.DECISION_MAKER, on=on), *people_holding_role(Role.COORDINATOR, on=on)]
    notify(
        kind=Kind.REPORT_ISSUED,
        to=people,
        sentence=Sentence.of(ISSUED, period=issued.period.name, number=issued.number),
        url=reverse("reporting:report-detail", args=[issued.pk]),
        about=f"reporting.report:{issued.pk}",
        key=f"reporting.report:{issued.pk}:issued",
        by=by,
        at=at,
    )
