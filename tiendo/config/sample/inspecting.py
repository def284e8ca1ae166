"""Illustrative inspections: one concluded with something still to be done, one in the field, one to come."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from django.utils.timezone import localdate

from tiendo.config.sample.world import Agenda, World
from tiendo.oversight.actions import finding as writing
from tiendo.oversight.actions import inspecting
from tiendo.oversight.checklists import checklists
from tiendo.oversight.models import Inspection, InspectionProgramme
from tiendo.plans.models import Plan
from tiendo.plans.queries import led_by
from tiendo.reporting.models import Submission

INSPECTOR, MEMBER = "thanh-tra", "so-tu-phap"
ENDED, RUNNING, COMING = "so-xay-dung", "so-vhttdl", "so-y-te"
KEYS = UUID("6f1c2f4e-3d0a-4a57-9e0e-8a5f6f0b7c11")
SEEN = "Đã xem hồ sơ tại đơn vị: mới hoàn thành phần khảo sát, chưa có biên bản nghiệm thu (minh họa)."
GOOD = "Hồ sơ lưu đầy đủ, dễ tra cứu; nên nhân rộng cách làm (minh họa)."


def schedule(world: World, agenda: Agenda, plan: Plan, *, now: datetime) -> None:
    """The programme stood two months ago; the first inspection ended last week, the second goes on today."""
    agenda.add(now - timedelta(days=58), partial(_programme, world, agenda, plan, now=now))


def _programme(world: World, agenda: Agenda, plan: Plan, at: datetime, *, now: datetime) -> None:
    by = world.users[INSPECTOR]
    programme = inspecting.record_programme(
        plan=plan,
        year=localdate(now).year,
        title="Chương trình kiểm tra việc thực hiện Kế hoạch",
        decision="Quyết định số 21/QĐ-TTr (minh họa)",
        by=by,
        at=at,
    )
    ended, running, _coming = (
        _line(world, programme, unit, at, first=now + timedelta(days=days))
        for unit, days in ((ENDED, -14), (RUNNING, -1), (COMING, 20))
    )
    agenda.add(now - timedelta(days=21), partial(_announce, world, ended))
    agenda.add(now - timedelta(days=14), partial(_look, world, agenda, ended))
    agenda.add(now - timedelta(days=8), partial(_announce, world, running))
    agenda.add(now - timedelta(days=1), partial(_begin, world, running))


def _line(world: World, programme: InspectionProgramme, unit: str, at: datetime, *, first: datetime) -> Inspection:
    """Of the unit's first three tasks."""
    where = world.units[unit]
    return inspecting.plan_inspection(
        plan=programme.plan,
        programme=programme,
        unit=where,
        title=f"Kiểm tra việc thực hiện Kế hoạch tại {where.short_name} (minh họa)",
        scope="Kết quả đã báo cáo, minh chứng và sản phẩm của các nhiệm vụ chủ trì",
        starts_on=localdate(first),
        ends_on=localdate(first + timedelta(days=4)),
        tasks=led_by(programme.plan.tasks.all(), where, on=localdate(at)).order_by("position")[:3],
        by=world.users[INSPECTOR],
        at=at,
    )


def _announce(world: World, inspection: Inspection, at: datetime) -> None:
    by = world.users[INSPECTOR]
    inspecting.name_team(inspection=inspection, user=by, is_leader=True, by=by, at=at)
    inspecting.name_team(inspection=inspection, user=world.officer(MEMBER), is_leader=False, by=by, at=at)
    writing.write_checklist(inspection=inspection, lines=list(checklists()[0].lines), by=by, at=at)
    number = f"Quyết định số {30 + inspection.pk}/QĐ-TTr (minh họa)"
    inspecting.announce_inspection(inspection=inspection, decision=number, by=by, at=at)


def _begin(world: World, inspection: Inspection, at: datetime) -> None:
    inspecting.begin_inspection(inspection=inspection, by=world.users[INSPECTOR], at=at)


def _look(world: World, agenda: Agenda, inspection: Inspection, at: datetime) -> None:
    """Two findings, one beside what was reported; concluded five days later."""
    _begin(world, inspection, at)
    task = inspection.tasks.order_by("position").first()
    reports = Submission.objects.filter(entry__task=task, verdict=Submission.Verdict.ACCEPTED).order_by("-decided_at")
    told = {"submission": reports.first(), "contradicts": True} if reports.exists() else {}
    at += timedelta(hours=2)
    seen = (
        writing.Seen(weight="shortcoming", text=SEEN, seen_at=at, task=task, **told),  # type: ignore[arg-type]
        writing.Seen(weight="good", text=GOOD, seen_at=at),
    )
    for number, each in enumerate(seen):
        key = uuid5(KEYS, f"{inspection.pk}-{number}")
        agenda.add(at + timedelta(minutes=number), partial(_find, world, inspection, key, each))
    agenda.add(at + timedelta(days=5), partial(_conclude, world, inspection))


def _find(world: World, inspection: Inspection, key: UUID, seen: writing.Seen, at: datetime) -> None:
    writing.record_finding(inspection=inspection, draft_key=key, seen=seen, by=world.officer(MEMBER), at=at)


def _conclude(world: World, inspection: Inspection, at: datetime) -> None:
    by = world.users[INSPECTOR]
    answers = {point.pk: ("good", "") for point in inspection.checkpoints.all()}
    answers[min(answers)] = ("bad", "Chưa phân công bằng văn bản")
    writing.answer_checklist(inspection=inspection, answers=answers, by=by, at=at)
    inspecting.conclude_inspection(
        inspection=inspection,
        conclusion="Đơn vị đã tổ chức thực hiện; một nhiệm vụ báo cáo cao hơn thực tế, cần báo cáo lại (minh họa).",
        number="Kết luận số 9/KL-TTr (minh họa)",
        by=by,
        at=at,
    )
    inspecting.recommend(
        inspection=inspection,
        text="Báo cáo lại tỷ lệ hoàn thành theo thực tế và bổ sung biên bản nghiệm thu (minh họa).",
        unit=inspection.unit,
        due_on=localdate(at + timedelta(days=30)),
        finding=inspection.findings.filter(weight="shortcoming").first(),
        by=by,
        at=at,
    )
