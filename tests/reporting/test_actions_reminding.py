"""The clock reminds whoever holds an unfinished report, once for each mark, however often it runs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, World, make_duty, make_entry, make_period, make_submission, make_user
from tiendo.accounts.models import Absence, Role, User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.plans.models import Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Period, Reminder, Stay

ACT = "reporting.duty.remind"
SEVEN, TWO, LAST, ONE_AFTER, THREE_AFTER = (
    datetime(2026, 7, day, 5, tzinfo=UTC) for day in (3, 10, 14, 15, 17)
)  # the report is due by the end of Tuesday 14 July


@pytest.fixture
def theirs(world: World, period: Period, duty: Duty) -> Duty:
    """A second unit that owes the same report."""
    return make_duty(period, world.unit_b)


def remind(at: datetime) -> list[tuple[int, int]]:
    return [(row.duty_id, row.days_before) for row in actions.remind_duties(by=None, at=at)]


def told(at: datetime) -> dict[str, str]:
    """Who was told what by a run at that moment."""
    remind(at)
    return {notice.user.username: str(notice.sentence) for notice in Notice.objects.filter(at=at)}


def lay(duty: Duty, desk: Stay.Desk, user: User | None = None) -> None:
    Stay.objects.filter(duty=duty, left_at=None).update(desk=desk, user=user, unit=duty.unit)


def test_each_mark_reminds_of_each_report_once(period: Period, duty: Duty, theirs: Duty) -> None:
    day = SEVEN - timedelta(days=2)
    found: dict[tuple[int, int], datetime] = {}
    while day <= THREE_AFTER + timedelta(days=3):
        found |= dict.fromkeys(remind(day), day)
        day += timedelta(days=1)
    marks = {7: SEVEN, 2: TWO, 0: LAST, -1: ONE_AFTER, -3: THREE_AFTER}
    assert found == {(pk, mark): at for pk in (duty.pk, theirs.pk) for mark, at in marks.items()}
    assert Event.objects.filter(act=ACT).count() == Reminder.objects.count() == 10


def test_the_officers_are_told_while_it_lies_with_them(world: World, period: Period, duty: Duty) -> None:
    words = f"Báo cáo “{period.name}” của Sở Xây dựng đang chờ bạn: hạn cuối 14/07/2026, còn 2 ngày làm việc."
    assert told(TWO) == {"an": words}
    notice = Notice.objects.get()
    assert (notice.kind, notice.url) == ("report.reminder", f"/lam-viec/bao-cao/{duty.pk}/")


def test_the_words_say_whether_it_is_the_last_day_or_late(duty: Duty) -> None:
    assert "hôm nay, 14/07/2026, là ngày cuối gửi đúng hạn" in told(LAST)["an"]
    assert "đã quá hạn từ sau ngày 14/07/2026" in told(ONE_AFTER)["an"]


def test_the_head_alone_is_told_while_it_waits_for_the_head(world: World, duty: Duty) -> None:
    lay(duty, Stay.Desk.HEAD)
    assert set(told(TWO)) == {"binh"}


def test_one_approver_alone_is_told_while_it_waits_for_that_person(world: World, duty: Duty) -> None:
    deputy = make_user("pho", world.unit_a, Role.OFFICER)
    lay(duty, Stay.Desk.APPROVER, deputy)
    assert set(told(TWO)) == {"pho"}


def test_the_substitute_is_told_for_whoever_is_away(world: World, duty: Duty) -> None:
    deputy = make_user("pho", world.unit_a, Role.HEAD)
    Absence.objects.create(
        user=world.binh,
        substitute=deputy,
        first_day=date(2026, 7, 6),
        last_day=date(2026, 7, 10),
        reason="Đi học",
        recorded_by=world.binh,
        recorded_at=NOON,
    )
    lay(duty, Stay.Desk.HEAD, world.binh)
    assert set(told(TWO)) == {"pho"}
    assert set(told(LAST)) == {"binh"}


def test_a_unit_without_officers_has_its_head_told(world: World, duty: Duty) -> None:
    world.an.posts.update(valid_to=date(2026, 7, 1))
    assert set(told(TWO)) == {"binh"}


def test_nobody_is_told_of_a_report_that_waits_at_the_coordinator(
    world: World, period: Period, task: Task, duty: Duty, theirs: Duty
) -> None:
    make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh)
    assert remind(TWO) == [(theirs.pk, 2)]
    assert not Notice.objects.filter(user__in=[world.an, world.binh, world.chi]).exists()


def test_a_report_returned_lies_with_the_unit_again(world: World, task: Task, duty: Duty) -> None:
    make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh)
    Duty.objects.filter(pk=duty.pk).update(status="returned")
    lay(duty, Stay.Desk.OFFICER)
    assert told(ONE_AFTER)["an"].endswith("đang chờ bạn: bị trả lại và chưa gửi lại, hạn cuối 14/07/2026.")


def test_an_accepted_report_reminds_nobody(world: World, task: Task, duty: Duty) -> None:
    make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh, accepted_by=world.chi)
    assert remind(THREE_AFTER) == []


def test_a_second_run_at_once_does_nothing_twice(period: Period, duty: Duty) -> None:
    assert [remind(SEVEN), remind(SEVEN)] == [[(duty.pk, 7)], []]
    assert Event.objects.filter(act=ACT).count() == Notice.objects.count() == 1


def test_a_clock_that_slept_sends_only_the_latest(period: Period, duty: Duty) -> None:
    assert remind(TWO + timedelta(days=3)) == [(duty.pk, 2)]
    assert remind(THREE_AFTER + timedelta(days=3)) == [(duty.pk, -3)]
    assert Notice.objects.filter(user__username="an").count() == 2


def test_the_head_hears_of_a_late_report_on_an_officers_desk_and_those_above_at_the_last_mark(
    world: World, period: Period, duty: Duty
) -> None:
    words = f"Sở Xây dựng chưa gửi báo cáo “{period.name}”, quá hạn từ sau ngày 14/07/2026."
    assert set(told(LAST)) == {"an"}
    after = told(ONE_AFTER)
    assert set(after) == {"an", "binh"}
    assert after["binh"] == words
    last = told(THREE_AFTER)
    assert set(last) == {"an", "binh", "chu-tich"}
    assert last["chu-tich"] == words
    assert Notice.objects.get(user=world.decision_maker).kind == "report.escalated"


def test_a_late_report_on_the_heads_desk_is_told_the_head_once(world: World, duty: Duty) -> None:
    lay(duty, Stay.Desk.HEAD)
    assert set(told(ONE_AFTER)) == {"binh"}
    assert Notice.objects.filter(user=world.binh).count() == 1


def test_a_report_once_sent_and_returned_is_not_told_above(world: World, duty: Duty) -> None:
    Duty.objects.filter(pk=duty.pk).update(first_sent_at=NOON, sent_at=NOON, sent_by=world.binh)
    assert set(told(THREE_AFTER)) == {"an"}


def test_each_level_of_unit_is_reminded_by_its_own_last_good_day(world: World, duty: Duty, theirs: Duty) -> None:
    Duty.objects.filter(pk=theirs.pk).update(due_at=duty.due_at - timedelta(days=4))
    assert remind(TWO) == [(theirs.pk, 0), (duty.pk, 2)]


def test_periods_closed_or_not_yet_open_remind_nobody(world: World, plan: Plan, period: Period, duty: Duty) -> None:
    coming = make_period(plan, "Chưa mở", opened_at=None, opens_at=period.due_at - timedelta(days=1))
    make_duty(coming, world.unit_a)
    actions.close_period(period=period, by=world.chi, at=SEVEN - timedelta(days=1))
    assert remind(TWO) == []


def test_the_marks_are_a_setting(period: Period, duty: Duty, settings: LazySettings) -> None:
    settings.TIENDO_REMIND_DAYS = (2,)
    assert [remind(at) for at in (SEVEN, TWO, LAST, ONE_AFTER)] == [[], [(duty.pk, 2)], [], []]


@pytest.mark.parametrize(
    "who", ["officer", "head", "decision_maker", "finance", "inspector", "administrator", "other_unit"]
)
def test_of_people_only_the_coordinator_may(world: World, period: Period, duty: Duty, who: str) -> None:
    events = Event.objects.count()
    with pytest.raises(PermissionDenied):
        actions.remind_duties(by=world.people[who], at=TWO)
    assert (Reminder.objects.count(), Notice.objects.count(), Event.objects.count()) == (0, 0, events)


def test_the_coordinator_is_named_and_the_clock_is_the_machine(world: World, period: Period, duty: Duty) -> None:
    remind(SEVEN)
    actions.remind_duties(by=world.chi, at=TWO)
    assert list(Event.objects.filter(act=ACT).order_by("seq").values_list("actor", flat=True)) == ["hệ thống", "chi"]


def test_a_minute_with_nobody_to_remind_costs_three_reads(period: Period, duty: Duty, theirs: Duty) -> None:
    remind(SEVEN)
    with CaptureQueriesContext(connection) as queries:
        assert remind(SEVEN + timedelta(days=1)) == []
    assert len(queries) == 3
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_whoever_signs_above_is_told_while_it_waits_there(world: World, duty: Duty) -> None:
    """The same people who see it among the reports to sign: heads of the unit above and its decision-makers."""
    Stay.objects.filter(duty=duty, left_at=None).update(desk=Stay.Desk.PARENT, unit=world.province)
    assert set(told(TWO)) == {world.decision_maker.username}
