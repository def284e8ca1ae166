"""The list of things units must do: counts that open lists, filters, and the same as a workbook."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.followup_permissions import can_direct
from tiendo.oversight.followup_queries import (
    SHOWN_WORDS,
    SOURCE_WORDS,
    Narrowed,
    Shown,
    Source,
    condition_of,
    counts_of,
    for_list,
    narrowed,
)
from tiendo.oversight.models import FollowUp
from tiendo.papers.workbook import Kind, Sheet, SheetColumn, render_workbook
from tiendo.plans.files import MEDIA_TYPES
from tiendo.plans.models import Plan
from tiendo.reporting.papers.letterheads import is_illustrative
from tiendo.web.requests import SignedInRequest

PAGE = 25


class FollowUpFilter(forms.Form):
    """What the reader narrows the list to; a value nobody knows narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Có chữ"), required=False, max_length=200)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Đơn vị"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Mọi đơn vị"),
    )
    source = forms.ChoiceField(label=gettext_lazy("Từ đâu"), required=False)
    plan = forms.ModelChoiceField(
        label=gettext_lazy("Kế hoạch"),
        queryset=Plan.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Mọi kế hoạch"),
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        seen = FollowUp.objects.visible_to(user).order_by()
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=seen.values("unit"))  # type: ignore[attr-defined]
        self.fields["plan"].queryset = Plan.objects.filter(pk__in=seen.values("plan"))  # type: ignore[attr-defined]
        sources = [("", gettext_lazy("Mọi nguồn")), *((each.value, _(SOURCE_WORDS[each])) for each in Source)]
        self.fields["source"].choices = sources  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> Narrowed:
        self.is_valid()
        asked = self.cleaned_data
        unit, plan = asked.get("unit"), asked.get("plan")
        words, source = asked.get("q", ""), asked.get("source", "")
        return Narrowed(plan.pk if plan else None, unit.pk if unit else None, source, words)


@require_GET
def follow_up_list(request: SignedInRequest) -> HttpResponse:
    today, form = timezone.localdate(), FollowUpFilter(request.GET, user=request.user)
    items = narrowed(FollowUp.objects.visible_to(request.user), form.narrowed)
    counts, shown = counts_of(items, today), shown_of(request)
    rows = for_list(items.filter(condition_of(shown, today))).order_by(*_order(shown))
    context = {
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "tabs": _tabs(request, shown, dict(counts)),
        "today": today,
        "can_direct": can_direct(request.user),
        "sees_meetings": request.user.access.reads_everything,
        "asked": request.GET.urlencode(),
    }
    return render(request, "web/oversight/follow_up_list.html", context)


@require_GET
def follow_up_export(request: SignedInRequest) -> HttpResponse:
    """The list as it is narrowed on the page, as a workbook."""
    today, now = timezone.localdate(), timezone.now()
    form, shown = FollowUpFilter(request.GET, user=request.user), shown_of(request)
    items = narrowed(FollowUp.objects.visible_to(request.user), form.narrowed).filter(condition_of(shown, today))
    note = _("Dữ liệu minh họa, không phải số liệu thật") if is_illustrative() else ""
    rows = [_row(item, today) for item in for_list(items).order_by(*_order(shown))]
    sheet = Sheet(_(SHOWN_WORDS[shown]), _columns(), rows, note)
    response = HttpResponse(render_workbook([sheet], made_at=now), content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="viec-sau-chi-dao-{today:%Y%m%d}.xlsx"'
    return response


def shown_of(request: HttpRequest) -> Shown:
    asked = request.GET.get("trang_thai", "")
    return Shown(asked) if asked in set(Shown) else Shown.ALL


def _order(shown: Shown) -> tuple[str, ...]:
    ended = shown in (Shown.CLOSED, Shown.CANCELLED)
    return ("-ended_at", "-pk") if ended else ("-state", "due_on", "pk") if shown == Shown.ALL else ("due_on", "pk")


def _tabs(request: HttpRequest, shown: Shown, counts: dict[Shown, int]) -> list[tuple[str, str, bool, int]]:
    def url(each: Shown) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        query["trang_thai"] = each.value
        return f"?{query.urlencode()}"

    offered = [each for each in Shown if counts[each] or each in (Shown.ALL, Shown.LATE, shown)]
    return [(_(SHOWN_WORDS[each]), url(each), each == shown, counts[each]) for each in offered]


def _columns() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("Việc phải làm"), 60),
        SheetColumn(_("Đơn vị"), 32),
        SheetColumn(_("Từ đâu"), 18),
        SheetColumn(_("Nội dung gốc"), 50),
        SheetColumn(_("Nhiệm vụ"), 16),
        SheetColumn(_("Hạn"), 12, Kind.DATE),
        SheetColumn(_("Trạng thái"), 24),
        SheetColumn(_("Số ngày quá hạn"), 12, Kind.WHOLE),
        SheetColumn(_("Xong ngày"), 12, Kind.DATE),
    )


def _row(item: FollowUp, today: date) -> tuple[Any, ...]:
    source = next(each for each in Source if getattr(item, f"{each}_id") is not None)
    late = (today - item.due_on).days if item.state == FollowUp.State.OPEN else 0
    return (
        item.text,
        item.unit.name,
        _(SOURCE_WORDS[source]),
        str(source_words(item)),
        item.task.code if item.task else "",
        item.due_on,
        str(item.get_state_display()),
        late if late > 0 else None,
        timezone.localdate(item.ended_at) if item.ended_at and item.state == FollowUp.State.CLOSED else None,
    )


def source_words(item: FollowUp) -> str:
    """The direction, the inspection or the difficulty it comes from, in its own words."""
    if item.direction:
        return item.direction.text
    return str(item.inspection.title if item.inspection else item.difficulty.title if item.difficulty else "")
