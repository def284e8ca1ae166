"""The workbook of a plan comes back: what it changes waits for a decision like any other document."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.intake.actions.keeping import add_proposals
from tiendo.intake.actions.receiving import start_import
from tiendo.intake.extraction.notes import Note
from tiendo.intake.models import Import, Proposal
from tiendo.intake.permissions import can_import
from tiendo.intake.proposing import Proposed
from tiendo.intake.queries import find_import_of
from tiendo.intake.reading import Unreadable
from tiendo.intake.workbooks import find_in_workbook, look_into_workbook
from tiendo.plans.files import hash_of, inspect_file
from tiendo.plans.models import Plan, PlanVersion
from tiendo.plans.storage import read_file

WORKBOOKS = frozenset({"xlsx"})


class NothingChanged(Exception):
    """The workbook proposes nothing; `notes` name the cells that could not be taken, if that is why."""

    def __init__(self, notes: Sequence[Note]) -> None:
        faulty = any(note.severity == "error" for note in notes)
        wrong = _("Chưa lấy được thay đổi nào; hãy sửa các ô được nêu rồi nộp lại.")
        super().__init__(wrong if faulty else _("Không có gì khác với kế hoạch đang có."))
        self.notes = tuple(notes)


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
        raise NothingChanged(looked.changes.notes)
    return start_import(data=data, name=name, by=by, at=at, plan=plan)


def compare_workbook(source: Import, base: PlanVersion) -> None:
    """Ask again what the cells of a waiting workbook change, now in `base`; called by the act that compares.

    What a person decided or made of a row stays while the plan says of it what it said then.
    """
    found = find_in_workbook(read_file(source.file), source.file_name, base)
    assert found is not None, "kept as a workbook of the house"
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
