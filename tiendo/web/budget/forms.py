"""What is typed about money. A field that cannot be read keeps what was typed and says why."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.budget.models import FundingSource, MoneyKind, SpendingLine
from tiendo.orgs.models import Unit
from tiendo.web.days import DayField
from tiendo.web.reporting.entry_forms import MONEY
from tiendo.web.reporting.forms import TypedNumber


class SourceField(forms.ModelChoiceField["FundingSource"]):
    def label_from_instance(self, obj: FundingSource) -> str:
        return obj.name


class UnitField(forms.ModelChoiceField["Unit"]):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.short_name


class MoneyForm(forms.Form):
    """The amounts of one task, unit and source; a blank one leaves what stands."""

    unit = UnitField(label=_("Kinh phí của cơ quan"), queryset=Unit.objects.none(), empty_label=None)
    source = SourceField(label=_("Nguồn kinh phí"), queryset=FundingSource.objects.none(), empty_label=_("— chọn —"))
    planned = TypedNumber(label=_("Kế hoạch vốn (đồng)"), **MONEY)
    allocated = TypedNumber(label=_("Đã giao (đồng)"), **MONEY)
    disbursed = TypedNumber(
        label=_("Đã giải ngân (đồng)"), help_text=_("Lũy kế từ 1/1; ví dụ 1.250.000 hoặc 1,25 tỷ."), **MONEY
    )
    as_of = DayField(label=_("Tính đến ngày"))
    document = forms.CharField(label=_("Văn bản giao vốn, chứng từ"), required=False, max_length=500)
    file = forms.FileField(
        label=_("Tệp kèm theo"),
        required=False,
        help_text=_("PDF, DOCX, XLSX, PNG hoặc JPG; tối đa 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"}),
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=1000)

    def __init__(self, *args: Any, units: list[Unit], sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])  # type: ignore[attr-defined]
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].pk
        for kind in MoneyKind.values:
            self.fields[kind].widget.attrs["inputmode"] = "decimal"

    @property
    def amounts(self) -> dict[str, Decimal]:
        """The kinds that were given."""
        return {kind: self.cleaned_data[kind] for kind in MoneyKind.values if self.cleaned_data[kind] is not None}


class YearSheetForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp Excel đã điền"), widget=forms.FileInput(attrs={"accept": ".xlsx"}), help_text=_("Tối đa 20 MB.")
    )


class SpendingForm(forms.Form):
    """One sum of the 3 % rule with its paper."""

    year = forms.IntegerField(label=_("Năm ngân sách"), min_value=2000, max_value=2100)
    basis = forms.ChoiceField(label=_("Loại số liệu"), choices=SpendingLine.Basis.choices)
    item = forms.ChoiceField(label=_("Khoản"), choices=SpendingLine.Item.choices)
    amount = TypedNumber(label=_("Số tiền (đồng)"), **(MONEY | {"required": True}))
    document = forms.CharField(
        label=_("Văn bản, nguồn số liệu"), max_length=500, help_text=_("Số, ngày của nghị quyết hoặc quyết định.")
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=1000)
