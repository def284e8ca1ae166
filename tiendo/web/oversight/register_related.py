"""Programmes and plans in force that touch this one: who reviews them by when, what was found (R015)."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.accounts.permissions import require
from tiendo.orgs.models import Unit
from tiendo.oversight.actions import related as actions
from tiendo.oversight.plan_calls import REVIEW_STANDING_WORDS, ReviewStanding
from tiendo.oversight.register_queries import related_visible_to, review_lines
from tiendo.oversight.register_rules import can_keep_registers, can_review_related
from tiendo.plans.detailing import main_plans
from tiendo.plans.models import Plan
from tiendo.web.oversight.register_asking import ask
from tiendo.web.oversight.register_forms import RelatedForm, ReviewForm
from tiendo.web.requests import SignedInRequest

LOOKS = {
    ReviewStanding.REVIEWED: "accepted",
    ReviewStanding.REVIEWED_LATE: "published_late",
    ReviewStanding.DUE: "not_due",
    ReviewStanding.LATE: "overdue",
}


@require_GET
def related_list(request: SignedInRequest) -> HttpResponse:
    """The register; the numbers on top open the list they count."""
    lines = review_lines(request.user, on=timezone.localdate())
    counts = Counter(line.standing for line in lines)
    asked = request.GET.get("tinh_trang", "")
    context = {
        "counts": [
            (each.value, _(REVIEW_STANDING_WORDS[each]), counts[each], each.value == asked) for each in ReviewStanding
        ],
        "total": len(lines),
        "asked": asked,
        "rows": [
            {
                "line": line,
                "look": LOOKS[line.standing],
                "words": _(REVIEW_STANDING_WORDS[line.standing]),
                "may_review": can_review_related(request.user, line.programme),
            }
            for line in lines
            if asked in ("", line.standing.value)
        ],
        "may_keep": can_keep_registers(request.user),
    }
    return render(request, "web/oversight/related_list.html", context)


@require_http_methods(["GET", "POST"])
def related_add(request: SignedInRequest) -> HttpResponse:
    """The coordinator puts a programme in the register."""
    require(can_keep_registers(request.user))
    rows = {
        "plan": main_plans(Plan.objects.visible_to(request.user)),
        "reviewer": Unit.objects.visible_to(request.user).in_force(timezone.localdate()),
    }
    form = RelatedForm(request.POST or None, rows=rows)
    back = reverse("oversight:related-list")
    return ask(
        request,
        form,
        _("Ghi chương trình, kế hoạch cần rà soát"),
        lambda **who: actions.add_related(**form.cleaned_data, **who),
        back=back,
        register=(_("Chương trình, kế hoạch liên quan"), back),
    )


@require_http_methods(["GET", "POST"])
def related_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """The reviewing unit says what it found."""
    programme = get_object_or_404(related_visible_to(request.user), pk=pk)
    require(can_review_related(request.user, programme))
    known = {name: getattr(programme, name) for name in ("outcome", "reason", "replaced_by")}
    form = ReviewForm(request.POST or None, initial=known)
    back = reverse("oversight:related-list")
    return ask(
        request,
        form,
        _("Ghi kết quả rà soát"),
        lambda **who: actions.review_related(programme=programme, **form.cleaned_data, **who),
        back=back,
        register=(_("Chương trình, kế hoạch liên quan"), back),
        eyebrow=str(programme),
    )
