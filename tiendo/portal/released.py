"""What every public page has in common: no sign-in, the release it speaks of, and an answer made once."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tiendo.publication.answers import answer, current
from tiendo.publication.models import Release
from tiendo.publication.queries import current_releases, numbered_release

View = Callable[..., HttpResponse]


def released(view: View) -> Callable[..., HttpResponseBase]:
    """A public view of one release: the one with the newest figures, or the one whose `number` is in the address."""

    @wraps(view)
    def of_first(request: HttpRequest, releases: list[Release], *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, releases[0], *args, **kwargs)

    return released_now(of_first)


def released_now(view: View) -> Callable[..., HttpResponseBase]:
    """A public view of what is public now, the newest release of each plan; or of the one `number` in the address.

    The view is called as view(request, releases, …) and only when the answer has not been made before; of a withdrawn
    release nothing is shown but where to read on.
    """

    @login_not_required
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, number: int | None = None, **kwargs: Any) -> HttpResponseBase:
        now = current()
        if now is None:
            return nothing_yet(request)

        def make() -> HttpResponse:
            releases = current_releases() if number is None else [numbered_or_404(number)]
            if releases[0].status == Release.Status.WITHDRAWN:
                return page(request, "withdrawn", {"release": releases[0]}, status=410)
            return view(request, releases, *args, **kwargs)

        return answer(request, now, make)

    return shown


def numbered_or_404(number: int) -> Release:
    try:
        return numbered_release(number)
    except Release.DoesNotExist as error:
        raise Http404 from error


def nothing_yet(request: HttpRequest) -> HttpResponse:
    """Before the first release the first page says so kindly; other addresses do not exist yet."""
    status = 200 if request.path == reverse("portal:home") else 404
    return page(request, "nothing_yet", status=status)


def page(request: HttpRequest, name: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """A portal template. Messages to a signed-in person never enter a page that is kept for everybody."""
    return render(request, f"portal/{name}.html", {"messages": (), **(context or {})}, status=status)
