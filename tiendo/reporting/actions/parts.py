"""A coordinating unit answers about its part; a dispute is withdrawn, or settled by the coordinator."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.notices.actions import notify_all
from tiendo.notices.kinds import Kind
from tiendo.notices.letters import Letter
from tiendo.reporting.actions.asking import newest_submissions
from tiendo.reporting.actions.sending import locked_duty
from tiendo.reporting.models import Duty, Part, PartAnswer, Submission
from tiendo.reporting.parts import ANSWERS, NEED_WORDS, PART_WORDS, PartAct, PartState, part_after
from tiendo.reporting.people import people_holding_role, people_of_unit
from tiendo.reporting.permissions import can_answer_part, can_settle_part, can_withdraw_dispute
from tiendo.reporting.workflow import EntryStatus, IllegalMove
from tiendo.ui.sentences import Sentence


@transaction.atomic
def answer_part(
    *, part: Part, act: PartAct | str, text: str = "", by: User, at: datetime, number: int | None = None
) -> Part:
    """Confirm, amend or dispute. `number` is that of the submission the person read: a newer one is read first.

    Raises IllegalMove for another submission than was read, for a dispute over an item already accepted, and for an
    answer the part's state does not take.
    """
    act = PartAct(act)
    if act not in ANSWERS:
        raise IllegalMove(_("Hãy chọn một trong ba cách trả lời."))
    part, sent = _locked(part)
    require(can_answer_part(by, part, at=at))
    if number is not None and number != sent.number:
        raise IllegalMove(_("Đơn vị chủ trì vừa gửi lại nội dung này; hãy đọc bản mới rồi trả lời."))
    if act == PartAct.DISPUTE and part.entry.status == EntryStatus.ACCEPTED:
        raise IllegalMove(_("Nội dung này đã được tiếp nhận; hãy trao đổi với cơ quan đầu mối hoặc nêu ở kỳ sau."))
    return _move(part, sent, act, text, by=by, at=at)


@transaction.atomic
def withdraw_dispute(*, part: Part, text: str = "", by: User, at: datetime) -> Part:
    """The unit that disputes lets it go; its part then counts as confirmed."""
    part, sent = _locked(part)
    require(can_withdraw_dispute(by, part))
    return _move(part, sent, PartAct.WITHDRAW, text, by=by, at=at)


@transaction.atomic
def settle_dispute(*, part: Part, reason: str, by: User, at: datetime) -> Part:
    """The coordinator ends a dispute with a reason; what was said stays in the history."""
    part, sent = _locked(part)
    last = part.answers.filter(state=PartState.DISPUTED).order_by("-pk").first()
    require(can_settle_part(by, last.answered_by_id if last else None, sent))
    return _move(part, sent, PartAct.SETTLE, reason, by=by, at=at)


def _locked(part: Part) -> tuple[Part, Submission]:
    """Duty first, then the part: an answer and a sending again wait for each other."""
    duty = locked_duty(Duty(pk=part.entry.duty_id))
    locked = Part.objects.select_for_update(of=("self",)).select_related("entry__task", "unit").get(pk=part.pk)
    locked.entry.duty = duty
    return locked, newest_submissions([locked.entry_id])[locked.entry_id]


def _move(part: Part, sent: Submission, act: PartAct, text: str, *, by: User, at: datetime) -> Part:
    if act in NEED_WORDS and not text.strip():
        require(no(_("Hãy ghi rõ ý kiến để các bên biết cần làm gì.")))
    part.state = part_after(PartState(part.state), act).value
    part.save(update_fields=["state"])
    answer = PartAnswer.objects.create(
        part=part, submission=sent, state=part.state, text=text.strip(), answered_by=by, answered_at=at
    )
    record(
        act=f"reporting.part.{act}",
        subject=f"reporting.part:{part.pk}",
        actor=by.username,
        at=at,
        task=part.entry.task.code,
        unit=part.unit.code,
        submission=sent.pk,
        text=text.strip(),
    )
    _tell(part, answer, by, at)
    return part


def _tell(part: Part, answer: PartAnswer, by: User, at: datetime) -> None:
    """The lead hears of every answer, the coordinator of a dispute, the unit that disputed of how it was settled."""
    duty, on = part.entry.duty, localdate(at)
    to, kind = people_of_unit(duty.unit_id, on=on), Kind.PART_ANSWERED
    if answer.state == PartState.DISPUTED:
        to, kind = to + people_holding_role(Role.COORDINATOR, on=on), Kind.PART_DISPUTED
    report = reverse("reporting:duty-detail", args=[duty.pk]) + f"#{part.entry.task.code}"
    letters = [_letter(part, answer, kind, to, report)]
    if answer.state == PartState.SETTLED:
        letters.append(_letter(part, answer, kind, people_of_unit(part.unit_id, on=on), reverse("reporting:part-list")))
    notify_all(letters=letters, by=by, at=at)


def _letter(part: Part, answer: PartAnswer, kind: Kind, to: list[User], url: str) -> Letter:
    pattern = gettext_noop("{unit}, phần phối hợp trong nhiệm vụ “{task}”: {answer}.")
    answered = PART_WORDS[PartState(answer.state)]
    return Letter(
        kind=kind,
        to=to,
        sentence=Sentence.of(pattern, unit=str(part.unit), task=part.entry.task.title, answer=answered),
        body=answer.text,
        url=url,
        about=f"reporting.part:{part.pk}",
        key=f"part.answer:{answer.pk}",
    )
