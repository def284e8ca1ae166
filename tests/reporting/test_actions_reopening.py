"""After the closing: one item of one unit opened again, everything else locked, nothing counted changes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from tests.factories import (
    World,
    make_document,
    make_duty,
    make_figure,
    make_group,
    make_indicator,
    make_period,
    make_target,
    make_task,
    make_user,
)
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.indicators.models import Figure, TargetLine
from tiendo.notices.models import Notice
from tiendo.orgs.actions import succeed_unit
from tiendo.orgs.models import Unit
from tiendo.papers.docx import render_docx
from tiendo.papers.pdf import render_pdf
from tiendo.plans.actions import amend_task, assign_unit, set_deadline
from tiendo.plans.holding import holding
from tiendo.plans.models import Assignment, Plan, Task
from tiendo.plans.states import WorkState
from tiendo.plans.structure import Due, NewTask
from tiendo.reporting import actions
from tiendo.reporting.corrections import corrections, open_reopenings, reopened_tasks
from tiendo.reporting.models import Duty, Entry, FrozenReport, Period, Reopening, Stay, Submission
from tiendo.reporting.papers.gathering import facts_of
from tiendo.reporting.papers.paper import Letterhead, Mark, report_paper
from tiendo.reporting.papers.texts import text_of
from tiendo.reporting.permissions import can_draft_entry, can_review_duty, can_review_entry, can_send_duty
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove

HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")
MORE = Values(state=WorkState.IN_PROGRESS, percent=Decimal(60), result="Đã lắp 7 trạm")


class Closed:
    """A closed period: unit A reported on two tasks, both accepted; unit B on one of its own."""

    def __init__(self, world: World, plan: Plan, now: datetime) -> None:
        self.world, self.now = world, now
        self.period = make_period(plan)
        self.one = make_task(plan, by=world.chi, lead=world.unit_a)
        self.two = make_task(plan, by=world.chi, lead=world.unit_a, title="Việc thứ hai")
        self.theirs = make_task(plan, by=world.chi, lead=world.unit_b, title="Việc của đơn vị khác")
        self.duty = make_duty(self.period, world.unit_a)
        self.other = make_duty(self.period, world.unit_b)
        head_b = make_user("truong-b", world.unit_b, Role.HEAD)
        for duty, tasks, officer, head in (
            (self.duty, [self.one, self.two], world.an, world.binh),
            (self.other, [self.theirs], world.dung, head_b),
        ):
            for task in tasks:
                actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=officer, at=now)
            actions.send_duty(duty=duty, by=head, at=now)
            actions.accept_duty(duty=duty, by=world.chi, at=now)
        self.closed_at = now + timedelta(days=20)
        actions.close_period(period=self.period, by=world.chi, at=self.closed_at)
        self.after = self.closed_at + timedelta(days=2)
        self.until = self.after + timedelta(days=3)
        self.fresh()

    def fresh(self) -> None:
        for row in (self.period, self.duty, self.other):
            row.refresh_from_db()

    def reopen(self, task: Task | None = None, **changed: object) -> Reopening:
        given = {
            "duty": self.duty,
            "until": self.until,
            "reason": "Sai số trạm",
            "by": self.world.chi,
            "at": self.after,
        }
        return actions.reopen(task=task, **(given | changed))  # type: ignore[arg-type]

    def entry(self, task: Task) -> Entry:
        return Entry.objects.get(task=task)

    def save(self, task: Task, values: Values = MORE, *, by: User | None = None, at: datetime | None = None) -> Entry:
        duty = self.other if task == self.theirs else self.duty
        revision = self.entry(task).revision
        return actions.save_draft(
            duty=duty, task=task, values=values, revision=revision, by=by or self.world.an, at=at or self.after
        )

    def correct(self, task: Task, values: Values = MORE) -> Submission:
        """The unit corrects and sends, the coordinator accepts, after the reopening."""
        at = self.after + timedelta(hours=1)
        self.save(task, values, at=at)
        actions.send_duty(duty=self.duty, by=self.world.binh, at=at)
        actions.accept_entry(entry=self.entry(task), by=self.world.chi, at=at + timedelta(hours=1))
        return self.entry(task).submissions.latest("number")


@pytest.fixture
def closed(world: World, plan: Plan, now: datetime) -> Closed:
    return Closed(world, plan, now)


def printed(period: Period) -> tuple[object, ...]:
    """Everything a regenerated report would say, without the moment of making."""
    return (facts_of(Period.objects.select_related("plan__owner").get(pk=period.pk)),)


def test_one_item_of_one_unit_reopened_leaves_all_others_locked(closed: Closed) -> None:
    world, at = closed.world, closed.after
    closed.reopen(closed.one)
    duty = Duty.objects.select_related("period").get(pk=closed.duty.pk)
    other = Duty.objects.select_related("period").get(pk=closed.other.pk)
    assert can_draft_entry(world.an, duty, closed.one, at=at)
    assert not can_draft_entry(world.an, duty, closed.two, at=at)
    assert not can_draft_entry(world.dung, other, closed.theirs, at=at)
    assert can_send_duty(world.binh, duty, at=at)
    two = closed.entry(closed.two)
    assert not can_review_entry(world.chi, two, two.submissions.get(), at=at)
    assert not can_review_duty(world.chi, other, at=at)
    before = Event.objects.count()
    for task, person in ((closed.two, world.an), (closed.theirs, world.dung)):
        with pytest.raises(PermissionDenied, match="khóa số liệu"):
            closed.save(task, by=person)
    with pytest.raises(PermissionDenied):
        actions.add_document_evidence(
            duty=duty, task=closed.two, number="1/BC", dated=date(2026, 6, 1), by=world.an, at=at
        )
    assert Event.objects.count() == before
    assert closed.save(closed.one).percent == Decimal(60)


def test_the_correction_is_sent_accepted_and_listed_beside_what_was_counted(closed: Closed) -> None:
    before = printed(closed.period)
    closed.reopen(closed.one)
    row = closed.correct(closed.one)
    assert (row.number, row.verdict) == (2, "accepted")
    (found,) = corrections(Period.objects.get(pk=closed.period.pk))
    assert found.submission == row
    assert found.before is not None
    assert found.before.number == 1
    assert [(change.name, change.before, change.after) for change in found.changes] == [
        ("percent", Decimal(50), Decimal(60)),
        ("result", "Đã lắp 6 trạm", "Đã lắp 7 trạm"),
    ]
    assert printed(closed.period) == before
    closed.one.refresh_from_db()
    assert closed.one.percent == Decimal(60)
    duty = Duty.objects.get(pk=closed.duty.pk)
    assert duty.status == "accepted"
    assert not Stay.objects.filter(duty=duty, left_at=None).exists()


def test_only_the_reopened_item_is_sent(closed: Closed) -> None:
    Entry.objects.filter(task=closed.two).update(status="draft")
    closed.reopen(closed.one)
    closed.save(closed.one)
    actions.send_duty(duty=closed.duty, by=closed.world.binh, at=closed.after)
    assert closed.entry(closed.one).submissions.count() == 2
    assert closed.entry(closed.two).submissions.count() == 1
    assert closed.entry(closed.two).status == "draft"


def test_of_a_whole_report_only_what_changed_is_sent_again(closed: Closed) -> None:
    closed.reopen(None)
    assert {closed.entry(task).status for task in (closed.one, closed.two)} == {"returned"}
    with pytest.raises(IllegalMove):
        actions.send_duty(duty=closed.duty, by=closed.world.binh, at=closed.after)
    closed.save(closed.two)
    actions.send_duty(duty=closed.duty, by=closed.world.binh, at=closed.after)
    assert (closed.entry(closed.one).status, closed.entry(closed.one).submissions.count()) == ("accepted", 1)
    assert (closed.entry(closed.two).status, closed.entry(closed.two).submissions.count()) == ("submitted", 2)


def test_when_time_is_over_what_was_not_sent_stands_as_accepted(closed: Closed) -> None:
    closed.reopen(closed.one)
    closed.save(closed.one)
    late = closed.until
    with pytest.raises(PermissionDenied):
        closed.save(closed.one, HALF, at=late)
    assert [row.pk for row in actions.end_lapsed_reopenings(by=None, at=late)] == [Reopening.objects.get().pk]
    assert actions.end_lapsed_reopenings(by=None, at=late) == []
    entry = closed.entry(closed.one)
    assert (entry.status, entry.percent, entry.result) == ("accepted", Decimal(50), "Đã lắp 6 trạm")
    assert Duty.objects.get(pk=closed.duty.pk).status == "accepted"
    assert list(Stay.objects.filter(duty=closed.duty).values_list("outcome", flat=True))[-1] == "closed"
    assert Event.objects.get(act="reporting.reopening.end").actor == "hệ thống"


def test_a_correction_sent_back_leaves_what_was_accepted(closed: Closed) -> None:
    closed.reopen(closed.one)
    closed.save(closed.one)
    actions.send_duty(duty=closed.duty, by=closed.world.binh, at=closed.after)
    actions.return_entry(entry=closed.entry(closed.one), reason="Chưa đúng", by=closed.world.chi, at=closed.after)
    actions.end_lapsed_reopenings(by=None, at=closed.until)
    entry = closed.entry(closed.one)
    assert (entry.status, entry.percent) == ("accepted", Decimal(50))
    assert Duty.objects.get(pk=closed.duty.pk).status == "accepted"


def test_what_was_sent_in_time_may_be_answered_afterwards(closed: Closed) -> None:
    closed.reopen(closed.one)
    closed.save(closed.one)
    actions.send_duty(duty=closed.duty, by=closed.world.binh, at=closed.after)
    actions.end_lapsed_reopenings(by=None, at=closed.until)
    assert Stay.objects.get(duty=closed.duty, left_at=None).desk == "coordinator"
    actions.accept_entry(entry=closed.entry(closed.one), by=closed.world.chi, at=closed.until + timedelta(days=1))
    assert len(corrections(Period.objects.get(pk=closed.period.pk))) == 1


def test_the_coordinator_may_take_it_back(closed: Closed) -> None:
    reopening = closed.reopen(closed.one)
    assert list(open_reopenings(at=closed.after)) == [reopening]
    for _twice in range(2):
        actions.end_reopening(reopening=reopening, by=closed.world.chi, at=closed.after + timedelta(hours=1))
    assert not open_reopenings(at=closed.after + timedelta(hours=2)).exists()
    assert Event.objects.filter(act="reporting.reopening.end").count() == 1
    with pytest.raises(PermissionDenied):
        closed.save(closed.one, at=closed.after + timedelta(hours=2))


def test_ending_one_of_two_leaves_the_other_open(closed: Closed) -> None:
    first, second = closed.reopen(closed.one), closed.reopen(closed.two)
    actions.end_reopening(reopening=first, by=closed.world.chi, at=closed.after)
    assert reopened_tasks(closed.duty, at=closed.after) == {closed.two.pk}
    assert closed.entry(closed.one).status == "accepted"
    assert closed.entry(closed.two).status == "returned"
    assert Stay.objects.filter(duty=closed.duty, left_at=None).count() == 1
    actions.end_reopening(reopening=second, by=closed.world.chi, at=closed.after)
    assert not Stay.objects.filter(duty=closed.duty, left_at=None).exists()


def test_the_unit_is_told_once_with_the_reason(closed: Closed) -> None:
    closed.reopen(closed.one)
    told = Notice.objects.filter(kind="report.reopened")
    assert {notice.user.username for notice in told} == {"an", "binh"}
    assert told[0].body == "Sai số trạm"
    assert closed.one.code in told[0].filled["code"]


def test_a_report_never_sent_may_be_sent_late_and_the_closing_still_counts_it_missing(
    world: World, plan: Plan, now: datetime
) -> None:
    period, task = make_period(plan), make_task(plan, by=world.chi, lead=world.unit_a)
    duty = make_duty(period, world.unit_a)
    closed_at = now + timedelta(days=20)
    actions.close_period(period=period, by=world.chi, at=closed_at)
    before = printed(period)
    at = closed_at + timedelta(days=1)
    actions.reopen(duty=duty, task=None, until=at + timedelta(days=2), reason="Chưa gửi kịp", by=world.chi, at=at)
    actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.an, at=at)
    actions.send_duty(duty=duty, by=world.binh, at=at)
    actions.accept_duty(duty=Duty.objects.get(pk=duty.pk), by=world.chi, at=at)
    duty.refresh_from_db()
    assert duty.is_late
    assert printed(period) == before
    (found,) = corrections(Period.objects.get(pk=period.pk))
    assert found.before is None


def test_nothing_new_before_the_closing_stays_so_in_the_report(world: World, plan: Plan, now: datetime) -> None:
    period, task = make_period(plan), make_task(plan, by=world.chi, lead=world.unit_a)
    duty = make_duty(period, world.unit_a)
    actions.send_nothing_new(duty=duty, by=world.binh, at=now)
    actions.accept_duty(duty=duty, by=world.chi, at=now)
    closed_at = now + timedelta(days=20)
    actions.close_period(period=period, by=world.chi, at=closed_at)
    before = printed(period)
    at = closed_at + timedelta(days=1)
    row = actions.reopen(duty=duty, task=None, until=at + timedelta(days=2), reason="Có việc", by=world.chi, at=at)
    duty.refresh_from_db()
    assert duty.status == "returned"
    actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.an, at=at)
    actions.send_duty(duty=duty, by=world.binh, at=at)
    actions.accept_duty(duty=Duty.objects.get(pk=duty.pk), by=world.chi, at=at)
    actions.end_reopening(reopening=row, by=world.chi, at=at)
    assert printed(period) == before


@pytest.mark.parametrize(
    "wrong",
    [
        lambda closed: {"reason": "  "},
        lambda closed: {"until": closed.after},
        lambda closed: {"task": closed.theirs},
        lambda closed: {"by": closed.world.binh},
        lambda closed: {"by": closed.world.administrator},
        lambda closed: {"by": closed.world.decision_maker},
    ],
    ids=["no reason", "in the past", "another's task", "a head", "the administrator", "the decision-maker"],
)
def test_what_is_refused_leaves_nothing(closed: Closed, wrong: Callable[[Closed], dict[str, object]]) -> None:
    before = Event.objects.count()
    with pytest.raises((IllegalMove, PermissionDenied)):
        closed.reopen(**({"task": closed.one} | wrong(closed)))  # type: ignore[arg-type]
    assert not Reopening.objects.exists()
    assert Event.objects.count() == before
    assert closed.entry(closed.one).status == "accepted"


def test_only_a_closed_period_is_reopened_and_nothing_twice(closed: Closed, plan: Plan) -> None:
    open_duty = make_duty(make_period(plan), closed.world.unit_a)
    with pytest.raises(IllegalMove):
        closed.reopen(None, duty=open_duty)
    closed.reopen(closed.one)
    with pytest.raises(IllegalMove):
        closed.reopen(closed.one)
    closed.reopen(None)
    with pytest.raises(IllegalMove):
        closed.reopen(closed.two)


def test_the_report_says_and_counts_the_same_whatever_happened_afterwards(closed: Closed) -> None:
    world, at = closed.world, closed.after
    before = printed(closed.period)
    issued = actions.issue_report(period=closed.period, by=world.chi, at=closed.after)
    closed.reopen(closed.one)
    closed.correct(closed.one)
    _move_on(closed, at + timedelta(days=1))
    assert printed(closed.period) == before
    again = actions.issue_report(period=closed.period, by=world.chi, at=closed.after + timedelta(days=30))
    assert again.figures == issued.figures


def test_a_closed_report_is_the_same_paper_whatever_the_plan_and_the_units_become(closed: Closed) -> None:
    """After an extension, a new lead, an amended title, product and group, a renamed and a merged unit, a task added,
    urgings and a correction: the same facts, the same bytes of DOCX, the same words of PDF."""
    before, docx, pdf = (facts_of(_again(closed)), *_files(closed))
    closed.reopen(closed.one)
    closed.correct(closed.one)
    at = closed.after + timedelta(days=1)
    _move_on(closed, at)
    _amend(closed, at)
    _become(closed, at)
    after = facts_of(_again(closed))
    assert after == before
    assert _files(closed) == (docx, pdf)
    changed = {task.code: _says_now(task) for task in closed.period.plan.tasks.select_related("group")}
    for line in before.lines:
        told = (line.title, line.product, line.group, line.lead)
        assert all(old != new for old, new in zip(told, changed[line.code], strict=True))  # it did change in the plan


def test_a_closed_report_keeps_its_charts_when_values_and_targets_move(closed: Closed) -> None:
    """The period of the sample is closed again with an indicator in it; then the figure and the target change."""
    world, plan = closed.world, closed.period.plan
    covered = make_indicator("5G", by=world.chi, plan=plan, frequency="year", name="Phủ sóng 5G")
    end = make_target(covered, 99, by=world.chi)
    make_figure(covered, world.province, "40.5", target=end, status="estimate")
    period = make_period(plan)
    actions.close_period(period=period, by=world.chi, at=closed.after)
    before = facts_of(Period.objects.select_related("plan__owner").get(pk=period.pk))
    Figure.objects.filter(indicator=covered).update(value=Decimal("35.1"), status="official", state="exceeded")
    TargetLine.objects.filter(pk=end.pk).update(value=Decimal(30))
    after = facts_of(Period.objects.select_related("plan__owner").get(pk=period.pk))
    assert after == before
    (series,) = after.charts
    assert [(point.value, point.mark) for point in series.observed] == [(Decimal("40.5"), "estimate")]
    assert series.final is not None
    assert (series.final.value, series.state) == (99, "chưa đạt")


def test_what_was_corrected_since_is_told_in_the_words_of_the_closing(closed: Closed) -> None:
    closed.reopen(closed.one)
    row = closed.correct(closed.one)
    _amend(closed, closed.after)
    kept, corrected = facts_of(_again(closed)), facts_of(_again(closed), corrected=True)
    assert [line.title for line in corrected.lines] == [line.title for line in kept.lines]
    moved = [new for old, new in zip(kept.lines, corrected.lines, strict=True) if old != new]
    assert [(line.code, line.percent) for line in moved] == [(closed.one.code, Decimal(60))]
    assert moved[0].record is not None
    assert moved[0].record.submission == row.pk
    assert corrected.duties == kept.duties


def test_a_period_closed_before_anything_was_kept_is_read_as_the_rows_stood(closed: Closed) -> None:
    before = facts_of(_again(closed))
    FrozenReport.objects.all().delete()
    closed.reopen(closed.one)
    closed.correct(closed.one)
    _move_on(closed, closed.after + timedelta(days=1))
    assert facts_of(_again(closed)) == before


def _again(closed: Closed) -> Period:
    return Period.objects.select_related("plan__owner").get(pk=closed.period.pk)


def _files(closed: Closed) -> tuple[bytes, str]:
    """The report made again at one moment: its DOCX, and the words of its PDF."""
    head = Letterhead("UBND tỉnh", "Sở KH&CN", "BC-SKHCN", "Lai Châu", "UBND tỉnh", "Giám đốc", "Trần A")
    period, at = _again(closed), closed.after
    facts = facts_of(period)
    template = text_of(period, facts).as_template
    paper = report_paper(facts, head, Mark(7, "ab" * 32), at=at, illustrative=False, template=template)
    pages = PdfReader(BytesIO(render_pdf(paper, made_at=at))).pages
    return render_docx(paper, made_at=at), "\n".join(page.extract_text() for page in pages)


def _amend(closed: Closed, at: datetime) -> None:
    """A later decision changes the words of every task, its product and group, and adds one."""
    group = make_group(closed.period.plan, "IX", "Nhóm đặt sau")
    document = make_document(number="9/QĐ")
    for number, task in enumerate((closed.one, closed.two, closed.theirs)):
        new = NewTask("IX.1", f"Tên sau khi sửa {number}", "Nội dung mới", product="Sản phẩm khác", group=group.code)
        amend_task(
            task=task, new=new, fields=["title", "product", "group"], document=document, by=closed.world.chi, at=at
        )
    make_task(closed.period.plan, by=closed.world.chi, lead=closed.world.unit_a, title="Việc giao thêm")


def _says_now(task: Task) -> tuple[str, str | None, str, str]:
    """What the plan says of the task today, in the order of the words compared."""
    lead = Assignment.objects.in_force().get(task=task, role=Assignment.Role.LEAD)
    holder = Unit.objects.get(pk=holding(on=date.max).of_part(task.pk, lead.unit_id or 0))
    return task.title, task.product, task.group.short_title if task.group else "", holder.name


def _become(closed: Closed, at: datetime) -> None:
    """One unit is merged into another, the other is given a new name."""
    on = closed.period.data_to - timedelta(days=1)
    merged = {"kind": "merge", "effective_on": on, "decision": "NQ 1", "by": "quantri", "at": at}
    succeed_unit(predecessor=closed.world.unit_b, successor=closed.world.finance_unit, **merged)  # type: ignore[arg-type]
    Unit.objects.filter(pk=closed.world.unit_a.pk).update(name="Sở mang tên mới", sort_key="zz")


def _move_on(closed: Closed, at: datetime) -> None:
    """Deadlines, leads and reports go on after the closing."""
    chi, order = closed.world.chi, {"source": "QĐ 1", "by": closed.world.chi, "at": at}
    due = Due(kind="moment", on=date(2027, 6, 30))
    set_deadline(task=closed.two, due=due, reason="Gia hạn", **order)  # type: ignore[arg-type]
    assign_unit(task=closed.two, unit=closed.world.unit_b, role=Assignment.Role.LEAD, **order)  # type: ignore[arg-type]
    actions.urge_duties(duties=[closed.duty], message="Gửi thêm", by=chi, at=at)
