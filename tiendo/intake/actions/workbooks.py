"""The workbook of a plan comes back: what it changes waits for a decision like any other document."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.intake.actions.keeping import add_proposals
from tiendo.intake.actions.receiving import start_import
from tiendo.intake.models import Import, Proposal
from tiendo.intake.permissions import can_import
from tiendo.intake.proposing import Proposed
from tiendo.intake.queries import find_import_of
from tiendo.intake.reading import Unreadable
from tiendo.intake.shaping import is_part
from tiendo.intake.workbook_changes import Changes
from tiendo.intake.workbooks import found_in, look_into_workbook, nothing_in, rows_of
from tiendo.plans.files import hash_of, inspect_file
from tiendo.plans.models import Plan, PlanVersion
from tiendo.plans.storage import read_file

WORKBOOKS = frozenset({"xlsx"})
COMPARED = (
    "printed", "edited", "current", "change", "current_ref", "where", "sure", "decision", "decided_by", "decided_at",
)  # fmt: skip
Key = tuple[str, str]
Value = dict[str, Any]


class NothingChanged(Exception):
    """The workbook proposes nothing; `notes` name the cells that could not be taken, if that is why."""

    def __init__(self, changes: Changes) -> None:
        super().__init__(nothing_in(changes))
        self.notes = tuple(changes.notes)


def receive_workbook(*, plan: Plan, data: bytes, name: str, by: User, at: datetime) -> tuple[Import, bool]:
    """Compare a filled workbook with the plan and propose the differences; (the import, whether it is new).

    Nothing of the plan changes before a person accepts. The same file again gives its first import back.
    Raises RefusedFile or Unreadable with a sentence for a file that is not a workbook of this plan, NothingChanged for
    one without a difference; nothing is kept then.
    """
    require(can_import(by))
    if known := find_import_of(hash_of(data)):
        return known, False
    inspect_file(data, name, allowed=WORKBOOKS)
    looked = look_into_workbook(data, plan.version)
    if looked is None:
        raise Unreadable(
            _("Tệp này không phải bảng tính tải xuống từ kế hoạch; hãy tải tệp Excel của kế hoạch, sửa rồi nộp lại.")
        )
    if not looked.changes.proposals:
        raise NothingChanged(looked.changes)
    return start_import(data=data, name=name, by=by, at=at, plan=plan)


def compare_workbook(source: Import, base: PlanVersion) -> None:
    """Ask again what the cells of a waiting workbook change, now in `base`; called by the act that compares.

    What a person made of a row stays while the plan has the thing; what was decided stays while nothing else would
    change than was decided. What the plan says by now, or has no longer, is not offered again.
    """
    data = read_file(source.file)
    looked = look_into_workbook(data, base)
    assert looked is not None, "kept as a workbook of the house"
    found = found_in(looked, data, source.file_name)
    rows = {(row.kind, row.key): row for row in source.proposals.all()}
    proposed = {(each.kind, each.key): each for each in found.proposals}
    kept = _laid_over(rows, proposed, base)
    source.proposals.filter(pk__in=[row.pk for key, row in rows.items() if key not in kept]).delete()
    Proposal.objects.bulk_update([rows[key] for key in kept], COMPARED, batch_size=200)
    last = source.proposals.aggregate(last=Max("position"))["last"] or 0
    add_proposals(source, [each for key, each in proposed.items() if key not in rows], after=last)
    source.reading = found.reading
    source.save(update_fields=["reading"])


def _laid_over(rows: Mapping[Key, Proposal], proposed: Mapping[Key, Proposed], base: PlanVersion) -> list[Key]:
    """Bring the rows to what the workbook changes now; the keys of those that still say something."""
    now = {key: each.value for key, each in rows_of(base).items()}
    kept = []
    for key, row in rows.items():
        each = proposed.get(key) or _edited_alone(row, now)
        if each and not is_part(row.key, row.made_from) and _lay_over(row, each):
            kept.append(key)
    parts = {key: row for key, row in rows.items() if is_part(row.key, row.made_from)}
    for key, row in parts.items():
        if (whole := (row.kind, row.made_from[0])) in kept:
            row.printed, row.where = rows[whole].printed, rows[whole].where
            row.current = rows[whole].current if row.current_ref else None
            kept.append(key)
    return kept


def _edited_alone(row: Proposal, now: Mapping[Key, Value]) -> Proposed | None:
    """The plan says what the cells say, and a person said something more: that is left of the row."""
    value = now.get((row.kind, row.current_ref))
    if row.edited is None or value is None or row.change != Proposal.Change.CHANGED:
        return None
    return Proposed(
        row.kind,
        row.key,
        value,
        row.where,
        sure=row.sure,
        change=row.change,
        current=value,
        current_ref=row.current_ref,
    )


def _lay_over(row: Proposal, each: Proposed) -> bool:
    """Put what is proposed now into the row, under what a person made of it; whether it still changes anything."""
    was, is_same = _changes_in(row), (row.printed, row.current) == (each.printed, each.current)
    by_hand = {name: said for name, said in (row.edited or {}).items() if said != row.printed.get(name)}
    row.printed, row.current, row.where, row.sure = each.printed, each.current, each.where, each.sure
    row.change, row.current_ref = each.change, each.current_ref
    row.edited = each.printed | by_hand if by_hand else None
    removed, changes = row.change == Proposal.Change.REMOVED, _changes_in(row)
    is_decided = is_same or (not removed and changes.items() <= was.items())
    if not is_decided and not (row.made_from or row.decision == Proposal.Decision.REJECTED):
        row.decision, row.decided_by, row.decided_at = Proposal.Decision.PENDING, None, None
    return removed or bool(changes)


def _changes_in(row: Proposal) -> dict[str, str]:
    """Field → what the plan says in it and what the row would make of that."""
    was, value = row.current or {}, row.value
    return {
        name: json.dumps([was.get(name), value[name]], ensure_ascii=False, sort_keys=True)
        for name in value
        if name not in ("quotes", "notes") and value[name] != was.get(name)
    }
