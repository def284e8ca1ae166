"""A report that was issued is told to those who decide, not to whoever issued it."""

from datetime import datetime

from tests.factories import World, make_user
from tests.factories.plans import make_file
from tiendo.accounts.models import Role
from tiendo.notices.models import Notice
from tiendo.reporting.models import IssuedReport, Period
from tiendo.reporting.telling import tell_issued


def test_deciders_and_the_other_coordinators_are_told_once(world: World, period: Period, now: datetime) -> None:
    make_user("dau-moi-2", world.coordinator_unit, Role.COORDINATOR)
    file = make_file()
    issued = IssuedReport.objects.create(
        period=period, number=2, issued_by=world.chi, issued_at=now, docx=file, pdf=file, figures=[], log_seq=0
    )
    for _again in range(2):
        tell_issued(issued, by=world.chi, at=now)
    assert {notice.user.username for notice in Notice.objects.all()} == {"chu-tich", "dau-moi-2"}
    notice = Notice.objects.first()
    assert notice is not None
    assert str(notice.sentence) == f"Đã phát hành báo cáo tổng hợp {period.name}, lần 2."
    assert notice.url.endswith(f"/{issued.pk}/")
