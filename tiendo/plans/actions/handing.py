"""A change of units passes tasks on: by the default successor, or one by one where the decision says so (R024)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import can_reorganise, no, require
from tiendo.audit.record import Fact, record_all
from tiendo.orgs.actions import undo_change
from tiendo.orgs.models import Succession, Unit, UnitChange
from tiendo.plans.holding import holding
from tiendo.plans.models import Assignment, Handover, Task

Part = tuple[int, int]  # task id, id of the unit that hands it on


@transaction.atomic
def hand_over(
    *, change: UnitChange, choices: Mapping[Part, int], source: str, by: User, at: datetime
) -> list[Handover]:
    """By this change each part named goes to the unit chosen: {(task id, predecessor id): successor id}.

    A choice that is the default successor needs no row, and takes back one made before. Nothing is re-pointed: the
    assignments keep the unit the decision named. Returns the new rows; refuses as a whole when one cannot be.
    """
    change = UnitChange.objects.select_for_update(of=("self",), no_key=True).get(pk=change.pk)
    require(can_reorganise(by))
    if not source.strip():
        require(no(_("Hãy ghi căn cứ: số văn bản hoặc ý kiến chỉ đạo.")))
    if change.undone_at is not None:
        require(no(_("Việc sắp xếp này đã bị hủy; không chuyển nhiệm vụ theo nó được.")))
    _require_possible(change, choices)
    former = _former(change, choices)
    kept = {part for part, row in former.items() if row.successor_id == choices[part]}
    Handover.objects.filter(pk__in=[row.pk for part, row in former.items() if part not in kept]).update(undone_at=at)
    defaults = _defaults(change)
    rows = [
        Handover(
            task_id=task, predecessor_id=unit, successor_id=to, change=change,
            source=source.strip(), recorded_by=by, recorded_at=at,
        )
        for (task, unit), to in choices.items()
        if (task, unit) not in kept and defaults.get(unit, unit) != to
    ]  # fmt: skip
    new = Handover.objects.bulk_create(rows, batch_size=200)
    _record(change, {part: to for part, to in choices.items() if part not in kept}, source, by, at)
    return new


@transaction.atomic
def undo_reorganisation(*, change: UnitChange, reason: str, by: User, at: datetime) -> UnitChange:
    """The change and the handovers by it count no more; units, tasks and reports are again as if it had not been.

    Raises orgs.actions.CannotUndo, with a sentence, where something later rests on it; nothing is written then.
    """
    require(can_reorganise(by))
    take_back(change=change, by=by, at=at)
    return undo_change(change=change, reason=reason, by=by.username, at=at)


def take_back(*, change: UnitChange, by: User, at: datetime) -> int:
    """Every task handed over by the change follows the default again; called inside the undo of the change."""
    rows = Handover.objects.filter(change=change, undone_at=None)
    gone = list(rows.select_for_update(of=("self",)).select_related("task", "predecessor"))
    rows.update(undone_at=at)
    facts = [
        Fact("plans.task.take_back", f"plans.task:{row.task.code}", {"unit": row.predecessor.code, "change": change.pk})
        for row in gone
    ]
    record_all(facts, actor=by.username, at=at)
    return len(gone)


def _require_possible(change: UnitChange, choices: Mapping[Part, int]) -> None:
    """Each part is held by the unit that hands it on until the change, and each taker is in force that day."""
    units = Unit.objects.in_bulk({unit for _task, unit in choices} | set(choices.values()))
    giving = set(_defaults(change)) | set(change.successions.values_list("predecessor_id", flat=True))
    giving |= {pk for pk, unit in units.items() if unit.code in change.ended}
    taking = set(
        Unit.objects.in_force(change.effective_on).filter(pk__in=choices.values()).values_list("pk", flat=True)
    )
    held = _held_before(change, {task for task, _unit in choices})
    other = Handover.objects.standing().exclude(change=change).filter(task__in={task for task, _unit in choices})
    # One by an older change is past: the part is held again, or it would not be in `held`.
    elsewhere = set(
        other.filter(change__effective_on__gte=change.effective_on).values_list("task_id", "predecessor_id")
    )
    for (task, unit), to in choices.items():
        if unit not in giving:
            require(no(_("%(unit)s không nằm trong việc sắp xếp này.") % {"unit": units[unit]}))
        if (task, unit) not in held or (task, unit) in elsewhere:
            require(no(_("%(unit)s không giữ nhiệm vụ ấy trước ngày hiệu lực.") % {"unit": units[unit]}))
        if to not in taking:
            require(no(_("%(unit)s không hoạt động vào ngày hiệu lực.") % {"unit": units[to]}))


def _held_before(change: UnitChange, tasks: Iterable[int]) -> set[Part]:
    """The parts of these tasks by the unit that answers for them on the day before the change."""
    before = holding(on=change.effective_on - timedelta(days=1))
    rows = Assignment.objects.in_force().filter(task__in=tasks, unit__isnull=False)
    return {(task, before.of_part(task, unit)) for task, unit in rows.values_list("task_id", "unit_id") if unit}


def _defaults(change: UnitChange) -> dict[int, int]:
    rows = Succession.objects.standing().filter(change=change, is_default=True)
    return dict(rows.values_list("predecessor_id", "successor_id"))


def _former(change: UnitChange, choices: Mapping[Part, int]) -> dict[Part, Handover]:
    """What this change had said of the same parts before."""
    rows = Handover.objects.select_for_update(of=("self",)).filter(change=change, undone_at=None)
    found = {(row.task_id, row.predecessor_id): row for row in rows.filter(task__in={task for task, _unit in choices})}
    return {part: row for part, row in found.items() if part in choices}


def _record(change: UnitChange, choices: Mapping[Part, int], source: str, by: User, at: datetime) -> None:
    tasks = dict(Task.objects.filter(pk__in={task for task, _unit in choices}).values_list("pk", "code"))
    ids = {unit for _task, unit in choices} | set(choices.values())
    codes = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "code"))
    facts = [
        Fact(
            "plans.task.hand_over",
            f"plans.task:{tasks[task]}",
            {"unit": codes[unit], "successor": codes[to], "change": change.pk, "source": source.strip()},
        )
        for (task, unit), to in choices.items()
    ]
    record_all(facts, actor=by.username, at=at)
