"""A form page for one act on an indicator or a programme; what the house refuses stands in the form."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.web.requests import SignedInRequest


def posted(request: SignedInRequest) -> QueryDict | None:
    """What was typed; None while the form is only shown."""
    return request.POST if request.method == "POST" else None


def ask(
    request: SignedInRequest,
    form: forms.Form,
    title: str,
    act: Callable[..., object],
    *,
    back: str | Callable[[], str],
    shown: Mapping[str, object],
    template: str = "web/indicators/act.html",
) -> HttpResponse:
    """Show the form, or do `act(by=, at=)` and go `back`."""
    if request.method == "POST" and form.is_valid():
        try:
            act(by=request.user, at=timezone.now())
        except PermissionDenied as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            _say(form, error)
        else:
            messages.success(request, _("Đã ghi: %(act)s.") % {"act": title})
            return redirect(back if isinstance(back, str) else back())
    context = {"form": form, "title": title, "back": back if isinstance(back, str) else "", **shown}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def _say(form: forms.Form, error: ValidationError) -> None:
    """Each sentence at its field; what no field of the form stands for, above it."""
    told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, sentences in told.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
