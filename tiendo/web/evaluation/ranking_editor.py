"""The editor of how a draft ranks: overall bands, a limit on one, groups compared, bounds. Works without scripts."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.forms import BaseForm, BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tiendo.evaluation.criteria import Content
from tiendo.evaluation.describing import ranking_chapters
from tiendo.evaluation.sets import content_of_set
from tiendo.web.evaluation import ranking_editing as editing
from tiendo.web.evaluation.criteria import said_chapters
from tiendo.web.evaluation.criteria_editor import find_draft, saved
from tiendo.web.evaluation.ranking_forms import GroupRows, OverallRows, RankingForm
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def criteria_ranking(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bands, limit, groups and bounds in one form, saved together, each fault at its field."""
    criteria = find_draft(request, pk)
    content, given = content_of_set(criteria), request.POST or None
    form = RankingForm(given, content=content, initial=editing.ranking_initial(content))
    bands = OverallRows(given, prefix="band", initial=editing.band_rows(content), total=content.total)
    groups = GroupRows(given, prefix="group", initial=editing.group_rows(content))
    valid = [part.is_valid() for part in (form, bands, groups)]  # each is asked, so that all faults are shown at once
    if request.method == "POST" and all(valid) and saved(request, criteria, _made(content, form, bands, groups), form):
        return redirect("evaluation:criteria-ranking", pk)
    context = {
        "criteria": criteria,
        "form": form,
        "whole": _Whole([*bands.forms, form, *groups.forms]),
        "bands": bands,
        "groups": groups,
        "chapters": said_chapters(ranking_chapters(content)),
    }
    return render(request, "web/evaluation/criteria_ranking.html", context, status=422 if given else 200)


class _Whole:
    """Several forms sent together, as the summary of faults reads one."""

    is_bound = True

    def __init__(self, parts: Sequence[BaseForm]) -> None:
        self.parts = parts

    def __iter__(self) -> Iterator[BoundField]:
        return (bound for part in self.parts for bound in part)

    def non_field_errors(self) -> list[str]:
        return [str(error) for part in self.parts for error in part.non_field_errors()]


def _made(content: Content, form: Any, bands: Any, groups: Any) -> Content:
    rows = [[(place, row.cleaned_data) for place, row in part.kept] for part in (bands, groups)]
    return editing.with_ranking(content, form.cleaned_data, *rows)
