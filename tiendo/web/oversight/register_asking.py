"""A form page of the registers, done when it is whole; what the house refuses stands above it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.oversight.actions.register_papers import Paper
from tiendo.oversight.pilot_workflow import IllegalPilotMove
from tiendo.plans.files import RefusedFile, too_large
from tiendo.plans.models import StoredFile
from tiendo.plans.storage import read_file
from tiendo.ui.saying import said
from tiendo.web.requests import SignedInRequest


def ask(
    request: SignedInRequest,
    form: forms.Form,
    title: str,
    act: Callable[..., object],
    *,
    back: str,
    register: tuple[str, str],
    eyebrow: str = "",
    help_text: str = "",
    template: str = "web/oversight/register_act.html",
    **shown: object,
) -> HttpResponse:
    """Show the form, or do `act` and go `back`. `register`: words and address of the list it belongs to."""
    if form.is_bound and form.is_valid():
        try:
            act(by=request.user, at=timezone.now())
        except (PermissionDenied, IllegalPilotMove, RefusedFile) as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã ghi: %(act)s.") % {"act": title})
            return redirect(back)
    context = {"form": form, "title": title, "back": back, "eyebrow": eyebrow, "help": help_text, **shown}
    context |= {"register_words": register[0], "register_url": register[1]}
    return render(request, template, context, status=422 if form.errors else 200)


def paper_of(upload: Any) -> Paper | None:
    """The file as it was handed in. Raises RefusedFile for one too large, before it is read into memory."""
    if not upload:
        return None
    if (upload.size or 0) > settings.TIENDO_MAX_UPLOAD_BYTES:
        raise RefusedFile(too_large(settings.TIENDO_MAX_UPLOAD_BYTES))
    return Paper(upload.read(), upload.name or "")


def send_file(stored: StoredFile, name: str) -> HttpResponse:
    """A file of a register, always as an attachment."""
    response = HttpResponse(read_file(stored), content_type=stored.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{stored.extension}"'
    return response
