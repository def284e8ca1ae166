"""Published evaluations: the board of each group, the working of each unit's score, the facts to compute it again."""

from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from tiendo.evaluation.asking import content_of
from tiendo.evaluation.describing import chapters
from tiendo.evaluation.states import VOICE_WORDS, Voice
from tiendo.portal.released import page
from tiendo.publication.answers import MAX_AGE
from tiendo.publication.evaluation import (
    Evaluation,
    board,
    coverage,
    evaluations,
    find_evaluation,
    open_file,
    working,
)
from tiendo.ui.saying import said
from tiendo.ui.sentences import Sentence

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Open to everybody; may be shown for a minute without asking again."""

    @login_not_required
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response

    return shown


@public
def evaluation(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The newest published one, or the one asked for."""
    every = evaluations()
    chosen = every[0] if every and pk is None else _find(pk) if pk is not None else None
    if chosen is None:
        return page(request, "evaluation_none")
    rows = board(chosen)
    boards = [(name, list(group)) for name, group in groupby(rows, key=lambda row: row["group_name"])]
    context = {"chosen": chosen, "every": every, "boards": boards, "coverage": coverage(chosen)}
    return page(request, "evaluation", context | {"chapters": _chapters(chosen)})


@public
def evaluation_unit(request: HttpRequest, pk: int, unit: str) -> HttpResponse:
    """How one unit's score came about."""
    chosen = _find(pk)
    scored = working(chosen, unit)
    row = next((each for each in board(chosen) if each["unit_code"] == unit), None)
    if scored is None or row is None:
        raise Http404
    criteria = [(each, [_said(line) for line in each.lines]) for each in scored.criteria]
    context = {"chosen": chosen, "row": row, "criteria": criteria, "total": _total(chosen)}
    return page(request, "evaluation_unit", context | {"band_lines": [_said(line) for line in scored.band_lines]})


@public
def evaluation_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts with the scores they give, for `tiendo-recompute`."""
    chosen = _find(pk)
    response = HttpResponse(open_file(chosen), content_type="application/json")
    name = f"danh-gia-{chosen.cycle.year}-{chosen.cycle.pk}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _find(pk: int) -> Evaluation:
    found = find_evaluation(pk)
    if found is None:
        raise Http404
    return found


def _chapters(chosen: Evaluation) -> Any:
    """The set of criteria in words made from the very data that scores."""
    return chapters(content_of(chosen.cycle.criteria.content))


def _total(chosen: Evaluation) -> Any:
    return content_of(chosen.cycle.criteria.content).total


def _said(line: Any) -> str:
    values = dict(line.values)
    if values.get("voice") in list(Voice):
        values["voice"] = said(VOICE_WORDS[Voice(values["voice"])])
    return said(Sentence.of(line.pattern, **values))
