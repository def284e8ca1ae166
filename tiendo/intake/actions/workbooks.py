"""The workbook of a plan comes back: what it changes waits for a decision like any other document."""

from datetime import datetime

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
from tiendo.intake.workbook_changes import Changes
from tiendo.intake.workbooks import found_in, look_into_workbook, nothing_in
from tiendo.plans.files import hash_of, inspect_file
from tiendo.plans.models import Plan, PlanVersion
from tiendo.plans.storage import read_file

WORKBOOKS = frozenset({"xlsx"})


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

    What a person decided or made of a row stays while the plan says of it what it said then.
    """
    data = read_file(source.file)
    looked = look_into_workbook(data, base)
    assert looked is not None, "kept as a workbook of the house"
    found = found_in(looked, data, source.file_name)
    rows = {(row.kind, row.key): row for row in source.proposals.all()}
    proposed = {(each.kind, each.key): each for each in found.proposals}
    stay = {key for key, row in rows.items() if _says_the_same(row, proposed.get(key))}
    source.proposals.filter(pk__in=[row.pk for key, row in rows.items() if key not in stay]).delete()
    last = source.proposals.aggregate(last=Max("position"))["last"] or 0
    add_proposals(source, [each for key, each in proposed.items() if key not in stay], after=last)
    source.reading = found.reading
    source.save(update_fields=["reading"])


def _says_the_same(row: Proposal, each: Proposed | None) -> bool:
    return each is not None and (row.printed, row.current) == (each.printed, each.current)
