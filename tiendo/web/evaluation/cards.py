"""One card: what the records say of each criterion, what was said by whom, the reader's own word, and objections."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiendo.accounts.permissions import Decision, no
from tiendo.evaluation.actions.judging import save_judgement, submit_card
from tiendo.evaluation.actions.objections import answer_objection, raise_objection
from tiendo.evaluation.asking import Asked, asked_of
from tiendo.evaluation.models import Judgement, Objection, Result, Scorecard
from tiendo.evaluation.permissions import can_answer, can_object, can_say, can_submit_card
from tiendo.evaluation.preview import records_of
from tiendo.evaluation.shaping import plain
from tiendo.evaluation.states import STAGE_WORDS, Stage, Voice
from tiendo.evaluation.workflow import IllegalMove
from tiendo.plans.storage import read_file
from tiendo.ui.saying import said
from tiendo.ui.stamps import carried
from tiendo.web.evaluation.acting import did, do, say_faults
from tiendo.web.evaluation.forms import AnswerForm, ObjectionForm, WordForm
from tiendo.web.evaluation.lines import Shown, addresses, shown
from tiendo.web.requests import SignedInRequest


@dataclass(frozen=True)
class Row:
    """One criterion of the card as this reader meets it."""

    asked: Asked
    points: dict[str, Any]
    lines: list[Shown]
    words: list[Judgement]
    forms: list[WordForm]
    claimed: Judgement | None
    differs: bool


@require_GET
def card_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, find_card(request, pk))


def _page(request: SignedInRequest, card: Scorecard, typed: WordForm | None = None) -> HttpResponse:
    """The card as this reader meets it; a word refused stands as it was `typed`."""
    if not Scorecard.objects.inside_of(request.user).filter(pk=card.pk).exists():
        return redirect("portal:evaluation-unit", card.cycle_id, card.unit.code)
    result = _find_result(request, card)
    may_object = _asked(lambda: can_object(request.user, card, on=timezone.localdate()))
    objections = Objection.objects.visible_to(request.user).filter(scorecard=card)
    asked = asked_of(card.cycle.criteria.content)
    names = {each.code: each.name for each in asked}
    context = {
        "card": card,
        "cycle": card.cycle,
        "stage_words": _(STAGE_WORDS[Stage(card.cycle.stage)]),
        "rows": _rows(request, card, asked, result, typed),
        "result": result,
        "can_submit": _asked(lambda: can_submit_card(request.user, card)),
        "can_object": may_object,
        "objection_form": ObjectionForm(asked=asked) if may_object else None,
        "objections": [
            (each, names.get(each.criterion, each.criterion), _answer_form(request, each))
            for each in objections.select_related("raised_by", "answered_by", "scorecard__cycle")
        ],
    }
    return render(request, "web/evaluation/card_detail.html", context, status=422 if typed else 200)


@require_POST
def card_say(request: SignedInRequest, pk: int) -> HttpResponse:
    card = find_card(request, pk)
    code = request.POST.get("criterion", "")
    asked = next((each for each in asked_of(card.cycle.criteria.content) if each.code == code), None)
    if asked is None:
        raise Http404
    form = WordForm(request.POST, request.FILES, asked=asked)
    done = _("Đã lưu ý kiến về tiêu chí “%(name)s”.") % {"name": asked.name}
    if not form.is_valid():
        say_faults(request, form)
    elif did(request, save_judgement, done, scorecard=card, **form.for_action()):
        return redirect("evaluation:card-detail", pk)
    return _page(request, card, typed=form)


@require_POST
def card_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    card = find_card(request, pk)
    return do(request, submit_card, _("Đã gửi tự đánh giá."), "evaluation:card-detail", pk, scorecard=card)


@require_POST
def card_object(request: SignedInRequest, pk: int) -> HttpResponse:
    card = find_card(request, pk)
    form = ObjectionForm(request.POST, request.FILES, asked=asked_of(card.cycle.criteria.content))
    if not form.is_valid():
        say_faults(request, form)
        return redirect("evaluation:card-detail", pk)
    done = _("Đã gửi ý kiến; cơ quan đầu mối phải trả lời trước khi trình quyết định.")
    return do(request, raise_objection, done, "evaluation:card-detail", pk, scorecard=card, **form.for_action())


@require_POST
def objection_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Objection.objects.visible_to(request.user).select_related("scorecard__cycle")
    objection = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        say_faults(request, form)
        return redirect("evaluation:card-detail", objection.scorecard_id)
    back = objection.scorecard_id
    done = _("Đã trả lời ý kiến.")
    return do(request, answer_objection, done, "evaluation:card-detail", back, objection=objection, **form.for_action())


@require_GET
def judgement_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a word rests on, to whom may read the word."""
    word = get_object_or_404(Judgement.objects.visible_to(request.user).select_related("evidence"), pk=pk)
    return _file(word)


@require_GET
def objection_file(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Objection.objects.visible_to(request.user).select_related("evidence")
    return _file(get_object_or_404(rows, pk=pk))


def find_card(request: SignedInRequest, pk: int) -> Scorecard:
    """The card as this reader may see it, or 404."""
    rows = Scorecard.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("cycle__criteria", "cycle__plan_version__plan", "cycle__opened_by", "unit", "head"), pk=pk
    )


def _file(row: Judgement | Objection) -> HttpResponse:
    if row.evidence is None:
        raise Http404
    response = HttpResponse(read_file(row.evidence), content_type=row.evidence.media_type)
    response["Content-Disposition"] = content_disposition_header(True, row.evidence_name) or "attachment"
    return response


def _find_result(request: SignedInRequest, card: Scorecard) -> Result | None:
    """The newest this reader may see."""
    rows = Result.objects.visible_to(request.user).filter(scorecard=card)
    return rows.select_related("snapshot").order_by("-snapshot__number").first()


def _rows(
    request: SignedInRequest, card: Scorecard, asked: list[Asked], result: Result | None, typed: WordForm | None
) -> list[Row]:
    """Each criterion with what the newest result says of it; before there is one, what the records say now."""
    computed = _computed(request, card, result)
    words: dict[str, list[Judgement]] = {}
    visible = Judgement.objects.visible_to(request.user).current().filter(scorecard=card)
    for word in visible.select_related("said_by", "evidence"):
        words.setdefault(word.criterion, []).append(word)
    places = addresses((line for points in computed.values() for line in points["lines"]), request.user)
    voices = _voices(request, card)
    forms = {each.code: _forms(each, words, voices, request, typed) for each in asked}
    return [_row(each, computed.get(each.code), words.get(each.code, []), places, forms[each.code]) for each in asked]


def _computed(request: SignedInRequest, card: Scorecard, result: Result | None) -> dict[str, Any]:
    if result is not None:
        return {points["code"]: points for points in result.working["criteria"]}
    own = Scorecard.objects.own_of(request.user).filter(pk=card.pk).exists()
    if not own and not request.user.access.reads_everything and not _voices(request, card):
        return {}
    _facts, found = records_of(card, card.cycle, at=timezone.now())
    return {code: plain(points) for code, points in found.items()}


def _row(asked: Asked, points: Any, words: list[Judgement], places: Any, forms: list[WordForm]) -> Row:
    claim = next((each for each in words if each.voice == Voice.SELF), None)
    others = [each for each in words if each.voice != Voice.SELF]
    differs = claim is not None and any((each.level, each.value) != (claim.level, claim.value) for each in others)
    lines = [shown(line, places) for line in points["lines"]] if points else []
    return Row(asked, points or {}, lines, words, forms, claim, differs)


def _voices(request: SignedInRequest, card: Scorecard) -> list[Voice]:
    """With which voices this reader may speak on the card now."""
    return [voice for voice in Voice if _asked(lambda voice=voice: can_say(request.user, card, voice))]


def _forms(
    asked: Asked,
    words: dict[str, list[Judgement]],
    voices: Iterable[Voice],
    request: SignedInRequest,
    typed: WordForm | None,
) -> list[WordForm]:
    made = []
    for voice in voices:
        if not asked.needs_word or (voice in (Voice.ASSESSOR, Voice.REFEREE) and not asked.is_judged):
            continue
        mine = [each for each in words.get(asked.code, []) if each.voice == voice]
        if voice in (Voice.ASSESSOR, Voice.REFEREE):
            mine = [each for each in mine if each.said_by_id == request.user.pk]
        said_before = mine[-1] if mine else None
        initial: dict[str, Any] = {"voice": voice.value, "criterion": asked.code, "seen": "0"}
        if said_before is not None:
            initial |= {"level": said_before.level, "value": said_before.value, "reason": said_before.reason}
            initial["seen"] = str(said_before.number)
        again = _typed_again(typed, initial)
        made.append(WordForm(again, asked=asked, initial=initial, auto_id=f"{asked.code}-{voice}-%s"))
    return made


def _typed_again(typed: WordForm | None, initial: dict[str, Any]) -> dict[str, Any] | None:
    """What was typed into this form and refused, none for the other forms of the card."""
    if typed is None or any(typed.data.get(name) != initial[name] for name in ("voice", "criterion")):
        return None
    return dict(typed.data.items()) | {"seen": carried(typed.data.get("seen"), initial["seen"], fit=typed.is_valid())}


def _answer_form(request: SignedInRequest, objection: Objection) -> AnswerForm | None:
    if objection.answer is not None or not _asked(lambda: can_answer(request.user, objection)):
        return None
    return AnswerForm(auto_id=f"tra-loi-{objection.pk}-%s")


def _asked(question: Any) -> Decision:
    """A decision, where an act the stage does not know is simply no."""
    try:
        answer: Decision = question()
    except IllegalMove as error:
        return no(said(error))
    return answer
