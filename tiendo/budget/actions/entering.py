"""Money is entered: by the unit that spends it, by finance, one source at a time or a whole year's sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import Fact, record_all
from tiendo.budget.ledger import Wanted, is_new, lines_of_tasks, lock_tasks, newest_of, write_lines
from tiendo.budget.models import FundingSource, MoneyKind, MoneyLine
from tiendo.budget.money import MOST_MONEY
from tiendo.budget.permissions import can_enter_money, can_enter_workbook
from tiendo.orgs.models import Unit
from tiendo.plans.files import inspect_file
from tiendo.plans.models import Task
from tiendo.plans.storage import store_file

FILE_TYPES = frozenset({"pdf", "docx", "xlsx", "png", "jpg"})


class NothingNew(Exception):
    """Every amount is the one that stands already; the message is a sentence."""


@dataclass(frozen=True)
class Attached:
    """A file that backs the amounts."""

    data: bytes
    name: str


def enter_money(
    *,
    task: Task,
    unit: Unit,
    source: FundingSource,
    year: int,
    amounts: Mapping[str, Decimal],
    as_of: date,
    by: User,
    at: datetime,
    document: str = "",
    note: str = "",
    attached: Attached | None = None,
) -> list[MoneyLine]:
    """The next line of each cell whose amount is new; they wait for finance.

    `amounts` maps kinds of money to đồng; a kind that is left out stays as it is. Raises ValidationError for what
    cannot be right, NothingNew when nothing differs, RefusedFile for a file that is not what it says.
    """
    require(can_enter_money(by, task, unit.pk))
    first = Wanted(task.pk, source.pk, unit.pk, year, "", Decimal(0), as_of, by, document.strip(), note.strip())
    wanted = [replace(first, kind=kind, amount=amount) for kind, amount in amounts.items()]
    if not wanted:
        raise ValidationError({"__all__": _("Hãy ghi ít nhất một số tiền.")})
    check_source(source, on=localdate(at))
    for each in wanted:
        check(each, on=localdate(at))
    # Looking into a file takes a while, so it happens before the transaction, while others write.
    kind = inspect_file(attached.data, attached.name, allowed=FILE_TYPES) if attached else None
    with transaction.atomic():
        if attached and kind:
            stored = store_file(attached.data, extension=kind.extension, media_type=kind.media_type, at=at)
            wanted = [replace(each, evidence=stored, evidence_name=attached.name) for each in wanted]
        return _enter(wanted, by=by, at=at)


@transaction.atomic
def enter_rows(*, wanted: Sequence[Wanted], by: User, at: datetime) -> list[MoneyLine]:
    """A whole sheet of finance's, all of it or nothing; amounts that stand already are passed over.

    Raises ValidationError for what cannot be right, NothingNew when nothing differs. The sheet's rows were checked one
    by one by whoever read it; here what they name is checked again, under the lock.
    """
    require(can_enter_workbook(by))
    for each in wanted:
        check(each, on=localdate(at))
    return _enter([replace(each, entered_by=by) for each in wanted], by=by, at=at)


def _enter(wanted: Sequence[Wanted], *, by: User, at: datetime) -> list[MoneyLine]:
    tasks = lock_tasks(each.task_id for each in wanted)
    newest = newest_of(lines_of_tasks(tasks, {each.year for each in wanted}))
    fresh = [each for each in wanted if is_new(each, newest.get(each.cell))]
    if not fresh:
        raise NothingNew(_("Các số này đã có trong sổ; không có gì mới để ghi."))
    lines = write_lines(fresh, newest, at=at)
    record_all(entered_facts(lines, tasks), actor=by.username, at=at)
    return lines


def entered_facts(lines: Sequence[MoneyLine], tasks: Mapping[int, Task]) -> list[Fact]:
    """What the log keeps of lines that were just written."""
    return [fact("enter", line, tasks[line.task_id], taken_from=line.taken_from) for line in lines]


def fact(verb: str, line: MoneyLine, task: Task, **detail: object) -> Fact:
    """One line of the ledger as the log tells it."""
    about = {"task": task.code, "year": line.year, "kind": line.kind, "amount": line.amount, "number": line.number}
    kept = {name: value for name, value in detail.items() if value not in ("", None)}
    return Fact(f"budget.money.{verb}", f"budget.money:{line.pk}", {**about, "as_of": line.as_of, **kept})


def check(wanted: Wanted, *, on: date) -> None:
    """Raises ValidationError, by field, for an amount or a day that cannot be right."""
    if wanted.kind not in MoneyKind.values:
        raise ValidationError({"__all__": _("Không có loại kinh phí này.")})
    if wanted.amount < 0 or wanted.amount != wanted.amount.to_integral_value():
        raise ValidationError({wanted.kind: _("Số tiền ghi tròn đồng, không nhỏ hơn 0.")})
    if wanted.amount >= MOST_MONEY:
        raise ValidationError({wanted.kind: _("Số tiền quá lớn; hãy xem lại đơn vị tính (đồng).")})
    if not 2000 <= wanted.year <= on.year + 1:
        raise ValidationError({"year": _("Năm ngân sách phải từ 2000 đến năm sau.")})
    if wanted.as_of > on:
        raise ValidationError({"as_of": _("Ngày chốt số không được sau hôm nay.")})
    if wanted.kind == MoneyKind.DISBURSED and wanted.as_of.year < wanted.year:
        raise ValidationError({"as_of": _("Số đã giải ngân của một năm không thể tính đến ngày trước năm đó.")})


def check_source(source: FundingSource, *, on: date) -> None:
    """Raises ValidationError for a source no longer used."""
    if source.retired_on is not None and source.retired_on <= on:
        raise ValidationError({"source": _("Nguồn kinh phí này không còn dùng.")})
