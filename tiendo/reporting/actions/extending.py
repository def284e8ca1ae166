"""A unit asks to move a task's deadline; the coordinator may advise; the decision-maker decides.

Until it is granted nothing moves: a deadline that passes while the request waits has passed.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.plans.actions import grant_deadline
from tiendo.plans.models import Task
from tiendo.reporting.models import ExtensionRequest
from tiendo.reporting.people import people_holding_role, people_of_unit
from tiendo.reporting.permissions import can_advise_extension, can_ask_extension, can_decide_extension
from tiendo.reporting.queries import find_answering_lead
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.sentences import Sentence

Verdict = ExtensionRequest.Verdict


@transaction.atomic
def ask_extension(
    *, task: Task, due_on: date, reason: str, by: User, at: datetime, document_number: str = ""
) -> ExtensionRequest:
    """The head of the lead unit asks for a later day, with a reason. One request at a time.

    Raises IllegalMove when the setting's number of extensions has been granted, or a request waits.
    """
    task = _locked_task(task)
    require(can_ask_extension(by, task))
    if not reason.strip():
        require(no(_("Hãy ghi lý do đề nghị gia hạn.")))
    if task.due_on is None or due_on <= max(task.due_on, localdate(at)):
        require(no(_("Thời hạn đề nghị phải sau thời hạn hiện tại và sau hôm nay.")))
    _require_room(task)
    if task.extension_requests.waiting().exists():
        raise IllegalMove(_("Nhiệm vụ này đang có một đề nghị gia hạn chờ quyết định."))
    unit = find_answering_lead(task, on=localdate(at))
    if unit is None:
        raise IllegalMove(_("Nhiệm vụ chưa rõ cơ quan chủ trì nên chưa đề nghị gia hạn được."))
    request = ExtensionRequest.objects.create(
        task=task,
        unit=unit,
        due_on=due_on,
        reason=reason.strip(),
        document_number=document_number.strip(),
        asked_by=by,
        asked_at=at,
    )
    _record("ask", request, by, at, due_on=due_on, was=task.due_on, reason=request.reason)
    people = [*_deciders(at), *people_holding_role(Role.COORDINATOR, on=localdate(at))]
    _tell(request, Kind.EXTENSION_ASKED, people, gettext_noop("{unit} đề nghị gia hạn nhiệm vụ “{task}”."), by, at)
    return request


@transaction.atomic
def withdraw_extension(*, request: ExtensionRequest, by: User, at: datetime) -> ExtensionRequest:
    """The head takes the request back before it is decided."""
    request = _locked(request)
    if request.unit_id not in by.access.headed_unit_ids:
        require(no(_("Chỉ thủ trưởng đơn vị đã đề nghị mới rút đề nghị.")))
    return _close(request, Verdict.WITHDRAWN, "withdraw", "", by, at)


@transaction.atomic
def advise_extension(*, request: ExtensionRequest, opinion: str, by: User, at: datetime) -> ExtensionRequest:
    """The coordinator says what it thinks of the request, for the decision-maker to read."""
    request = _locked(request)
    require(can_advise_extension(by))
    if not opinion.strip():
        require(no(_("Hãy ghi ý kiến của cơ quan đầu mối.")))
    _require_waiting(request)
    request.opinion, request.opinion_by, request.opinion_at = opinion.strip(), by, at
    request.save(update_fields=["opinion", "opinion_by", "opinion_at"])
    _record("advise", request, by, at, opinion=request.opinion)
    return request


@transaction.atomic
def grant_extension(*, request: ExtensionRequest, decision: str, by: User, at: datetime) -> ExtensionRequest:
    """Yes: the ledger gets a line resting on the decision; the original date stays where it is."""
    request = _locked(request)
    require(can_decide_extension(by, request))
    if not decision.strip():
        require(no(_("Hãy ghi số văn bản hoặc ý kiến chỉ đạo làm căn cứ gia hạn.")))
    _require_waiting(request)
    _require_movable(request, localdate(at))
    request.line = grant_deadline(
        task=request.task, due_on=request.due_on, reason=request.reason, source=decision.strip(), by=by, at=at
    )
    return _decide(request, Verdict.GRANTED, "grant", decision, by, at)


@transaction.atomic
def refuse_extension(*, request: ExtensionRequest, decision: str, by: User, at: datetime) -> ExtensionRequest:
    """No, with a reason; the deadline stays."""
    request = _locked(request)
    require(can_decide_extension(by, request))
    if not decision.strip():
        require(no(_("Hãy ghi lý do không đồng ý gia hạn.")))
    return _decide(request, Verdict.REFUSED, "refuse", decision, by, at)


def _decide(
    request: ExtensionRequest, verdict: Verdict, verb: str, decision: str, by: User, at: datetime
) -> ExtensionRequest:
    request = _close(request, verdict, verb, decision.strip(), by, at)
    people = [
        *people_of_unit(request.unit_id, on=localdate(at)),
        *people_holding_role(Role.COORDINATOR, on=localdate(at)),
    ]
    pattern = (
        gettext_noop("Đồng ý gia hạn nhiệm vụ “{task}” đến {day}.")
        if verdict == Verdict.GRANTED
        else gettext_noop("Không đồng ý gia hạn nhiệm vụ “{task}” đến {day}.")
    )
    _tell(request, Kind.EXTENSION_DECIDED, people, pattern, by, at)
    return request


def _close(
    request: ExtensionRequest, verdict: Verdict, verb: str, decision: str, by: User, at: datetime
) -> ExtensionRequest:
    _require_waiting(request)
    request.verdict, request.decision = verdict, decision
    request.decided_by, request.decided_at = by, at
    request.save(update_fields=["verdict", "decision", "decided_by", "decided_at", "line"])
    _record(verb, request, by, at, due_on=request.due_on, decision=decision)
    return request


def _locked_task(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",), no_key=True).get(pk=task.pk)


def _locked(request: ExtensionRequest) -> ExtensionRequest:
    """The task first, then the request: what is granted is counted while nobody else can grant."""
    task = _locked_task(Task(pk=request.task_id))
    locked = ExtensionRequest.objects.select_for_update(of=("self",)).select_related("unit").get(pk=request.pk)
    locked.task = task
    return locked


def _require_waiting(request: ExtensionRequest) -> None:
    if request.verdict != Verdict.WAITING:
        raise IllegalMove(_("Đề nghị gia hạn này đã được xử lý."))


def _require_room(task: Task) -> None:
    if task.extension_requests.filter(verdict=Verdict.GRANTED).count() >= settings.TIENDO_MAX_EXTENSIONS:
        raise IllegalMove(_("Nhiệm vụ này đã được gia hạn đủ số lần cho phép; hãy đề nghị sửa đổi kế hoạch."))


def _require_movable(request: ExtensionRequest, on: date) -> None:
    """Since the request the task may have ended, its deadline been moved otherwise, or the day asked for passed."""
    task = request.task
    _require_room(task)
    if task.state in ("completed", "cancelled"):
        raise IllegalMove(_("Nhiệm vụ đã kết thúc nên không gia hạn nữa."))
    if task.due_on is None or request.due_on <= task.due_on:
        raise IllegalMove(_("Thời hạn hiện tại của nhiệm vụ không còn sớm hơn thời hạn đề nghị."))
    if request.due_on < on:
        raise IllegalMove(_("Thời hạn đề nghị đã qua; đơn vị cần đề nghị lại với ngày khác."))


def _deciders(at: datetime) -> list[User]:
    return people_holding_role(Role.DECISION_MAKER, on=localdate(at))


def _record(verb: str, request: ExtensionRequest, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"reporting.extension.{verb}",
        subject=f"reporting.extension:{request.pk}",
        actor=by.username,
        at=at,
        task=request.task.code,
        **detail,
    )


def _tell(request: ExtensionRequest, kind: Kind, to: list[User], pattern: str, by: User, at: datetime) -> None:
    notify(
        kind=kind,
        to=to,
        sentence=Sentence.of(
            pattern, unit=str(request.unit), task=request.task.title, day=f"{request.due_on:%d/%m/%Y}"
        ),
        body=request.decision or request.reason,
        url=reverse("reporting:task-extension", args=[request.task.code]),
        about=f"reporting.extension:{request.pk}",
        key=f"extension:{request.pk}:{request.verdict}",
        by=by,
        at=at,
    )
