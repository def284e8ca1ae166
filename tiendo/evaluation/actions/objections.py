"""A unit does not agree with its card; another person answers, with reasons, before anything is decided."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.evaluation.actions.judging import EVIDENCE_TYPES, locked_card
from tiendo.evaluation.asking import asked_of
from tiendo.evaluation.models import Objection, Scorecard
from tiendo.evaluation.permissions import can_answer, can_object
from tiendo.evaluation.states import Answer
from tiendo.evaluation.telling import tell_answered, tell_raised
from tiendo.evaluation.workflow import IllegalMove
from tiendo.plans.files import FileKind, inspect_file
from tiendo.plans.storage import store_file


def raise_objection(
    *, scorecard: Scorecard, criterion: str, text: str, by: User, at: datetime, data: bytes = b"", name: str = ""
) -> Objection:
    """The head says what is wrong with one criterion of the card, until the end of the last day of the window."""
    require(can_object(by, scorecard, on=localdate(at)))
    kind = inspect_file(data, name, allowed=EVIDENCE_TYPES) if data else None
    return _keep(scorecard, criterion, text, data, name, kind, by=by, at=at)


@transaction.atomic
def _keep(
    scorecard: Scorecard,
    criterion: str,
    text: str,
    data: bytes,
    name: str,
    kind: FileKind | None,
    *,
    by: User,
    at: datetime,
) -> Objection:
    card = locked_card(scorecard)
    require(can_object(by, card, on=localdate(at)))
    if not text.strip():
        require(no(_("Hãy ghi rõ điều đơn vị không thống nhất.")))
    if criterion not in {each.code for each in asked_of(card.cycle.criteria.content)}:
        raise IllegalMove(_("Bộ tiêu chí không có tiêu chí này."))
    stored = store_file(data, extension=kind.extension, media_type=kind.media_type, at=at) if kind else None
    objection = Objection.objects.create(
        scorecard=card,
        criterion=criterion,
        text=text.strip(),
        evidence=stored,
        evidence_name=name if kind else "",
        raised_by=by,
        raised_at=at,
    )
    _record("raise", objection, by, at, text=objection.text)
    tell_raised(objection, by=by, at=at)
    return objection


@transaction.atomic
def answer_objection(*, objection: Objection, answer: Answer, text: str, by: User, at: datetime) -> Objection:
    """Granted, partly or not, with reasons, by somebody who neither raised it nor judged the criterion.

    A granted one lets the assessors of the criterion speak again, or facts be corrected where they stand; nothing on
    the card changes by the answer alone.
    """
    card = locked_card(objection.scorecard)
    objection = Objection.objects.select_for_update(of=("self",)).select_related("raised_by").get(pk=objection.pk)
    objection.scorecard = card
    require(can_answer(by, objection))
    if not text.strip():
        require(no(_("Hãy ghi lý do của câu trả lời.")))
    if objection.answer is not None:
        raise IllegalMove(_("Ý kiến này đã được trả lời."))
    objection.answer, objection.answer_text = answer.value, text.strip()
    objection.answered_by, objection.answered_at = by, at
    objection.save(update_fields=["answer", "answer_text", "answered_by", "answered_at"])
    _record("answer", objection, by, at, answer=answer.value, text=objection.answer_text)
    tell_answered(objection, by=by, at=at)
    return objection


def _record(verb: str, objection: Objection, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"evaluation.objection.{verb}",
        subject=f"evaluation.objection:{objection.pk}",
        actor=by.username,
        at=at,
        unit=objection.scorecard.unit.code,
        criterion=objection.criterion,
        **detail,
    )
