"""Acts on amendments answered alike: a refusal becomes a sentence on the page one came from."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from tiendo.oversight.amendment_workflow import IllegalMove
from tiendo.plans.files import RefusedFile
from tiendo.ui.saying import said
from tiendo.web.requests import SignedInRequest


def act_and_return(
    request: SignedInRequest, act: Callable[..., Any], done: str, *to: Any, **given: Any
) -> HttpResponse:
    """Do the act, say what came of it, and go to the address `to` names."""
    try:
        act(by=request.user, at=timezone.now(), **given)
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, done)
    return redirect(*to)


def try_act(request: SignedInRequest, form: Form, act: Callable[..., Any], **given: Any) -> Any:
    """What the act gives; None where it is not possible now: the form then says why, and keeps what was typed."""
    try:
        return act(by=request.user, at=timezone.now(), **given)
    except (IllegalMove, RefusedFile) as error:
        form.add_error("file" if isinstance(error, RefusedFile) else None, said(error))
        return None


def upload_of(form: Form) -> dict[str, Any]:
    """The file handed in, as acts take it."""
    file = form.cleaned_data.get("file")
    return {"data": file.read(), "name": file.name} if file else {}


def asked_kind(request: SignedInRequest) -> str:
    """The kind of change, from the address or from the form itself."""
    return request.GET.get("viec") or request.POST.get("viec", "")
