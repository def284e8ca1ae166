"""A report moves from desk to desk as the table allows, by whom it allows, and lies on exactly one at any moment."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import World, make_duty, make_period, make_task, make_unit, make_user
from tiendo.accounts.actions import record_absence
from tiendo.accounts.models import Post, Role, User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.actions import desks
from tiendo.reporting.models import ApprovalStep, Duty, Entry, Stay, Submission
from tiendo.reporting.queries import content_mark
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove

HALF = Values(state=WorkState.IN_PROGRESS, result="Đã lắp 6 trạm")


@pytest.fixture
def drafted(world: World, duty: Duty, task: Task, now: datetime) -> Entry:
    return actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.an, at=now)


def here(duty: Duty) -> str | None:
    stay = desks.find_stay(duty)
    return stay.desk if stay else None


def step_for(world: World, now: datetime, username: str = "pho-phong") -> User:
    approver = make_user(username, world.unit_a, Role.OFFICER, full_name="Tẩn Thị Duyệt")
    actions.add_approval_step(unit=world.unit_a, approver=approver, title="Thẩm định", by=world.binh, at=now)
    return approver


def fresh(user: User) -> User:
    """As on the next request: with today's posts."""
    return User.objects.get(pk=user.pk)


def away(user: User, substitute: User | None, by: User, now: datetime) -> None:
    today = timezone.localdate()
    record_absence(user=user, substitute=substitute, first_day=today, last_day=today, reason="Công tác", by=by, at=now)


def test_opening_lays_every_report_on_one_desk_in_few_queries(world: World, plan: Plan, now: datetime) -> None:
    counts = []
    for more in (1, 2, 30):
        for number in range(more):
            make_unit(f"so-{more}-{number}")
        period = make_period(plan, opened_at=None)
        with CaptureQueriesContext(connection) as taken:
            actions.open_period(period=period, by=world.chi, at=now)
        counts.append(len(taken))
        stays = Stay.objects.filter(duty__period=period)
        assert set(stays.values_list("duty", flat=True)) == set(period.duties.values_list("pk", flat=True))
        assert set(stays.values_list("desk", "arrived_at", "left_at")) == {("officer", now, None)}
    assert counts[1] == counts[2]


def test_closing_takes_all_reports_off_their_desks_in_few_queries(world: World, plan: Plan, now: datetime) -> None:
    counts = []
    for units in (1, 2, 30):
        period = make_period(plan)
        for number in range(units):
            make_duty(period, make_unit(f"so-{units}-{number}"))
        with CaptureQueriesContext(connection) as taken:
            actions.close_period(period=period, by=world.chi, at=now)
        counts.append(len(taken))
        stays = Stay.objects.filter(duty__period=period)
        assert set(stays.values_list("left_at", "left_by", "outcome")) == {(now, world.chi.pk, "closed")}
    assert counts[1] == counts[2]


def test_the_stays_of_a_report_join_from_opening_to_acceptance(world: World, drafted: Entry, now: datetime) -> None:
    duty, hour = drafted.duty, timedelta(hours=1)
    actions.forward_duty(duty=duty, by=world.an, at=now + hour)
    actions.recall_duty(duty=duty, by=world.an, at=now + 2 * hour)
    actions.forward_duty(duty=duty, by=world.an, at=now + 3 * hour)
    actions.push_back_duty(duty=duty, reason="Thiếu số xã", by=world.binh, at=now + 4 * hour)
    actions.forward_duty(duty=duty, by=world.an, at=now + 5 * hour)
    actions.send_duty(duty=duty, by=world.binh, at=now + 6 * hour)
    actions.return_entry(entry=drafted, reason="Rõ thêm", by=world.chi, at=now + 7 * hour)
    actions.send_duty(duty=duty, by=world.binh, at=now + 8 * hour)
    actions.accept_duty(duty=duty, by=world.chi, at=now + 9 * hour)
    stays = list(Stay.objects.filter(duty=duty).order_by("arrived_at", "pk"))
    assert [stay.desk for stay in stays] == [
        *("officer", "head", "officer", "head", "officer", "head", "coordinator", "officer", "coordinator")
    ]
    assert [stay.outcome for stay in stays] == [
        *("forwarded", "recalled", "forwarded", "pushed_back", "forwarded", "sent", "returned", "sent", "accepted")
    ]
    assert [stay.left_at for stay in stays[:-1]] == [stay.arrived_at for stay in stays[1:]]
    assert stays[-1].left_at == now + 9 * hour
    assert here(duty) is None


def test_an_older_clock_never_makes_a_stay_end_before_it_began(world: World, drafted: Entry, now: datetime) -> None:
    actions.forward_duty(duty=drafted.duty, by=world.an, at=now + timedelta(seconds=2))
    actions.recall_duty(duty=drafted.duty, by=world.an, at=now + timedelta(seconds=1))
    stays = list(Stay.objects.filter(duty=drafted.duty).order_by("pk"))
    assert stays[1].left_at == stays[1].arrived_at == stays[2].arrived_at == now + timedelta(seconds=2)


# Desk by desk, who may do what: written by hand. The approver of the step is "approver", the superior "decision_maker".
MAY = {
    "officer": {"forward": {"officer", "head", "approver"}, "send": {"head"}},
    "approver": {
        "forward": {"approver"},
        "push_back": {"approver", "head"},
        "recall": {"officer", "head", "approver"},
        "send": {"head"},
    },
    "head": {
        "forward": {"head"},
        "push_back": {"head"},
        "recall": {"officer", "head", "approver"},
        "send": {"head"},
    },
    "parent": {
        "push_back": {"decision_maker"},
        "recall": {"officer", "head", "approver"},
        "send": {"decision_maker", "head"},
    },
    "coordinator": {"send": {"head"}},
}
ACTS = ("forward", "push_back", "recall", "send")
PEOPLE = (
    *("officer", "head", "approver", "coordinator", "decision_maker"),
    *("finance", "inspector", "administrator", "other_unit"),
)


def _do(act: str, duty: Duty, by: User, at: datetime) -> object:
    if act == "push_back":
        return actions.push_back_duty(duty=duty, reason="Sửa số liệu", by=by, at=at)
    done = {"forward": actions.forward_duty, "recall": actions.recall_duty, "send": actions.send_duty}
    return done[act](duty=duty, by=by, at=at)


@pytest.mark.parametrize("desk", MAY)
@pytest.mark.parametrize("act", ACTS)
def test_each_person_may_do_from_each_desk_what_is_written_down(
    world: World, drafted: Entry, now: datetime, desk: str, act: str
) -> None:
    people = world.people | {"approver": step_for(world, now)}
    duty = drafted.duty
    step = ApprovalStep.objects.get()
    given: dict[str, object] = {"approver": {"user": people["approver"], "step": step.position}}.get(desk, {})  # type: ignore[assignment]
    if desk != "officer":
        unit = world.province if desk == "parent" else world.unit_a
        desks.move(duty=duty, desk=desk, unit=unit, outcome="forwarded", by=world.an, at=now, **given)  # type: ignore[arg-type]
    rows, events = list(Stay.objects.order_by("pk").values()), Event.objects.count()
    met = set()
    for name in PEOPLE:
        point = connection.savepoint()
        try:
            _do(act, duty, fresh(people[name]), now)
            met.add(name)
        except (PermissionDenied, IllegalMove):
            assert list(Stay.objects.order_by("pk").values()) == rows
            assert (Event.objects.count(), Submission.objects.count()) == (events, 0)
        connection.savepoint_rollback(point)
    assert met == MAY[desk].get(act, set())


def test_an_approval_step_comes_before_the_head_and_the_head_may_take_it_over(
    world: World, drafted: Entry, now: datetime
) -> None:
    approver = step_for(world, now)
    laid = actions.forward_duty(duty=drafted.duty, by=world.an, at=now)
    assert (laid.desk, laid.user, laid.step) == ("approver", approver, 1)
    assert Notice.objects.filter(user=approver, kind="report.to_approve").count() == 1
    laid = actions.forward_duty(duty=drafted.duty, by=approver, at=now)
    assert (laid.desk, laid.user, laid.step) == ("head", None, 0)
    actions.recall_duty(duty=drafted.duty, by=world.an, at=now)
    actions.forward_duty(duty=drafted.duty, by=world.an, at=now)
    actions.send_duty(duty=drafted.duty, by=world.binh, at=now)
    assert Event.objects.get(act="reporting.duty.send").detail["desk"] == "approver"


def test_while_it_lies_before_an_approver_nobody_writes(
    world: World, drafted: Entry, task: Task, now: datetime
) -> None:
    actions.forward_duty(duty=drafted.duty, by=world.an, at=now)
    for user in (world.an, world.binh):
        with pytest.raises(PermissionDenied, match="thủ trưởng đơn vị nên chưa sửa được; hãy rút lại"):
            actions.save_draft(duty=drafted.duty, task=task, values=HALF, revision=1, by=user, at=now)
    actions.recall_duty(duty=drafted.duty, by=world.an, at=now)
    saved = actions.save_draft(duty=drafted.duty, task=task, values=HALF, revision=1, by=world.an, at=now)
    assert saved.revision >= 1


def test_what_is_not_whole_cannot_be_forwarded(world: World, plan: Plan, drafted: Entry, now: datetime) -> None:
    make_task(plan, by=world.chi, lead=world.unit_a, title="Việc thứ hai")
    with pytest.raises(actions.NotReady):
        actions.forward_duty(duty=drafted.duty, by=world.an, at=now)
    assert here(drafted.duty) == "officer"


def test_an_approver_passes_on_only_what_was_read(world: World, drafted: Entry, task: Task, now: datetime) -> None:
    looked = content_mark(drafted.duty)
    actions.save_draft(
        duty=drafted.duty,
        task=task,
        values=Values(WorkState.IN_PROGRESS, result="Khác"),
        revision=1,
        by=world.an,
        at=now,
    )
    with pytest.raises(IllegalMove, match="vừa được sửa"):
        actions.forward_duty(duty=drafted.duty, by=world.an, at=now, seen=looked)


def test_pushing_back_needs_words_and_tells_the_writers(world: World, drafted: Entry, now: datetime) -> None:
    actions.forward_duty(duty=drafted.duty, by=world.an, at=now)
    with pytest.raises(PermissionDenied, match="sửa gì"):
        actions.push_back_duty(duty=drafted.duty, reason="  ", by=world.binh, at=now)
    actions.push_back_duty(duty=drafted.duty, reason="Thiếu số xã", by=world.binh, at=now)
    told = Notice.objects.get(user=world.an, kind="report.pushed_back")
    assert told.body == "Thiếu số xã"
    assert Stay.objects.filter(outcome="pushed_back").get().note == "Thiếu số xã"


def test_a_head_who_wrote_does_not_sign_and_the_superior_does(
    world: World, duty: Duty, task: Task, now: datetime
) -> None:
    actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.binh, at=now)
    with pytest.raises(PermissionDenied, match="không tự phê duyệt"):
        actions.send_duty(duty=duty, by=world.binh, at=now)
    assert not Submission.objects.exists()
    laid = actions.forward_duty(duty=duty, by=world.binh, at=now)
    assert (laid.desk, laid.unit) == ("parent", world.province)
    assert Notice.objects.filter(user=world.decision_maker, kind="report.to_approve").exists()
    sent = actions.send_duty(duty=duty, by=world.decision_maker, at=now)
    assert sent.sent_by == world.decision_maker
    assert here(duty) == "coordinator"


def test_another_head_signs_what_the_first_one_wrote(world: World, duty: Duty, task: Task, now: datetime) -> None:
    deputy = make_user("pho", world.unit_a, Role.HEAD, title="Phó Giám đốc")
    actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.binh, at=now)
    laid = actions.forward_duty(duty=duty, by=world.an, at=now)
    assert laid.desk == "head"
    assert actions.send_duty(duty=duty, by=deputy, at=now).sent_by == deputy


def test_who_wrote_is_kept_with_what_was_sent_and_forgotten_in_the_draft(
    world: World, drafted: Entry, now: datetime
) -> None:
    actions.send_duty(duty=drafted.duty, by=world.binh, at=now)
    assert Submission.objects.get().writer_ids == [world.an.pk]
    drafted.refresh_from_db()
    assert drafted.writer_ids == []


def test_a_substitute_signs_for_the_head_and_the_log_says_for_whom(world: World, drafted: Entry, now: datetime) -> None:
    deputy = make_user("pho", world.unit_a, Role.OFFICER)
    away(world.binh, deputy, world.binh, now)
    laid = actions.forward_duty(duty=drafted.duty, by=world.an, at=timezone.now())
    assert laid.desk == "head"
    assert Notice.objects.filter(user=deputy, kind="report.to_approve").exists()
    assert not Notice.objects.filter(user=world.binh, kind="report.to_approve").exists()
    actions.send_duty(duty=drafted.duty, by=fresh(deputy), at=timezone.now())
    assert Event.objects.get(act="reporting.duty.send").detail["for"] == "binh"


def test_a_substitute_who_wrote_does_not_sign_either(world: World, drafted: Entry, now: datetime) -> None:
    away(world.binh, world.an, world.binh, now)
    with pytest.raises(PermissionDenied, match="không tự phê duyệt"):
        actions.send_duty(duty=drafted.duty, by=fresh(world.an), at=timezone.now())
    assert actions.forward_duty(duty=drafted.duty, by=fresh(world.an), at=timezone.now()).desk == "parent"


@pytest.mark.parametrize("case", ["no head", "away"])
def test_without_a_head_the_superior_sees_and_signs_exactly_that_report(
    world: World, drafted: Entry, plan: Plan, now: datetime, case: str
) -> None:
    chairman = make_user("pho-chu-tich", world.province, Role.HEAD)
    other = make_duty(make_period(plan), world.unit_a)
    assert not Duty.objects.visible_to(chairman).exists()
    if case == "no head":
        Post.objects.filter(user=world.binh).update(valid_to=date(2026, 6, 1))
    else:
        away(world.binh, None, world.binh, now)
    actions.forward_duty(duty=drafted.duty, by=world.an, at=timezone.now())
    seen = Duty.objects.visible_to(fresh(chairman))
    assert list(seen) == [drafted.duty]
    assert other not in seen
    assert list(Entry.objects.visible_to(fresh(chairman))) == [drafted]
    actions.send_duty(duty=drafted.duty, by=fresh(chairman), at=timezone.now())
    assert not Duty.objects.visible_to(fresh(chairman)).exists()


def test_nothing_new_is_signed_by_the_head_alone_and_not_forwarded(
    world: World, duty: Duty, task: Task, now: datetime
) -> None:
    with pytest.raises(actions.NotReady):
        actions.forward_duty(duty=duty, by=world.an, at=now)
    actions.send_nothing_new(duty=duty, by=world.binh, at=now)
    assert here(duty) == "coordinator"


def test_a_returned_item_brings_the_report_back_once(world: World, plan: Plan, drafted: Entry, now: datetime) -> None:
    second = make_task(plan, by=world.chi, lead=world.unit_a, title="Việc thứ hai")
    other = actions.save_draft(duty=drafted.duty, task=second, values=HALF, revision=0, by=world.an, at=now)
    actions.send_duty(duty=drafted.duty, by=world.binh, at=now)
    actions.return_entry(entry=drafted, reason="Thiếu", by=world.chi, at=now)
    assert here(drafted.duty) == "officer"
    actions.return_entry(entry=other, reason="Cũng thiếu", by=world.chi, at=now)
    assert Stay.objects.filter(duty=drafted.duty, outcome="returned").count() == 1


def test_steps_are_set_by_the_head_or_the_administrator_and_ended(world: World, now: datetime) -> None:
    for part in ("officer", "coordinator", "other_unit", "decision_maker", "inspector"):
        with pytest.raises(PermissionDenied, match="bước duyệt"):
            actions.add_approval_step(
                unit=world.unit_a, approver=world.an, title="Thẩm định", by=world.people[part], at=now
            )
    with pytest.raises(PermissionDenied, match="trong đơn vị"):
        actions.add_approval_step(unit=world.unit_a, approver=world.dung, title="Thẩm định", by=world.binh, at=now)
    with pytest.raises(ValidationError, match="đặt tên"):
        actions.add_approval_step(unit=world.unit_a, approver=world.an, title=" ", by=world.binh, at=now)
    assert not ApprovalStep.objects.exists()
    assert not Event.objects.exists()
    step = actions.add_approval_step(
        unit=world.unit_a, approver=world.an, title="Thẩm định", by=world.administrator, at=now
    )
    with pytest.raises(ValidationError, match="đã có"):
        actions.add_approval_step(unit=world.unit_a, approver=world.an, title="Nữa", by=world.binh, at=now)
    actions.end_approval_step(step=step, by=world.binh, at=now)
    actions.end_approval_step(step=step, by=world.binh, at=now)
    assert not ApprovalStep.objects.in_force(date(2026, 7, 1)).exists()
    assert Event.objects.count() == 2


def test_the_paper_of_a_report_is_named_by_the_unit_after_sending(world: World, drafted: Entry, now: datetime) -> None:
    named = {"number": "45/BC-SXD", "dated": date(2026, 7, 1), "at": now}
    with pytest.raises(PermissionDenied, match="gửi báo cáo trước"):
        actions.name_document(duty=drafted.duty, by=world.an, **named)  # type: ignore[arg-type]
    actions.send_duty(duty=drafted.duty, by=world.binh, at=now)
    with pytest.raises(PermissionDenied, match="người của đơn vị"):
        actions.name_document(duty=drafted.duty, by=world.chi, **named)  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        actions.name_document(duty=drafted.duty, by=world.an, url="javascript:x", **named)  # type: ignore[arg-type]
    duty = actions.name_document(duty=drafted.duty, by=world.an, url="https://vanban.vidu.test/45", **named)  # type: ignore[arg-type]
    duty.refresh_from_db()
    assert (duty.document_number, duty.document_on) == ("45/BC-SXD", date(2026, 7, 1))
    assert Event.objects.filter(act="reporting.duty.name_document").count() == 1
