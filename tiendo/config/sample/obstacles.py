"""A few illustrative difficulties: one whose authority is late, one decided and being carried out, two told alike."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from django.utils.timezone import localdate

from tiendo.config.sample.world import Act, Agenda, World
from tiendo.oversight.actions.difficulties import Words, register_difficulty, send_difficulty
from tiendo.oversight.actions.difficulties_answering import Asked, decide_difficulty, forward_difficulty
from tiendo.oversight.actions.difficulties_clock import escalate_replies, resume_reply_clock, stop_reply_clock
from tiendo.oversight.models import Difficulty
from tiendo.plans.models import Assignment, Plan, Task

LATE = Words(
    kind="rules",
    cause_kind="objective",
    title="Chưa có định mức chi cho thuê dịch vụ nền tảng số dùng chung (minh họa)",
    cause="Trung ương chưa hướng dẫn, tỉnh chưa ban hành định mức riêng",
    measure="Đề nghị UBND tỉnh ban hành định mức tạm thời để các đơn vị lập dự toán",
)
DECIDED = Words(
    kind="coordination",
    cause_kind="objective",
    title="Chưa kết nối được dữ liệu đăng ký doanh nghiệp với kho dữ liệu dùng chung (minh họa)",
    cause="Hai hệ thống chưa thống nhất quy chế chia sẻ",
    measure="Đề nghị thống nhất quy chế và cử đầu mối kỹ thuật của mỗi bên",
)
ALIKE = (
    Words(
        kind="money",
        cause_kind="objective",
        title="Thiếu kinh phí số hóa hồ sơ, tài liệu lưu trữ của sở và các đơn vị trực thuộc (minh họa)",
        measure="Đề nghị bổ sung dự toán năm để số hóa dứt điểm",
    ),
    Words(
        kind="money",
        cause_kind="objective",
        title="Chưa có kinh phí số hóa hồ sơ, tài liệu lưu trữ của các đơn vị trực thuộc sở (minh họa)",
        measure="Đề nghị cân đối nguồn sự nghiệp khoa học và công nghệ",
    ),
)


Then = Callable[[World, Agenda, Difficulty, datetime, datetime], None]


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """Told five, four and two weeks ago; what follows falls on its own days."""
    told = [("so-dt-tg", LATE, 36, _late), ("so-cong-thuong", DECIDED, 29, _decided)]
    told += [("so-y-te", ALIKE[0], 15, _nothing), ("so-gd-dt", ALIKE[1], 14, _nothing)]
    for unit, words, days, then in told:
        agenda.add(now - timedelta(days=days), partial(_tell, world, agenda, plan, unit, words, then, now))
    agenda.add(now - timedelta(hours=2), _doing(escalate_replies, by=None))


def _tell(
    world: World, agenda: Agenda, plan: Plan, unit: str, words: Words, then: Then, now: datetime, at: datetime
) -> None:
    """The officer writes it down, linked to a task the unit leads; the head sends it an hour later."""
    raised = register_difficulty(
        plan=plan, unit=world.units[unit], words=words, tasks=_task(plan, unit), by=world.officer(unit), at=at
    )
    sent = at + timedelta(hours=1)
    agenda.add(sent, _doing(send_difficulty, difficulty=raised, by=world.head(unit)))
    then(world, agenda, raised, sent, now)


def _late(world: World, agenda: Agenda, raised: Difficulty, at: datetime, now: datetime) -> None:
    """Forwarded, to be answered by a day that is past; the clock stood still for three days in between."""
    given = {"difficulty": raised, "by": world.coordinator}
    agenda.add(at + timedelta(days=2), _forwarding(world, raised, localdate(now) - timedelta(days=13)))
    why = "Chờ Bộ trả lời văn bản xin ý kiến (minh họa)"
    agenda.add(at + timedelta(days=9), _doing(stop_reply_clock, reason=why, **given))
    agenda.add(at + timedelta(days=12), _doing(resume_reply_clock, **given))


def _decided(world: World, agenda: Agenda, raised: Difficulty, at: datetime, now: datetime) -> None:
    """Forwarded the next day, decided ten days later, with one thing to be done within the month."""
    agenda.add(at + timedelta(days=1), _forwarding(world, raised, localdate(at) + timedelta(days=21)))
    due_on = localdate(now) + timedelta(days=20)
    asked = Asked(world.units["so-tai-chinh"], "Ký quy chế chia sẻ dữ liệu và cử đầu mối kỹ thuật (minh họa)", due_on)
    decision = _doing(
        decide_difficulty,
        difficulty=raised,
        decision="Thống nhất mở kết nối; hai sở ký quy chế chia sẻ dữ liệu (minh họa).",
        number="1234/UBND-TH (minh họa)",
        follow_ups=[asked],
        by=world.leader,
    )
    agenda.add(at + timedelta(days=11), decision)


def _nothing(world: World, agenda: Agenda, raised: Difficulty, at: datetime, now: datetime) -> None:
    """It waits at the coordinator."""


def _forwarding(world: World, raised: Difficulty, reply_due_on: date) -> Act:
    return _doing(
        forward_difficulty,
        difficulty=raised,
        authority=world.units["ubnd-tinh"],
        reply_due_on=reply_due_on,
        note="Vượt thẩm quyền của cơ quan đầu mối (minh họa).",
        by=world.coordinator,
    )


def _doing(act: Callable[..., object], **given: object) -> Act:
    """The act as the agenda runs it."""

    def done(at: datetime) -> None:
        act(at=at, **given)

    return done


def _task(plan: Plan, unit: str) -> list[Task]:
    """The first unfinished task the unit leads, if it leads any."""
    leads = Assignment.objects.in_force().filter(task__plan=plan, unit__code=unit, role=Assignment.Role.LEAD)
    lead = leads.filter(task__in=Task.objects.unfinished()).select_related("task").order_by("task__position").first()
    return [lead.task] if lead else []
