"""Addresses of other programs that hear of what happens, for the administrator."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tiendo.accounts.permissions import require
from tiendo.notices import actions
from tiendo.notices.models import Delivery, Endpoint
from tiendo.notices.permissions import can_keep_endpoints
from tiendo.notices.queries import endpoints_with_last
from tiendo.notices.webhooks import secret_of
from tiendo.ui.saying import said
from tiendo.web.notices.forms import EndpointForm
from tiendo.web.requests import SignedInRequest


def endpoint_list(request: SignedInRequest) -> HttpResponse:
    """Every address with what became of its newest event."""
    require(can_keep_endpoints(request.user))
    rows = [(endpoint, _state_words(endpoint)) for endpoint in endpoints_with_last(request.user)]
    return render(request, "web/notices/endpoint_list.html", {"rows": rows})


@never_cache
def endpoint_add(request: SignedInRequest) -> HttpResponse:
    """A new address; its secret stands on the answer and nowhere after."""
    require(can_keep_endpoints(request.user))
    form = EndpointForm(request.POST or None)
    if form.is_valid():
        name, url = form.cleaned_data["name"], form.cleaned_data["url"]
        try:
            endpoint = actions.add_endpoint(
                name=name, url=url, kinds=form.cleaned_kinds(), by=request.user, at=timezone.now()
            )
        except ValidationError as wrong:
            _tell(form, wrong)
        else:
            return _show_secret(request, endpoint)
    return render(request, "web/notices/endpoint_form.html", {"form": form, "endpoint": None})


def endpoint_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its name, address and kinds; and the acts on it."""
    require(can_keep_endpoints(request.user))
    endpoint = _endpoint(request, pk)
    now = {"name": endpoint.name, "url": endpoint.url, "kinds": endpoint.kinds}
    form = EndpointForm(request.POST or None, initial=now)
    if form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "kinds": form.cleaned_kinds()}
        try:
            actions.change_endpoint(endpoint=endpoint, **given, by=request.user, at=timezone.now())
        except ValidationError as wrong:
            _tell(form, wrong)
        else:
            messages.success(request, _("Đã sửa địa chỉ nhận."))
            return redirect("notices:endpoint-list")
    return render(request, "web/notices/endpoint_form.html", {"form": form, "endpoint": endpoint})


@never_cache
@require_POST
def endpoint_renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new secret, shown once."""
    require(can_keep_endpoints(request.user))
    endpoint = actions.renew_secret(endpoint=_endpoint(request, pk), by=request.user, at=timezone.now())
    return _show_secret(request, endpoint)


@require_POST
def endpoint_switch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop sending there, or begin again: the other of what holds now."""
    require(can_keep_endpoints(request.user))
    endpoint = _endpoint(request, pk)
    try:
        actions.switch_endpoint(endpoint=endpoint, is_active=not endpoint.is_active, by=request.user, at=timezone.now())
    except ValidationError:
        messages.error(request, _("Địa chỉ này đang được dùng dưới một tên khác."))
    return redirect("notices:endpoint-change", pk)


@require_POST
def endpoint_try(request: SignedInRequest, pk: int) -> HttpResponse:
    """One event sent now, and what the other side said to it."""
    require(can_keep_endpoints(request.user))
    test = actions.try_endpoint(endpoint=_endpoint(request, pk), by=request.user, at=timezone.now())
    done = actions.deliver(delivery=test, by=request.user, at=timezone.now())
    if done.state == Delivery.State.SENT:
        messages.success(request, _("Hệ thống nhận đã nhận được tin thử."))
    else:
        messages.error(request, _("Tin thử chưa tới nơi. %(reason)s") % {"reason": said(done.error)})
    return redirect("notices:endpoint-change", pk)


def _endpoint(request: SignedInRequest, pk: int) -> Endpoint:
    return get_object_or_404(Endpoint.objects.visible_to(request.user), pk=pk)


def _show_secret(request: SignedInRequest, endpoint: Endpoint) -> HttpResponse:
    context = {"endpoint": endpoint, "secret": secret_of(endpoint)}
    return render(request, "web/notices/endpoint_secret.html", context)


def _state_words(endpoint: Any) -> str:
    return str(Delivery.State(endpoint.last_state).label) if endpoint.last_state else ""


def _tell(form: EndpointForm, wrong: ValidationError) -> None:
    """What the act refused, beside its field where it names one of the form."""
    for name, words in (wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}).items():
        form.add_error(name if name in form.fields else None, words)
