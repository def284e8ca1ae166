"""While a file is read: how far it has come, and why it could not be read."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect

from tiendo.accounts.permissions import require
from tiendo.intake.models import Import
from tiendo.intake.permissions import can_import, can_see_imports
from tiendo.web.intake.answers import source_of
from tiendo.web.requests import SignedInRequest


@require_GET
def import_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks again each second while the file is read, then goes on to the review."""
    require(can_see_imports(request.user))
    source = source_of(request, pk)
    if source.status not in (Import.Status.READING, Import.Status.UNREADABLE):
        ready = reverse("intake:import-review", args=[pk])
        return HttpResponseClientRedirect(ready) if request.htmx else redirect(ready)  # type: ignore[attr-defined]
    context = {
        "source": source,
        "is_reading": source.status == Import.Status.READING,
        "can_import": bool(can_import(request.user, source)),
    }
    part = "_progress" if request.htmx else "import_progress"  # type: ignore[attr-defined]
    return render(request, f"web/intake/{part}.html", context)
