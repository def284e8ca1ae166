"""How a page does an act of an inspection: what is refused for the moment is said where the reader came from."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from tiendo.oversight.followup_workflow import IllegalMove as IllegalFollowUp
from tiendo.oversight.inspection_workflow import IllegalMove
from tiendo.oversight.models import Inspection
from tiendo.plans.files import RefusedFile
from tiendo.ui.saying import said
from tiendo.web.requests import SignedInRequest

REFUSED = (IllegalMove, IllegalFollowUp, RefusedFile)


def find_inspection(request: SignedInRequest, pk: int) -> Inspection:
    """One the reader may see, with what its page shows."""
    rows: QuerySet[Inspection] = Inspection.objects.visible_to(request.user).select_related(
        "plan", "programme", "unit", "recorded_by", "concluded_by", "decision_file", "conclusion_file"
    )
    return get_object_or_404(rows, pk=pk)


def did(request: SignedInRequest, form: forms.Form, act: Callable[..., Any], done: str, **given: Any) -> Any:
    """The act's own answer, or None with the reason in the form; an act not for this reader raises."""
    try:
        made = act(by=request.user, at=timezone.now(), **given)
    except REFUSED as error:
        form.add_error(None, said(error))
        return None
    messages.success(request, done)
    return made


def act_and_return(request: SignedInRequest, pk: int, act: Callable[..., Any], done: str, **given: Any) -> HttpResponse:
    """Do an act of a form of the inspection's page, say what came of it, and show the page again."""
    try:
        act(by=request.user, at=timezone.now(), **given)
    except REFUSED as error:
        messages.error(request, said(error))
    else:
        messages.success(request, done)
    return redirect("oversight:inspection-detail", pk)


def say_faults(request: SignedInRequest, form: forms.Form, pk: int) -> HttpResponse:
    """What must be mended in a form that stands on the page with others."""
    for name, sentences in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for sentence in sentences:
            messages.error(request, f"{label}: {sentence}" if label else str(sentence))
    return redirect("oversight:inspection-detail", pk)
