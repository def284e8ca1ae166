"""The draft is decided by a numbered paper, and on its day changes the plan: nothing else does (R025, R026)."""

import logging
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.actions import MACHINE
from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.orgs.models import Unit
from tiendo.oversight.actions.amending_drafts import locked_amendment, record_amendment, require_sound
from tiendo.oversight.actions.amending_files import keep_letter, keep_words
from tiendo.oversight.actions.amending_proposals import locked_proposal, move_proposal
from tiendo.oversight.actions.amending_replaced import keep_replaced
from tiendo.oversight.amendment_content import Built, Line, build, decision_lines
from tiendo.oversight.amendment_permissions import can_move_amendment
from tiendo.oversight.amendment_queries import people_of_tasks, places_of, standing_lines, wanted_units
from tiendo.oversight.amendment_telling import coordinators, people_of_units, tell_amendment
from tiendo.oversight.amendment_wants import Change, day_of
from tiendo.oversight.amendment_workflow import (
    AmendmentAct,
    AmendmentState,
    IllegalMove,
    ProposalAct,
    amendment_move,
)
from tiendo.oversight.models import Amendment, AmendmentLine, Proposal
from tiendo.plans.actions.amending import amend_as_decided, drop_as_decided
from tiendo.plans.actions.terms import keep_terms
from tiendo.plans.actions.versions import add_version, keep_document
from tiendo.plans.comparisons import names_for
from tiendo.plans.models import Document, Plan, PlanVersion, Task
from tiendo.plans.states import WorkState
from tiendo.plans.terms import terms_now

logger = logging.getLogger(__name__)


@transaction.atomic
def return_amendment(*, amendment: Amendment, answer: str, by: User, at: datetime) -> Amendment:
    """Who decides wants the draft completed, and says what is lacking."""
    amendment = locked_amendment(amendment)
    require(can_move_amendment(by, amendment, AmendmentAct.RETURN))
    _require_words(answer)
    _move(amendment, AmendmentAct.RETURN, answer, by=by, at=at)
    tell_amendment(amendment, AmendmentAct.RETURN, coordinators(amendment.plan, localdate(at)), by=by, at=at)
    return amendment


@transaction.atomic
def refuse_amendment(*, amendment: Amendment, answer: str, by: User, at: datetime) -> Amendment:
    """The plan stays as it is; who asked for a change reads why."""
    amendment = locked_amendment(amendment)
    require(can_move_amendment(by, amendment, AmendmentAct.REFUSE))
    _require_words(answer)
    units = _end_proposals(amendment, ProposalAct.DENY, by=by, at=at)
    _move(amendment, AmendmentAct.REFUSE, answer, by=by, at=at)
    on = localdate(at)
    people = [*coordinators(amendment.plan, on), *people_of_units(units, on)]
    tell_amendment(amendment, AmendmentAct.REFUSE, people, by=by, at=at)
    return amendment


def decide_amendment(
    *,
    amendment: Amendment,
    number: str,
    issued_on: date,
    in_force_from: date,
    by: User,
    at: datetime,
    answer: str = "",
    data: bytes = b"",
    name: str = "",
) -> Amendment:
    """Decide it by a paper with a number and a day; where its day has come it changes the plan at once.

    Without the signed file the decision's words are kept as the house has them. What was decided before and waits for a
    clock that missed its day goes first, or a version would hold words of a later one. Raises IllegalMove while
    something is to settle, RefusedFile.
    """
    require(can_move_amendment(by, Amendment.objects.select_related("plan").get(pk=amendment.pk), AmendmentAct.DECIDE))
    bring_into_force(at=at, plan=amendment.plan)
    with transaction.atomic():
        amendment = locked_amendment(amendment)
        require(can_move_amendment(by, amendment, AmendmentAct.DECIDE))
        _require_paper(number, issued_on, in_force_from, amendment, localdate(at))
        tasks = _locked_tasks(amendment)
        lines = require_sound(amendment)
        amendment.document = _document(amendment, lines, number.strip(), issued_on, data, name, by=by, at=at)
        amendment.in_force_from, amendment.decided_by, amendment.decided_at = in_force_from, by, at
        _decide(amendment, lines, answer, by=by, at=at)
        if in_force_from <= localdate(at):
            return _put_into_force(amendment, tasks, by=by, at=at)
    return amendment


def _decide(amendment: Amendment, lines: Sequence[AmendmentLine], answer: str, *, by: User, at: datetime) -> None:
    """With the proposals behind it; all whom it concerns are told."""
    document, on = amendment.document, localdate(at)
    number = document.number if document else ""
    units = _end_proposals(amendment, ProposalAct.DECIDE, by=by, at=at)
    start = amendment.in_force_from
    _move(amendment, AmendmentAct.DECIDE, answer, by=by, at=at, number=number, in_force_from=start)
    people = [*coordinators(amendment.plan, on), *people_of_units(units, on), *_concerned(lines, on)]
    tell_amendment(amendment, AmendmentAct.DECIDE, people, by=by, at=at)


def bring_into_force(*, at: datetime, by: User | None = None, plan: Plan | None = None) -> list[Amendment]:
    """Let every decided amendment whose day has come change its plan, oldest day first; a second run finds none. With
    `plan` those of that plan alone.

    Each in a transaction of its own: one that fails holds up the later ones of its plan and no other; once all are
    done the first failure is raised. `by` is None for the clock.
    """
    due = Amendment.objects.filter(state=AmendmentState.DECIDED, in_force_from__lte=localdate(at))
    due = due.filter(plan=plan) if plan else due
    made: list[Amendment] = []
    failed: dict[int, Exception] = {}
    for amendment in list(due.order_by("in_force_from", "decided_at", "pk")):
        if amendment.plan_id in failed:
            continue
        try:
            done = _bring_one(amendment, by=by, at=at)
        except Exception as error:
            logger.exception("amendment %s could not come into force", amendment.pk)
            failed[amendment.plan_id] = error
        else:
            made += [done] if done else []
    if failed:
        raise next(iter(failed.values()))
    return made


@transaction.atomic
def _bring_one(amendment: Amendment, *, by: User | None, at: datetime) -> Amendment | None:
    """None where another had brought it into force by the time it was locked."""
    amendment = locked_amendment(amendment)
    if amendment.state != AmendmentState.DECIDED:
        return None
    return _put_into_force(amendment, _locked_tasks(amendment), by=by, at=at)


def _put_into_force(amendment: Amendment, tasks: dict[int, Task], *, by: User | None, at: datetime) -> Amendment:
    """The next version, and the tasks (locked) as decided. What is written of the tasks meanwhile is not touched."""
    plan, lines = amendment.plan, standing_lines(amendment)
    before = people_of_tasks([task.pk for task in tasks.values()], localdate(at))
    effective = [line for line in lines if _still_open(line, tasks)]
    keep_replaced(amendment, effective, tasks, by=by, at=at)
    version = _make_version(amendment, plan, lines, effective, tasks, at=at)
    amendment.version = version
    amendment.state = amendment_move(AmendmentState(amendment.state), AmendmentAct.BRING_INTO_FORCE).to.value
    amendment.save(update_fields=["version", "state"])
    left = [line.pk for line in lines if line not in effective]
    record_amendment("bring_into_force", amendment, by or MACHINE, at, version=version.number, without=left)
    people = _told(amendment, lines, before, localdate(at))
    tell_amendment(amendment, AmendmentAct.BRING_INTO_FORCE, people, by=by, at=at)
    return amendment


def _still_open(line: AmendmentLine, tasks: dict[int, Task]) -> bool:
    """A task that ended between the decision and its day keeps how it ended; one granted a later day keeps that."""
    task = tasks.get(line.task_id or 0)
    if task is None:
        return True
    wanted = day_of(line.wanted.get("due")) if line.kind == Change.EXTEND else None
    if wanted and task.due_on and task.due_on >= wanted:
        return False
    if task.state == WorkState.CANCELLED:
        return False
    return task.state != WorkState.COMPLETED or (line.kind == Change.CHANGE and "due" not in line.wanted)


def _make_version(
    amendment: Amendment,
    plan: Plan,
    lines: Sequence[AmendmentLine],
    effective: Sequence[AmendmentLine],
    tasks: dict[int, Task],
    *,
    at: datetime,
) -> PlanVersion:
    document, decider = amendment.document, amendment.decided_by
    assert document is not None and decider is not None  # noqa: PT018  the database asks for both once decided
    assert amendment.in_force_from is not None
    if not plan.version.terms.exists():
        keep_terms(version=plan.version)  # a version from before terms were kept says what its tasks still say
    built = _built(amendment, document, lines, effective, tasks)
    version = add_version(
        plan=plan,
        document=document,
        content=built.content,
        in_force_from=amendment.in_force_from,
        note=amendment.title,
        by=decider,
        at=at,
    )
    _carry_out(built, version, tasks, document, by=decider, at=at)
    keep_terms(version=version)
    return version


def _built(
    amendment: Amendment,
    document: Document,
    lines: Sequence[AmendmentLine],
    effective: Sequence[AmendmentLine],
    tasks: dict[int, Task],
) -> Built:
    """Every line has its row in the decision; only those that still find their task open make something."""
    said = terms_now(tasks.values())
    by_code = {task.code: said[task.pk] for task in tasks.values()}
    rows = {line.pk: row for row, line in enumerate(lines, len(document.lines) - len(lines) + 1)}
    return build(
        [(rows[line.pk], _fact(line)) for line in effective],
        by_code,
        places_of(amendment.plan, tasks.values()),
        document.lines,
        f"SD{amendment.pk}",
    )


def _carry_out(
    built: Built, version: PlanVersion, tasks: dict[int, Task], document: Document, *, by: User, at: datetime
) -> None:
    by_code = {task.code: task for task in tasks.values()}
    items = {item.path: item for item in version.items.filter(document=document)}
    for each in built.amended:
        amend_as_decided(
            task=by_code[each.code],
            new=each.new,
            fields=each.fields,
            document=document,
            item=items.get(each.new.item),
            reason=each.reason,
            where={"lines": [each.row, each.row]},
            exact=True,
            by=by,
            at=at,
        )
    for gone in built.dropped:
        drop_as_decided(task=by_code[gone.code], reason=gone.reason, document=document, by=by, at=at)


def _document(
    amendment: Amendment,
    lines: Sequence[AmendmentLine],
    number: str,
    issued_on: date,
    data: bytes,
    name: str,
    *,
    by: User,
    at: datetime,
) -> Document:
    titles = {line.task.code: line.task.title for line in lines if line.task}
    heading = [f"QUYẾT ĐỊNH số {number} ngày {issued_on:%d/%m/%Y}", amendment.title]
    words = decision_lines(heading, [_fact(line) for line in lines], titles, names_for(amendment.plan))
    signed = keep_letter(data, name, at=at)
    facts = {
        "kind": "QUYẾT ĐỊNH",
        "number": number,
        "issued_on": issued_on,
        "issuer": amendment.plan.owner.name,
        "title": amendment.title,
        "signer": {"name": by.full_name},
    }
    file_name = name if signed else f"quyet-dinh-sua-doi-{amendment.pk}.txt"
    file = signed or keep_words(words, at=at)
    return keep_document(file=file, file_name=file_name, facts=facts, lines=words, by=by, at=at)


def _fact(line: AmendmentLine) -> Line:
    return Line(Change(line.kind), line.task.code if line.task else None, line.wanted, line.reason)


def _locked_tasks(amendment: Amendment) -> dict[int, Task]:
    """The tasks the draft names, locked in the one order everybody uses, the plan before them.

    Before anything is recorded: who holds the head of the log waits for nobody's task.
    """
    Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=amendment.plan_id)
    lines = amendment.lines.filter(removed_at=None, task__isnull=False)
    rows = Task.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=lines.values("task"))
    return {task.pk: task for task in rows.order_by("pk")}


def _end_proposals(amendment: Amendment, act: ProposalAct, *, by: User, at: datetime) -> set[int]:
    """The proposals behind the draft end with it; the units that had asked."""
    standing = Proposal.objects.filter(line__amendment=amendment, state=Proposal.State.CONSOLIDATED).order_by("pk")
    units: set[int] = set()
    for proposal in standing:
        move_proposal(locked_proposal(proposal), act, by=by, at=at, tell=False, amendment=amendment.pk)
        units.add(proposal.unit_id)
    return units


def _concerned(lines: Sequence[AmendmentLine], on: date) -> list[User]:
    """People of the units with a part in the tasks, of the units that get one, and those charged."""
    units, people = people_of_tasks([line.task_id for line in lines if line.task_id], on)
    named = Unit.objects.filter(code__in=wanted_units(lines)).values_list("pk", flat=True)
    return [*people, *people_of_units(units | set(named), on)]


def _told(
    amendment: Amendment, lines: Sequence[AmendmentLine], before: tuple[Collection[int], list[User]], on: date
) -> list[User]:
    units, people = before
    return [*people, *people_of_units(units, on), *_concerned(lines, on), *coordinators(amendment.plan, on)]


def _move(amendment: Amendment, act: AmendmentAct, answer: str, *, by: User, at: datetime, **detail: object) -> None:
    amendment.state = amendment_move(AmendmentState(amendment.state), act).to.value
    amendment.answer = answer.strip()
    amendment.save(update_fields=["state", "answer", "document", "in_force_from", "decided_by", "decided_at"])
    record_amendment(act.value, amendment, by, at, answer=amendment.answer, **detail)


def _require_words(answer: str) -> None:
    if not answer.strip():
        require(no(_("Hãy ghi ý kiến để cơ quan đầu mối và đơn vị biết.")))


def _require_paper(number: str, issued_on: date, in_force_from: date, amendment: Amendment, on: date) -> None:
    if not number.strip():
        require(no(_("Hãy ghi số, ký hiệu quyết định.")))
    if issued_on > on:
        raise IllegalMove(_("Ngày ký quyết định không thể sau hôm nay."))
    if in_force_from < issued_on:
        raise IllegalMove(_("Quyết định có hiệu lực sớm nhất từ ngày ký."))
    if in_force_from < amendment.plan.version.in_force_from:
        raise IllegalMove(_("Quyết định có hiệu lực sớm nhất từ ngày phiên bản hiện nay của kế hoạch có hiệu lực."))
