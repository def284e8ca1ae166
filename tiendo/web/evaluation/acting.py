"""How a page does an act of the evaluation: what is refused for the moment is said on the page the reader came from."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from tiendo.evaluation.workflow import IllegalMove
from tiendo.plans.files import RefusedFile
from tiendo.ui.saying import said
from tiendo.web.requests import SignedInRequest


def do(request: SignedInRequest, act: Callable[..., Any], done: str, back: str, pk: int, **given: Any) -> HttpResponse:
    """Do the act as this reader and say so; `back` is the name of the page to return to, by the row's `pk`."""
    did(request, act, done, **given)
    return redirect(back, pk)


def did(request: SignedInRequest, act: Callable[..., Any], done: str, **given: Any) -> bool:
    """Do the act as this reader and say what came of it; whether it was done."""
    try:
        act(by=request.user, at=timezone.now(), **given)
    except (IllegalMove, RefusedFile) as error:
        messages.error(request, said(error))
        return False
    messages.success(request, done)
    return True


def say_faults(request: SignedInRequest, form: Any) -> None:
    """Every fault of a form that stands on a page with others."""
    for field, sentences in form.errors.items():
        name = form.fields[field].label if field in form.fields else ""
        for sentence in sentences:
            messages.error(request, f"{name}: {sentence}" if name else sentence)
