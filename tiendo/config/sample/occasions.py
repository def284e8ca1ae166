"""What happens around the sample's reports, each once: schedule, programme, extensions, absence, approval, remark."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from tiendo.accounts.actions import record_absence
from tiendo.config.sample.world import Agenda, World
from tiendo.plans.actions import add_milestone, finish_milestone, set_start
from tiendo.plans.models import Milestone, Plan
from tiendo.reporting import actions
from tiendo.reporting.models import Entry
from tiendo.reporting.period_templates import PLAN

# Whose plan of work is written out: (task, start), then (task, step, day).
PLANNER = "so-noi-vu"
STARTS = (("27", date(2025, 9, 15)), ("29", date(2025, 10, 1)))
STEPS = (
    ("29", "Xong dự thảo nghị quyết, gửi lấy ý kiến các sở", date(2026, 3, 31)),
    ("29", "Thẩm định xong, trình UBND tỉnh", date(2026, 9, 30)),
    ("28", "Khai giảng khóa 3", date(2027, 2, 15)),
)
EXTENDED, EXTENDER = "24", "bql-kkt"
ASKED, ASKER = "42", "cong-an-tinh"
INVITED = ("so-nn-mt", "so-cong-thuong")
APPROVING, APPROVER = "so-tai-chinh", "tai-chinh"
AWAY, SUBSTITUTE = "thanh-tra-tinh", "thanh-tra"
TALKING = "so-gd-dt"


def plan_work(world: World, plan: Plan, *, at: datetime) -> None:
    """One unit says when it starts its tasks and by which steps it goes."""
    officer = world.officer(PLANNER)
    for number, starts_on in STARTS:
        set_start(task=plan.tasks.get(number=number), starts_on=starts_on, by=officer, at=at)
    for number, title, due_on in STEPS:
        add_milestone(task=plan.tasks.get(number=number), title=title, due_on=due_on, by=officer, at=at)


def extend(world: World, plan: Plan, *, at: datetime) -> None:
    """One deadline is put off, once: asked by the head, advised by the coordinator, granted by the leader."""
    request = actions.ask_extension(
        task=plan.tasks.get(number=EXTENDED),
        due_on=date(localdate(at).year, 12, 31),
        reason="Thiết bị đọc biển số phải kiểm định lại theo quy chuẩn mới; gia hạn một lần.",
        by=world.head(EXTENDER),
        at=at - timedelta(minutes=40),
    )
    opinion = "Lý do xác đáng, không ảnh hưởng nhiệm vụ khác."
    actions.advise_extension(request=request, opinion=opinion, by=world.coordinator, at=at - timedelta(minutes=20))
    decision = "Thông báo số 214/TB-VPUBND (minh họa)"
    actions.grant_extension(request=request, decision=decision, by=world.leader, at=at)


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """What goes on around the open period, in the days before `now`."""
    agenda.add(now - timedelta(days=5, hours=2), lambda at: _follow_the_plan(world, plan, at))
    agenda.add(now - timedelta(days=5), lambda at: _finish_first_step(world, at))
    agenda.add(now - timedelta(days=2, hours=1), lambda at: _ask_for_programme(world, plan, at))
    agenda.add(now - timedelta(hours=14), lambda at: _add_step(world, at))
    agenda.add(now - timedelta(hours=13), lambda at: _ask_later_day(world, plan, at))
    agenda.add(now - timedelta(hours=12), lambda at: _talk(world, at))
    agenda.add(now - timedelta(hours=11), lambda at: _go_away(world, at))


def _follow_the_plan(world: World, plan: Plan, at: datetime) -> None:
    """From here on the clock makes the periods; one open already is taken into the schedule."""
    actions.start_schedule(plan=plan, template=PLAN, started_on=localdate(at), by=world.coordinator, at=at)


def _finish_first_step(world: World, at: datetime) -> None:
    step = Milestone.objects.filter(task__number=STEPS[0][0], due_on__lte=localdate(at)).order_by("due_on").first()
    if step is not None:
        finish_milestone(milestone=step, done_on=step.due_on, by=world.officer(PLANNER), at=at)


def _ask_for_programme(world: World, plan: Plan, at: datetime) -> None:
    actions.add_programme_entry(
        plan=plan,
        title="Thường trực Tỉnh ủy nghe tình hình truy xuất nguồn gốc và chợ nông sản số",
        held_on=localdate(at) + timedelta(days=26),
        report_due_on=localdate(at) + timedelta(days=19),
        units=[world.units[code] for code in INVITED],
        document="Chương trình làm việc quý của Tỉnh ủy (minh họa)",
        by=world.coordinator,
        at=at,
    )


def _add_step(world: World, at: datetime) -> None:
    actions.add_approval_step(
        unit=world.units[APPROVING],
        approver=world.users[APPROVER],
        title="Thẩm tra số liệu kinh phí",
        by=world.head(APPROVING),
        at=at,
    )


def _ask_later_day(world: World, plan: Plan, at: datetime) -> None:
    task = plan.tasks.get(number=ASKED)
    actions.ask_extension(
        task=task,
        due_on=max(task.due_on or localdate(at), localdate(at)) + timedelta(days=60),
        reason="Bảy xã còn lại phải chờ bản đồ địa chính đo mới mới đối khớp được.",
        by=world.head(ASKER),
        at=at,
    )


def _talk(world: World, at: datetime) -> None:
    """The coordinator asks about something that waits to be accepted."""
    waiting = Entry.objects.filter(duty__unit__code=TALKING, duty__period__closed_at=None, status="submitted")
    entry = waiting.order_by("task__position")[0]
    text = "Số này gồm cả các điểm trường lẻ hay chỉ điểm trường chính? Đề nghị ghi rõ thêm."
    actions.add_remark(entry=entry, text=text, by=world.coordinator, at=at)


def _go_away(world: World, at: datetime) -> None:
    record_absence(
        user=world.head(AWAY),
        first_day=localdate(at),
        last_day=localdate(at) + timedelta(days=9),
        reason="Đi học bồi dưỡng",
        substitute=world.users[SUBSTITUTE],
        by=world.head(AWAY),
        at=at,
    )
