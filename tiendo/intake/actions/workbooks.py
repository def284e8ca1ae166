"""The workbook of a plan comes back: what it changes waits for a decision like any other document."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.intake.actions.deciding import discard_import
from tiendo.intake.actions.receiving import start_import
from tiendo.intake.extraction.notes import Note
from tiendo.intake.models import Import
from tiendo.intake.permissions import can_import
from tiendo.intake.queries import find_import_of
from tiendo.intake.reading import Unreadable
from tiendo.intake.workbooks import look_into_workbook
from tiendo.plans.files import hash_of, inspect_file
from tiendo.plans.models import Plan

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

    Nothing of the plan changes before a person accepts. The same file again gives its first import back, unless the
    plan has moved on meanwhile: then the first is put aside and the file is compared with what the plan says now.
    Raises RefusedFile or Unreadable with a sentence for a file that is not a workbook of this plan, NothingChanged for
    one without a difference; nothing is kept then.
    """
    require(can_import(by))
    known = find_import_of(hash_of(data))
    if known and not _is_stale(known, plan):
        return known, False
    inspect_file(data, name, allowed=WORKBOOKS)
    looked = look_into_workbook(data, plan.version)
    if looked is None:
        raise Unreadable(
            _("Tệp này không phải bảng tính tải xuống từ kế hoạch; hãy tải tệp Excel của kế hoạch, sửa rồi nộp lại.")
        )
    if not looked.changes.proposals:
        raise NothingChanged(looked.changes.notes)
    with transaction.atomic():
        if known:
            discard_import(source=known, reason=gettext_noop("Kế hoạch đã có phiên bản mới."), by=by, at=at)
        return start_import(data=data, name=name, by=by, at=at, plan=plan)


def _is_stale(known: Import, plan: Plan) -> bool:
    """Does it wait beside a version of this plan that is the latest no more?"""
    waits = known.form == Import.Form.WORKBOOK and known.status == Import.Status.PROPOSED
    return waits and known.plan_id == plan.pk and known.base != plan.version
