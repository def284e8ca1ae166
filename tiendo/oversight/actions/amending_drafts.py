"""The coordinator joins what units ask for into one draft, and submits it (R025)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.oversight.actions.amending_proposals import locked_proposal, move_proposal
from tiendo.oversight.amendment_conflicts import confirmable
from tiendo.oversight.amendment_permissions import can_draft_amendment, can_move_amendment, can_move_proposal
from tiendo.oversight.amendment_queries import conflicts_of, find_open_amendment, said_now, standing_lines
from tiendo.oversight.amendment_telling import deciders, tell_amendment
from tiendo.oversight.amendment_wants import Change, base_of, changed_only, find_fault
from tiendo.oversight.amendment_workflow import (
    AmendmentAct,
    AmendmentState,
    IllegalMove,
    ProposalAct,
    amendment_move,
)
from tiendo.oversight.models import Amendment, AmendmentLine, Proposal
from tiendo.plans.models import Plan, Task
from tiendo.ui.stamps import CHANGED, is_older


@transaction.atomic
def start_amendment(*, plan: Plan, title: str, by: User, at: datetime, summary: str = "") -> Amendment:
    """Begin the draft; one at a time in a plan. Raises IllegalMove while another is not decided."""
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("owner").get(pk=plan.pk)
    require(can_draft_amendment(by, plan))
    if not title.strip():
        require(no(_("Hãy ghi tên dự thảo.")))
    if find_open_amendment(plan):
        raise IllegalMove(_("Kế hoạch này đang có một dự thảo sửa đổi chưa được quyết định."))
    amendment = Amendment.objects.create(
        plan=plan, title=title.strip(), summary=summary.strip(), base=plan.version, drafted_by=by, drafted_at=at
    )
    record_amendment("start", amendment, by, at, base=amendment.base.number)
    return amendment


@transaction.atomic
def edit_amendment(
    *, amendment: Amendment, title: str, summary: str, by: User, at: datetime, seen: str | None = None
) -> Amendment:
    """Its name, and why the plan is to be changed as a whole; `seen` is the stamp of what the page showed."""
    amendment = _open(amendment, by)
    _require_as_seen(seen, amendment.stamp)
    if not title.strip():
        require(no(_("Hãy ghi tên dự thảo.")))
    amendment.title, amendment.summary = title.strip(), summary.strip()
    amendment.save(update_fields=["title", "summary"])
    record_amendment("edit", amendment, by, at)
    return amendment


@transaction.atomic
def take_proposal(
    *, amendment: Amendment, proposal: Proposal, by: User, at: datetime, into: AmendmentLine | None = None
) -> AmendmentLine:
    """Join a proposal to the draft: to the line for its task and kind, to `into`, or as a line of its own.

    The line's words win where both speak; the proposal stays as the unit wrote it.
    """
    amendment, proposal = _open(amendment, by), locked_proposal(proposal)
    require(can_move_proposal(by, proposal, ProposalAct.TAKE))
    if proposal.plan_id != amendment.plan_id:
        raise IllegalMove(_("Đề nghị này thuộc kế hoạch khác."))
    line = _line_for(amendment, proposal, into)
    proposal.line = line
    move_proposal(proposal, ProposalAct.TAKE, by=by, at=at, amendment=amendment.pk, line=line.pk)
    return line


@transaction.atomic
def write_line(
    *,
    amendment: Amendment,
    kind: Change,
    wanted: Mapping[str, Any],
    reason: str,
    by: User,
    at: datetime,
    task: Task | None = None,
) -> AmendmentLine:
    """A change the coordinator puts forward itself. Raises IllegalMove for one that is not whole, or already there."""
    amendment = _open(amendment, by)
    if (task is None) != (kind == Change.ADD):
        raise ValueError("a task is named unless one is to be added")
    if task is not None and task.plan_id != amendment.plan_id:
        raise IllegalMove(_("Nhiệm vụ này thuộc kế hoạch khác."))
    if task is not None and amendment.lines.filter(task=task, kind=kind.value, removed_at=None).exists():
        raise IllegalMove(_("Dự thảo đã có dòng này; hãy sửa dòng ấy."))
    line = AmendmentLine(amendment=amendment, kind=kind.value, task=task, position=_next_place(amendment))
    _say(line, wanted, reason)
    line.save()
    _record_line("write_line", line, by, at)
    return line


@transaction.atomic
def edit_line(
    *, line: AmendmentLine, wanted: Mapping[str, Any], reason: str, by: User, at: datetime, seen: str | None = None
) -> AmendmentLine:
    """Word a line anew, over what the task says now; the proposals behind it stay as written."""
    line = _open_line(line, by)
    _require_as_seen(seen, line.stamp)
    _say(line, wanted, reason)
    line.save(update_fields=["wanted", "base", "reason"])
    _record_line("edit_line", line, by, at)
    return line


@transaction.atomic
def confirm_line(*, line: AmendmentLine, by: User, at: datetime) -> AmendmentLine:
    """The coordinator has seen that the task changed meanwhile and stands by the line."""
    line = _open_line(line, by)
    troubled = [each for each in conflicts_of(standing_lines(line.amendment)) if each.line == line.pk]
    if not troubled or not all(map(confirmable, troubled)):
        raise IllegalMove(_("Dòng này phải sửa hoặc bỏ; không thể chỉ xác nhận."))
    line.base = base_of(Change(line.kind), line.wanted, said_now(line.task) if line.task else {})
    line.save(update_fields=["base"])
    _record_line("confirm_line", line, by, at)
    return line


@transaction.atomic
def remove_line(*, line: AmendmentLine, by: User, at: datetime) -> AmendmentLine:
    """Take a line out; the row stays, and its proposals wait for the coordinator again."""
    line = _open_line(line, by)
    line.removed_at = at
    line.save(update_fields=["removed_at"])
    for proposal in line.proposals.order_by("pk"):
        back = locked_proposal(proposal)
        back.line = None
        move_proposal(back, ProposalAct.PUT_BACK, by=by, at=at, tell=False, amendment=line.amendment_id)
    _record_line("remove_line", line, by, at)
    return line


@transaction.atomic
def submit_amendment(*, amendment: Amendment, by: User, at: datetime) -> Amendment:
    """Put the draft before who decides. Raises IllegalMove while it is empty, not whole, or something is to settle."""
    amendment = locked_amendment(amendment)
    require(can_move_amendment(by, amendment, AmendmentAct.SUBMIT))
    require_sound(amendment)
    amendment.submitted_by, amendment.submitted_at = by, at
    amendment.state = amendment_move(AmendmentState(amendment.state), AmendmentAct.SUBMIT).to.value
    amendment.save(update_fields=["submitted_by", "submitted_at", "state"])
    record_amendment("submit", amendment, by, at, lines=amendment.lines.filter(removed_at=None).count())
    tell_amendment(amendment, AmendmentAct.SUBMIT, deciders(amendment.plan, localdate(at)), by=by, at=at)
    return amendment


def require_sound(amendment: Amendment) -> list[AmendmentLine]:
    """The standing lines. Raises IllegalMove naming what keeps the draft from being decided."""
    lines = standing_lines(amendment)
    if not lines:
        raise IllegalMove(_("Dự thảo chưa có thay đổi nào."))
    for line in lines:
        if fault := find_fault(Change(line.kind), line.wanted, line.base):
            title = line.task.title if line.task else line.wanted.get("title", "")
            raise IllegalMove(f"{title}: {_(fault)}")
    if conflicts_of(lines):
        raise IllegalMove(_("Còn xung đột chưa xử lý: sửa, xác nhận hoặc bỏ các dòng được đánh dấu."))
    return lines


def locked_amendment(amendment: Amendment) -> Amendment:
    rows = Amendment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("plan__owner", "base").get(pk=amendment.pk)


def record_amendment(verb: str, amendment: Amendment, by: User | str, at: datetime, **detail: object) -> None:
    record(
        act=f"oversight.amendment.{verb}",
        subject=f"oversight.amendment:{amendment.pk}",
        actor=by if isinstance(by, str) else by.username,
        at=at,
        plan=amendment.plan.code,
        title=amendment.title,
        **detail,
    )


def _require_as_seen(seen: str | None, now: str) -> None:
    if is_older(seen, now):
        raise IllegalMove(_(CHANGED))


def _open(amendment: Amendment, by: User) -> Amendment:
    amendment = locked_amendment(amendment)
    require(can_move_amendment(by, amendment, AmendmentAct.EDIT))
    return amendment


def _open_line(line: AmendmentLine, by: User) -> AmendmentLine:
    """The line of a draft that is being written. Raises IllegalMove for one taken out."""
    amendment = _open(line.amendment, by)
    line = AmendmentLine.objects.select_related("task").get(pk=line.pk)
    line.amendment = amendment
    if line.removed_at is not None:
        raise IllegalMove(_("Dòng này đã được bỏ khỏi dự thảo."))
    return line


def _line_for(amendment: Amendment, proposal: Proposal, into: AmendmentLine | None) -> AmendmentLine:
    standing = amendment.lines.filter(removed_at=None)
    line = standing.filter(pk=into.pk).first() if into else None
    if line is None and proposal.task is not None:
        line = standing.filter(task=proposal.task, kind=proposal.kind).first()
    if line is None:
        given = {"kind": proposal.kind, "task": proposal.task, "wanted": proposal.wanted, "base": proposal.base}
        return AmendmentLine.objects.create(
            amendment=amendment, position=_next_place(amendment), reason=proposal.reason, **given
        )
    if (line.task_id, line.kind) != (proposal.task_id, proposal.kind):
        raise IllegalMove(_("Chỉ gộp được các đề nghị cùng loại về cùng một nhiệm vụ."))
    line.wanted, line.base = proposal.wanted | line.wanted, proposal.base | line.base
    line.reason = line.reason if proposal.reason in line.reason else f"{line.reason}\n{proposal.reason}"
    line.save(update_fields=["wanted", "base", "reason"])
    return line


def _say(line: AmendmentLine, wanted: Mapping[str, Any], reason: str) -> None:
    kind, now = Change(line.kind), said_now(line.task) if line.task else {}
    line.wanted = changed_only(kind, wanted, now)
    line.base = base_of(kind, line.wanted, now)
    line.reason = reason.strip()
    if not line.reason:
        require(no(_("Hãy ghi lý do sửa đổi.")))
    if fault := find_fault(kind, line.wanted, line.base):
        raise IllegalMove(_(fault))


def _next_place(amendment: Amendment) -> int:
    return (amendment.lines.aggregate(last=Max("position"))["last"] or 0) + 1


def _record_line(verb: str, line: AmendmentLine, by: User, at: datetime) -> None:
    task = line.task.code if line.task else None
    record_amendment(verb, line.amendment, by, at, line=line.pk, kind=line.kind, task=task, wanted=line.wanted)
