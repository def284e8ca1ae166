"""Many inspections of a programme at once, pasted from the table of its decision."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tiendo.accounts.permissions import require
from tiendo.orgs.models import Unit
from tiendo.orgs.words import fold
from tiendo.oversight.actions.inspecting import plan_inspections
from tiendo.oversight.inspection_lines import Planned, read_lines
from tiendo.oversight.inspection_permissions import can_plan_inspections
from tiendo.oversight.models import InspectionProgramme
from tiendo.ui.saying import said
from tiendo.web.oversight.inspection_acting import did
from tiendo.web.oversight.inspection_page import units_now
from tiendo.web.requests import SignedInRequest

LONGEST = 40_000


class LinesForm(forms.Form):
    """Lines of a table; `planned` once they can all be read."""

    lines = forms.CharField(
        label=gettext_lazy("Các cuộc kiểm tra"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "wrap": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Mỗi dòng một cuộc, năm cột: đơn vị, tên cuộc kiểm tra, nội dung, từ ngày, đến hết ngày. "
            "Chép thẳng từ bảng tính, hoặc ngăn các cột bằng dấu |."
        ),
    )

    def __init__(self, *given: object, units: QuerySet[Unit], **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.units = units
        self.planned: tuple[Planned, ...] = ()

    def clean_lines(self) -> str:
        """Every line that cannot be read is told by its number; what was typed stays in the field."""
        typed: str = self.cleaned_data["lines"]
        found = read_lines(typed, _names(self.units))
        if found.faults:
            raise forms.ValidationError([said(fault) for fault in found.faults])
        if not found.planned:
            raise forms.ValidationError(_("Chưa có dòng nào."))
        self.planned = found.planned
        return typed


def _names(units: QuerySet[Unit]) -> dict[str, int]:
    """Every word a unit is called by; where two share one, the full name outranks."""
    known = list(units.prefetch_related("aliases"))
    names: dict[str, int] = {}
    for unit in known:
        names |= {alias.folded: unit.pk for alias in unit.aliases.all()}
    names |= {fold(unit.short_name): unit.pk for unit in known}
    return names | {fold(word): unit.pk for unit in known for word in (unit.code, unit.name)}


@require_http_methods(["GET", "POST"])
def programme_lines(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add all the lines pasted, or none while one of them cannot be read."""
    programme = get_object_or_404(InspectionProgramme.objects.visible_to(request.user).select_related("plan"), pk=pk)
    require(can_plan_inspections(request.user))
    form = LinesForm(request.POST or None, units=units_now())
    if request.method == "POST" and form.is_valid():
        done = _("Đã thêm %(n)d cuộc kiểm tra.") % {"n": len(form.planned)}
        if did(request, form, plan_inspections, done, programme=programme, planned=form.planned):
            return redirect("oversight:programme-detail", pk)
    context = {"programme": programme, "form": form}
    return render(request, "web/oversight/programme_lines.html", context, status=422 if form.errors else 200)
