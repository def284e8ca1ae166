"""Words on the criteria of a card: the unit's own, the coordinator's, two assessors' and a referee's."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.evaluation.asking import Asked, allowance_of, asked_of
from tiendo.evaluation.models import Judgement, Scorecard
from tiendo.evaluation.permissions import act_of, can_say, can_submit_card, is_upheld
from tiendo.evaluation.states import Voice
from tiendo.evaluation.workflow import Act, IllegalMove, Outcome, outcome_of
from tiendo.plans.files import FileKind, inspect_file
from tiendo.plans.storage import store_file
from tiendo.ui.stamps import CHANGED, is_older

EVIDENCE_TYPES = frozenset({"pdf", "docx", "xlsx", "png", "jpg", "txt"})


def save_judgement(
    *,
    scorecard: Scorecard,
    criterion: str,
    voice: Voice,
    reason: str,
    by: User,
    at: datetime,
    level: int | None = None,
    value: Decimal | None = None,
    data: bytes = b"",
    name: str = "",
    seen: str | None = None,
) -> Judgement:
    """Say one's word on a criterion: a level of its rubric, or a quantity, with the reason and perhaps a file.

    A changed mind is the next number and the word before it stays. `seen` is the number of the word the page showed, 0
    for none. Raises IllegalMove for an older page and where the stage, or what was said by others, no longer lets this
    voice speak; RefusedFile for a file that is not what it says.
    """
    require(can_say(by, scorecard, voice, criterion))
    kind = inspect_file(data, name, allowed=EVIDENCE_TYPES) if data else None
    given = _Given(criterion, voice, reason.strip(), level, value, data, name, kind, seen)
    return _keep(scorecard, given, by=by, at=at)


class _Given:
    """What somebody says, checked as far as it can be without the rows."""

    def __init__(
        self,
        criterion: str,
        voice: Voice,
        reason: str,
        level: int | None,
        value: Decimal | None,
        data: bytes,
        name: str,
        kind: FileKind | None,
        seen: str | None,
    ) -> None:
        self.criterion, self.voice, self.reason = criterion, voice, reason
        self.level, self.value = level, value
        self.data, self.name, self.kind = data, name, kind
        self.seen = seen


@transaction.atomic
def _keep(scorecard: Scorecard, given: _Given, *, by: User, at: datetime) -> Judgement:
    card = locked_card(scorecard)
    require(can_say(by, card, given.voice, given.criterion))
    asked = _asked(card, given.criterion)
    _require_fit(asked, given)
    _require_turn(card, given, by)
    before = _before(card, given, by)
    judgement = Judgement.objects.create(
        scorecard=card,
        criterion=given.criterion,
        voice=given.voice,
        number=(before.number if before else 0) + 1,
        level=given.level,
        value=given.value,
        reason=given.reason,
        said_by=by,
        said_at=at,
        **_evidence(given, before, at),
    )
    record(
        act="evaluation.judgement.save",
        subject=f"evaluation.scorecard:{card.pk}",
        actor=by.username,
        at=at,
        criterion=given.criterion,
        voice=given.voice.value,
        number=judgement.number,
        level=given.level,
        value=given.value,
        reason=given.reason,
    )
    return judgement


@transaction.atomic
def submit_card(*, scorecard: Scorecard, by: User, at: datetime) -> Scorecard:
    """The head sends the unit's own assessment; from then on it stands as it is.

    Raises IllegalMove naming the criteria on which the unit has not said a word.
    """
    card = locked_card(scorecard)
    require(can_submit_card(by, card))
    said = set(Judgement.objects.current().filter(scorecard=card, voice=Voice.SELF).values_list("criterion", flat=True))
    missing = [each.name for each in asked_of(card.cycle.criteria.content) if each.needs_word and each.code not in said]
    if missing:
        raise IllegalMove(_("Chưa tự đánh giá: %(names)s.") % {"names": "; ".join(missing)})
    card.submitted_by, card.submitted_at = by, at
    card.save(update_fields=["submitted_by", "submitted_at"])
    record(
        act="evaluation.card.submit",
        subject=f"evaluation.scorecard:{card.pk}",
        actor=by.username,
        at=at,
        unit=card.unit.code,
        criteria=sorted(said),
    )
    return card


def locked_card(card: Scorecard) -> Scorecard:
    """The card and its cycle under lock: words come one after the other, and none while the cycle is decided."""
    rows = Scorecard.objects.select_for_update(of=("self", "cycle"), no_key=True)
    return rows.select_related("cycle__criteria", "cycle__opened_by", "unit", "head").get(pk=card.pk)


def _asked(card: Scorecard, criterion: str) -> Asked:
    found = [each for each in asked_of(card.cycle.criteria.content) if each.code == criterion]
    if not found:
        raise IllegalMove(_("Bộ tiêu chí không có tiêu chí này."))
    return found[0]


def _require_fit(asked: Asked, given: _Given) -> None:
    """A level of the rubric for a judged criterion; a computed one takes only a quantity the unit claims, or words."""
    if not given.reason:
        require(no(_("Hãy ghi căn cứ, lý do.")))
    if asked.is_judged:
        if given.level not in asked.numbers:
            require(no(_("Hãy chọn một mức trong thang đánh giá của tiêu chí.")))
    elif given.level is not None:
        require(no(_("Tiêu chí này tính từ số liệu, không chấm theo mức.")))
    if not asked.is_judged and given.voice in (Voice.ASSESSOR, Voice.REFEREE):
        raise IllegalMove(_("Tiêu chí này tính từ số liệu nên không cần thẩm định theo mức."))


def _require_turn(card: Scorecard, given: _Given, by: User) -> None:
    """Assessors speak until two have; then a referee where they differ too far; then again only after an objection."""
    if given.voice not in (Voice.ASSESSOR, Voice.REFEREE):
        return
    if act_of(given.voice, card) == Act.ASSESS_AGAIN:
        _require_reopened(card, given, by)
        return
    words = levels_of(card, given.criterion)
    outcome = outcome_of(list(words.values()), allowed=asked_allowance(card))
    if given.voice == Voice.REFEREE and outcome != Outcome.APART:
        raise IllegalMove(_("Hai người thẩm định chưa lệch nhau quá mức cho phép nên chưa cần người thứ ba."))
    if given.voice == Voice.REFEREE and by.pk in words:
        raise IllegalMove(_("Bạn đã thẩm định tiêu chí này; người khác phải chấm lần ba."))
    if given.voice == Voice.ASSESSOR and outcome != Outcome.WAITING:
        raise IllegalMove(_("Đã đủ hai ý kiến thẩm định; ý kiến đã nêu giữ nguyên."))


def _require_reopened(card: Scorecard, given: _Given, by: User) -> None:
    if not is_upheld(card, given.criterion):
        raise IllegalMove(_("Tiêu chí này không có ý kiến nào được chấp nhận nên điểm thẩm định giữ nguyên."))
    said = Judgement.objects.current().filter(scorecard=card, criterion=given.criterion, voice=given.voice)
    if not said.filter(said_by=by).exists():
        raise IllegalMove(_("Chỉ người đã thẩm định tiêu chí này mới chấm lại."))


def levels_of(card: Scorecard, criterion: str, voice: Voice = Voice.ASSESSOR) -> dict[int, int]:
    """Person → the level said in force on the criterion."""
    rows = Judgement.objects.current().filter(scorecard=card, criterion=criterion, voice=voice, level__isnull=False)
    return {pk: level for pk, level in rows.values_list("said_by", "level") if level is not None}


def asked_allowance(card: Scorecard) -> int:
    """How far apart two assessors may be before a referee speaks, as the set says."""
    return allowance_of(card.cycle.criteria.content)


def _before(card: Scorecard, given: _Given, by: User) -> Judgement | None:
    """What stands before: of a unit whoever wrote it, of others one's own; it is no longer the current word."""
    rows = Judgement.objects.select_for_update().filter(scorecard=card, criterion=given.criterion, voice=given.voice)
    if given.voice not in (Voice.SELF, Voice.COORDINATOR):
        rows = rows.filter(said_by=by)
    before = rows.order_by("-number").first()
    if is_older(given.seen, str(before.number if before else 0)):
        raise IllegalMove(_(CHANGED))
    if before is not None:
        rows.filter(is_current=True).update(is_current=False)
    return before


def _evidence(given: _Given, before: Judgement | None, at: datetime) -> dict[str, object]:
    """The file given now, or the one the word before rested on."""
    if given.kind is None:
        return {"evidence": before.evidence, "evidence_name": before.evidence_name} if before else {}
    stored = store_file(given.data, extension=given.kind.extension, media_type=given.kind.media_type, at=at)
    return {"evidence": stored, "evidence_name": given.name}
