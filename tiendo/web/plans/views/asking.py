"""A small form page for one act: asked once, done when the form is whole, and nothing typed is lost on a refusal."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.web.requests import SignedInRequest


def ask(
    request: SignedInRequest,
    form: forms.Form,
    title: str,
    act: Callable[..., object],
    *,
    back: str,
    template: str,
    shown: Mapping[str, object],
) -> HttpResponse:
    """Show the form, or do `act` and go `back`; what the house refuses stands above the form."""
    if form.is_valid():
        try:
            act(by=request.user, at=timezone.now())
        except PermissionDenied as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã ghi: %(act)s.") % {"act": title})
            return redirect(back)
    return render(request, template, {"form": form, "title": title, **shown})
