"""Whether letters and events arrive, for the administrator."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tiendo.accounts.permissions import require
from tiendo.notices import actions
from tiendo.notices.models import Delivery
from tiendo.notices.outbox import outbox
from tiendo.notices.permissions import can_keep_endpoints
from tiendo.notices.queries import delivery_counts
from tiendo.web.notices.forms import DeliveryFilter
from tiendo.web.requests import SignedInRequest

PAGE = 50
SHOWN = (Delivery.State.WAITING, Delivery.State.FAILED, Delivery.State.GIVEN_UP, Delivery.State.SENT)
TONES = {Delivery.State.GIVEN_UP: "danger", Delivery.State.FAILED: "warn"}


def delivery_list(request: SignedInRequest) -> HttpResponse:
    """What left the house, what waits, and why something did not arrive."""
    require(can_keep_endpoints(request.user))
    form = DeliveryFilter(request.GET)
    deliveries = Delivery.objects.visible_to(request.user).select_related("user", "endpoint").order_by("-pk")
    counts = delivery_counts(request.user)
    context = {
        "form": form,
        "page": Paginator(form.deliveries(deliveries), PAGE).get_page(request.GET.get("page")),
        "counts": [(state, counts.get(state, 0), TONES.get(state, "") if counts.get(state) else "") for state in SHOWN],
        "outbox": outbox() if settings.EMAIL_BACKEND.startswith("tiendo.notices.outbox") else None,
    }
    return render(request, "web/notices/delivery_list.html", context)


@require_POST
def delivery_retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """What kept it from arriving was mended."""
    require(can_keep_endpoints(request.user))
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    actions.try_again(delivery=delivery, by=request.user, at=timezone.now())
    messages.success(request, _("Sẽ gửi lại trong ít phút."))
    return redirect("notices:delivery-list")
