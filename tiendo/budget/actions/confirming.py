"""Finance confirms what was entered, one line or many, or returns it with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.accounts.queries import people_by_unit
from tiendo.audit.record import record_all
from tiendo.budget.actions.entering import fact
from tiendo.budget.ledger import Cell, cell_of, lines_of_tasks, lock_tasks, newest_of
from tiendo.budget.models import FundingSource, MoneyLine
from tiendo.budget.permissions import can_confirm_money, finance_people
from tiendo.budget.shipped import UNSPLIT
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.plans.models import Task
from tiendo.ui.sentences import Sentence


class NotPossible(Exception):
    """The line cannot be decided now; the message is a sentence."""


@dataclass(frozen=True)
class Outcome:
    """What became of the lines: those confirmed, and for each other one why not, by its pk."""

    confirmed: tuple[MoneyLine, ...]
    refused: dict[int, str]


@dataclass
class _Desk:
    """What is looked at under the lock: the tasks, every line of them, who is of finance."""

    tasks: dict[int, Task]
    lines: list[MoneyLine]
    newest: dict[Cell, MoneyLine]
    finance: frozenset[int]
    unsplit: int | None
    replaced: dict[int, MoneyLine] = field(default_factory=dict)

    def current_like(self, line: MoneyLine) -> list[MoneyLine]:
        """Confirmed lines of the same money: same task, unit, year and kind, of whatever source."""
        like = (line.task_id, line.unit_id, line.year, line.kind)
        return [
            each
            for each in self.lines
            if each.is_current and (each.task_id, each.unit_id, each.year, each.kind) == like
        ]


@transaction.atomic
def confirm_lines(*, ids: Iterable[int], by: User, at: datetime) -> Outcome:
    """Each line becomes the official number of its cell; those that cannot are left and named, with a sentence."""
    wanted = set(ids)
    desk = _desk(wanted, at)
    confirmed: list[MoneyLine] = []
    refused: dict[int, str] = {}
    for line in sorted((each for each in desk.lines if each.pk in wanted), key=lambda each: each.pk):
        try:
            _must_be_confirmable(line, desk, by)
        except (NotPossible, PermissionDenied) as why:
            refused[line.pk] = why.args[0]
        else:
            _take(line, desk, by, at)
            confirmed.append(line)
    _keep(confirmed, desk, by=by, at=at)
    return Outcome(tuple(confirmed), refused)


@transaction.atomic
def return_money(*, line: MoneyLine, reason: str, by: User, at: datetime) -> MoneyLine:
    """Send the line back to who entered it; what stands confirmed stays.

    Raises PermissionDenied or NotPossible with a sentence.
    """
    desk = _desk([line.pk], at)
    line = next(each for each in desk.lines if each.pk == line.pk)
    require(can_confirm_money(by, line, entered_by_finance=line.entered_by_id in desk.finance))
    _must_wait(line, desk)
    if not reason.strip():
        require(no(_("Hãy ghi lý do trả lại để đơn vị biết cần sửa gì.")))
    line.state, line.decided_by, line.decided_at = MoneyLine.State.RETURNED, by, at
    line.reason = reason.strip()
    line.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    task = desk.tasks[line.task_id]
    record_all([fact("return", line, task, reason=line.reason)], actor=by.username, at=at)
    _tell_returned(line, task, by, at)
    return line


def _desk(ids: Iterable[int], at: datetime) -> _Desk:
    asked = list(MoneyLine.objects.filter(pk__in=list(ids)).values_list("task_id", "year"))
    tasks = lock_tasks(task for task, _year in asked)
    lines = lines_of_tasks(tasks, {year for _task, year in asked})
    unsplit = FundingSource.objects.filter(code=UNSPLIT).values_list("pk", flat=True).first()
    return _Desk(tasks, lines, newest_of(lines), finance_people(localdate(at)), unsplit)


def _must_be_confirmable(line: MoneyLine, desk: _Desk, by: User) -> None:
    require(can_confirm_money(by, line, entered_by_finance=line.entered_by_id in desk.finance))
    _must_wait(line, desk)
    split = [each for each in desk.current_like(line) if each.source_id != desk.unsplit]
    if line.source_id == desk.unsplit and split:
        raise NotPossible(
            _("Khoản này đã được xác nhận theo từng nguồn; xác nhận thêm số chưa phân nguồn là tính hai lần.")
        )


def _must_wait(line: MoneyLine, desk: _Desk) -> None:
    if line.state != MoneyLine.State.ENTERED:
        state = MoneyLine.State(line.state).label
        raise NotPossible(Sentence.of(_("Có người đã xử lý trước: số này {state}."), state=str(state)))
    if desk.newest[cell_of(line)].pk != line.pk:
        raise NotPossible(_("Đơn vị đã nhập số mới hơn sau khi bạn mở trang; hãy xem số mới."))


def _take(line: MoneyLine, desk: _Desk, by: User, at: datetime) -> None:
    """In hand. What the line replaces: the number of its cell, and money of no source once sources are told."""
    for each in desk.current_like(line):
        if each.source_id in (line.source_id, desk.unsplit):
            each.is_current = False
            if each.source_id != line.source_id:
                desk.replaced[line.pk] = each
    line.state, line.is_current = MoneyLine.State.CONFIRMED, True
    line.decided_by, line.decided_at = by, at


def _keep(lines: list[MoneyLine], desk: _Desk, *, by: User, at: datetime) -> None:
    """Those replaced first: a cell has one current line at every moment."""
    if not lines:
        return
    replaced = [each.pk for each in desk.lines if not each.is_current]
    MoneyLine.objects.filter(Q(pk__in=replaced), is_current=True).update(is_current=False)
    MoneyLine.objects.bulk_update(lines, ["state", "is_current", "decided_by", "decided_at"], batch_size=100)
    facts = [fact("confirm", line, desk.tasks[line.task_id], **_instead_of(line, desk)) for line in lines]
    record_all(facts, actor=by.username, at=at)


def _instead_of(line: MoneyLine, desk: _Desk) -> dict[str, object]:
    """The undivided amount that is official no more because of the line."""
    replaced = desk.replaced.get(line.pk)
    return {"undivided": replaced.amount} if replaced else {}


def _tell_returned(line: MoneyLine, task: Task, by: User, at: datetime) -> None:
    """Whoever entered it, and the people of the unit whose money it is."""
    pattern = gettext_noop("Số liệu kinh phí năm {year} của nhiệm vụ “{task}” bị trả lại.")
    notify(
        kind=Kind.MONEY_RETURNED,
        to=[line.entered_by, *people_by_unit({line.unit_id}, on=localdate(at))[line.unit_id]],
        sentence=Sentence.of(pattern, year=line.year, task=task.title),
        body=line.reason or "",
        url=reverse("budget:money-enter", args=[task.code, line.year]),
        about=f"budget.money:{line.pk}",
        key=f"money-returned:{line.pk}",
        by=by,
        at=at,
    )
