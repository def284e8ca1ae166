"""The acts of the year, each through the actions of its room, at its moment."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from tiendo.config.story_2025 import script
from tiendo.config.story_2025.province import Cast, moment, settle, staff
from tiendo.orgs.actions import reorganise
from tiendo.orgs.models import Unit, UnitChange
from tiendo.orgs.presets import presets
from tiendo.oversight.actions.amending import bring_into_force, decide_amendment
from tiendo.oversight.actions.amending_drafts import start_amendment, submit_amendment, write_line
from tiendo.oversight.amendment_wants import Change
from tiendo.papers.fonts import MissingFont
from tiendo.plans.actions import create_document, create_plan, create_version
from tiendo.plans.actions.handing import hand_over
from tiendo.plans.models import ItemKind, Plan, Task
from tiendo.plans.states import WorkState
from tiendo.plans.storage import store_file
from tiendo.plans.structure import Charged, Due, NewItem, NewTask, VersionContent
from tiendo.reporting import actions as reports
from tiendo.reporting.models import Duty, Entry, Period
from tiendo.reporting.queries import tasks_of
from tiendo.reporting.rules import Values


@transaction.atomic
def play() -> Plan:
    """The whole year, or nothing."""
    cast = settle()
    plan = sign_plan(cast)
    change_units(cast, "so-nganh-2025", on=script.MERGERS_RECORDED)
    round_of_reports(cast, plan, script.JUNE, script.JUNE_DUE, script.JUNE_ISSUED, "6 tháng đầu năm 2025")
    changes = change_units(cast, "cap-huyen-2025", on=script.DISTRICTS_RECORDED)
    hand_tasks(cast, plan, changes)
    amend(cast, plan)
    round_of_reports(cast, plan, script.NOVEMBER, script.NOVEMBER_DUE, script.NOVEMBER_ISSUED, "11 tháng năm 2025")
    return plan


def sign_plan(cast: Cast) -> Plan:
    """The plan as it was signed in February, its tasks charged to the units of that day."""
    at = moment(script.SIGNED, 9)
    owner = Unit.objects.get(code="ubnd-tinh")
    words = [f"{work.number}. {work.title}" for work in script.TASKS]
    file = store_file("\n".join(words).encode(), extension="txt", media_type="text/plain", at=at)
    facts = {
        "kind": "Kế hoạch",
        "symbol": "KH-UBND",
        "number": "512",
        "issuer": "UBND tỉnh",
        "issued_on": script.SIGNED,
        "title": script.PLAN_TITLE,
    }
    by = cast.coordinator
    document = create_document(file=file, file_name="ke-hoach.txt", facts=facts, lines=words, by=by, at=at)
    plan = create_plan(code=script.PLAN_CODE, title=script.PLAN_TITLE, owner=owner, by=by, at=at)
    content = VersionContent(
        items=tuple(_item(work, line) for line, work in enumerate(script.TASKS, 1)),
        tasks=tuple(_task(work) for work in script.TASKS),
    )
    create_version(plan=plan, document=document, content=content, in_force_from=script.SIGNED, by=by, at=at)
    return plan


def _item(work: script.Work, line: int) -> NewItem:
    where = {"lines": [line, line]}
    return NewItem(f"I#{work.number}", ItemKind.TASK_ROW, work.title, where, number=str(work.number))


def _task(work: script.Work) -> NewTask:
    return NewTask(
        item=f"I#{work.number}",
        title=work.title,
        description=work.title,
        number=str(work.number),
        product="Báo cáo kết quả",
        authority="UBND tỉnh",
        due=Due(raw=f"{work.due_on:%d/%m/%Y}", kind="moment", on=work.due_on),
        charged=(Charged("lead", work.lead, None),),
        quotes={"title": work.title},
    )


def change_units(cast: Cast, preset: str, *, on: date) -> list[UnitChange]:
    """Record every change of a preset, some days before it takes effect."""
    (chosen,) = [each for each in presets() if each.code == preset]
    changes = [
        reorganise(change=each, by=cast.administrator.username, at=moment(on, 9, minute))
        for minute, each in enumerate(chosen.changes)
    ]
    staff(cast, script.REPORTING, at=moment(on, 15))
    return changes


def hand_tasks(cast: Cast, plan: Plan, changes: list[UnitChange]) -> None:
    """Tasks that go to another successor than the default one."""
    for number, (before, after) in script.HANDED.items():
        (change,) = [each for each in changes if each.successions.filter(predecessor__code=before).exists()]
        task = Task.objects.get(plan=plan, code=script.code_of(number))
        units = dict(Unit.objects.filter(code__in=(before, after)).values_list("code", "pk"))
        at = moment(script.DISTRICTS_RECORDED, 10)
        choices = {(task.pk, units[before]): units[after]}
        hand_over(change=change, choices=choices, source=script.HANDED_BY, by=cast.coordinator, at=at)


def amend(cast: Cast, plan: Plan) -> None:
    """Drafted, submitted and decided; in force a week later, by the clock."""
    by, at = cast.coordinator, moment(script.AMENDED, 8)
    draft = start_amendment(plan=plan, title=script.AMENDMENT_TITLE, by=by, at=at)
    to = script.EXTENDED_TO
    due = {"raw": f"{to:%d/%m/%Y}", "kind": "moment", "on": to.isoformat()}
    added = script.ADDED
    new_due = {"raw": f"{added.due_on:%d/%m/%Y}", "kind": "moment", "on": added.due_on.isoformat()}
    new = {"title": added.title, "description": added.title, "product": "Danh mục văn bản", "due": new_due}
    led = [{"unit": script.TRANSFERRED_TO, "printed": None}]
    for kind, number, wanted, reason in (
        (Change.EXTEND, script.EXTENDED, {"due": due}, "Chờ bàn giao hồ sơ sau hợp nhất."),
        (Change.TRANSFER, script.TRANSFERRED, {"lead": led}, "Gom đầu mối nền tảng số."),
        (Change.DROP, script.DROPPED, {}, "Đã chuyển về hệ thống của Bộ."),
        (Change.ADD, None, {**new, "lead": [{"unit": added.lead, "printed": None}]}, "Theo chỉ đạo mới."),
    ):
        task = Task.objects.get(plan=plan, code=script.code_of(number)) if number else None
        write_line(amendment=draft, kind=kind, task=task, wanted=wanted, reason=reason, by=by, at=at)
    draft = submit_amendment(amendment=draft, by=by, at=at + timedelta(hours=2))
    decide_amendment(
        amendment=draft,
        number=script.AMENDMENT_NUMBER,
        issued_on=script.AMENDED,
        in_force_from=script.AMENDMENT_IN_FORCE,
        by=cast.leader,
        at=at + timedelta(hours=6),
    )
    bring_into_force(at=moment(script.AMENDMENT_IN_FORCE, 0, 5))


def round_of_reports(cast: Cast, plan: Plan, opens: date, due: date, issued: date, name: str) -> None:
    """Asked, written, sent, accepted, closed, and issued as one report."""
    by = cast.coordinator
    period = reports.create_period(
        plan=plan,
        name=name,
        data_from=date(2025, 1, 1),
        data_to=due + timedelta(days=1),
        opens_at=moment(opens, 7),
        due_at=moment(due + timedelta(days=1), 0),
        due_text=f"trước ngày {due + timedelta(days=1):%d/%m/%Y}",
        by=by,
        at=moment(opens - timedelta(days=3), 8),
    )
    period = reports.open_period(period=period, by=None, at=moment(opens, 7))
    for minute, duty in enumerate(_asked(period, opens)):
        _report(cast, duty, opens, at=moment(due - timedelta(days=3), 8, minute))
    period = reports.close_period(period=period, by=by, at=moment(issued, 8))
    try:
        reports.issue_report(period=period, by=by, at=moment(issued, 9), confirmed=True)
    except MissingFont:
        return  # a machine without the font of official papers goes without the paper


def _asked(period: Period, opens: date) -> list[Duty]:
    """Duties of the units that have people and tasks, but for those that stay silent this time."""
    codes = set(script.REPORTING) - script.SILENT[opens]
    rows = period.duties.filter(unit__code__in=codes).select_related("unit", "period").order_by("unit__code")
    return [duty for duty in rows if tasks_of(duty)]


def _report(cast: Cast, duty: Duty, opens: date, *, at: datetime) -> None:
    """The officer writes a line for each task, the head sends, the coordinator accepts two days later."""
    officer, head = cast.officer(duty.unit.code), cast.head(duty.unit.code)
    for task in tasks_of(duty):
        done = script.DONE[opens].get(int(task.number or 0))
        known = Entry.objects.filter(duty=duty, task=task).first()
        revision = known.revision if known else 0
        reports.save_draft(duty=duty, task=task, values=_values(done, opens), revision=revision, by=officer, at=at)
        if done:
            number = f"{task.number}/BC"
            reports.add_document_evidence(duty=duty, task=task, number=number, dated=done, by=officer, at=at)
    reports.send_duty(duty=duty, by=head, at=at + timedelta(hours=5))
    reports.accept_duty(duty=duty, by=cast.coordinator, at=at + timedelta(days=2))


def _values(done: date | None, opens: date) -> Values:
    if done:
        return Values(WorkState.COMPLETED, Decimal(100), done, "Đã hoàn thành, có văn bản kèm theo.")
    return Values(WorkState.IN_PROGRESS, Decimal(script.PERCENT[opens]), None, "Đang triển khai theo tiến độ.")
