"""Targets of a plan and shipped catalogues before they are followed: looked at, edited, taken by the coordinator."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.indicators import catalogues
from tiendo.indicators.actions.taking import take_catalogue, take_proposals, take_row, terms_for
from tiendo.indicators.aims import line_text
from tiendo.indicators.models import Indicator
from tiendo.indicators.permissions import can_define_indicators
from tiendo.indicators.rows import Parts
from tiendo.indicators.taking import CHANGE_WORDS, Change, Proposal, gone, proposals
from tiendo.intake.extraction.target_cells import parse_target
from tiendo.plans.models import Plan
from tiendo.web.indicators.asking import ask, posted
from tiendo.web.indicators.forms import PassportForm, initial_of
from tiendo.web.indicators.passports import FORM
from tiendo.web.indicators.target_forms import RowTargetForm
from tiendo.web.requests import SignedInRequest


@require_GET
def proposal_plans(request: SignedInRequest) -> HttpResponse:
    """Where indicators may be taken from: the plans, and the catalogues shipped."""
    require(can_define_indicators(request.user))
    shipped = [(name, catalogues.read(name)) for name in catalogues.names()]
    known = set(Indicator.objects.exclude(catalogue="").values_list("code", flat=True))
    rows = [(name, each, sum(1 for entry in each.entries if entry.code in known)) for name, each in shipped]
    context = {"plans": Plan.objects.visible_to(request.user), "catalogues": rows}
    return render(request, "web/indicators/proposal_plans.html", context)


@require_POST
def catalogue_take(request: SignedInRequest, name: str) -> HttpResponse:
    """Define what a catalogue has and we do not."""
    require(can_define_indicators(request.user))
    if name not in catalogues.names():
        raise Http404
    taken = take_catalogue(name=name, by=request.user, at=timezone.now())
    told = {"new": taken.new, "same": taken.same}
    messages.success(request, _("Đã lập %(new)d chỉ tiêu; %(same)d chỉ tiêu đã có từ trước.") % told)
    return redirect("indicators:proposal-plans")


@require_http_methods(["GET", "POST"])
def proposal_list(request: SignedInRequest, plan: str) -> HttpResponse:
    """What the plan says beside what is followed; the coordinator ticks what to take."""
    require(can_define_indicators(request.user))
    found = get_object_or_404(Plan.objects.visible_to(request.user), code=plan)
    rows = proposals(found, read)
    if request.method == "POST":
        _take(request, found, rows)
        return redirect("indicators:proposal-list", found.code)
    context = {
        "plan": found,
        "rows": [(each, _(CHANGE_WORDS[each.change]), _now(each), _was(each)) for each in rows],
        "counts": [(_(CHANGE_WORDS[change]), sum(1 for each in rows if each.change is change)) for change in Change],
        "gone": gone(found),
    }
    return render(request, "web/indicators/proposal_list.html", context)


@require_http_methods(["GET", "POST"])
def proposal_edit(request: SignedInRequest, plan: str, key: str) -> HttpResponse:
    """One target, completed or corrected by hand before it is taken."""
    require(can_define_indicators(request.user))
    found = get_object_or_404(Plan.objects.visible_to(request.user), code=plan)
    row = next((each.row for each in proposals(found, read) if each.row.key == key and each.indicator is None), None)
    if row is None:
        raise Http404
    terms = terms_for(row)
    initial = initial_of(terms) | {"rests_on": found.title}
    form = PassportForm(posted(request), initial=initial, unit_codes=[terms.unit_code])
    aim = row.aims[0] if row.aims else None
    target = RowTargetForm(posted(request), prefix="dich", aim=aim, several=len(row.aims) > 1)

    def act(**who: Any) -> object:
        target.is_valid()
        if target.errors:
            raise ValidationError(_("Hãy xem lại phần mục tiêu."))
        aims = row.aims if target.several else target.aims(row.printed)
        return take_row(plan=found, row=replace(row, aims=aims), terms=form.terms, **who)

    shown = {"row": row, "target_form": target}
    back = reverse("indicators:proposal-list", args=[found.code])
    return ask(request, form, _("Nhận chỉ tiêu từ kế hoạch"), act, back=back, shown=shown, template=FORM)


def read(text: str) -> Parts:
    """An amount as printed, taken apart by the reader that imports use."""
    parts: Sequence[Any] = parse_target(text)["parts"]  # type: ignore[assignment]
    return parts


def _take(request: SignedInRequest, plan: Plan, rows: list[Proposal]) -> None:
    """Take what was ticked, and say how many; what cannot be taken as it is says so."""
    ticked = set(request.POST.getlist("dong"))
    chosen = [each for each in rows if each.row.key in ticked and each.change is not Change.SAME]
    try:
        taken = take_proposals(plan=plan, chosen=chosen, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    told = {"new": taken.new, "changed": taken.changed}
    messages.success(request, _("Đã lập %(new)d chỉ tiêu, ghi mục tiêu mới cho %(changed)d chỉ tiêu.") % told)


def _now(proposal: Proposal) -> str:
    return "; ".join(
        " ".join(filter(None, [line_text(aim), aim.category, f"({aim.due_on.year})"])) for aim in proposal.row.aims
    )


def _was(proposal: Proposal) -> str:
    return "; ".join(line_text(aim) for aim in proposal.was)
