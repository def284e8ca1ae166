"""What is typed about targets and ties."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.indicators.aims import Aim
from tiendo.indicators.models.choices import codes
from tiendo.indicators.states import COMPARATOR_SIGNS, Comparator, Firmness, Purpose
from tiendo.orgs.models import Unit
from tiendo.web.days import DayField
from tiendo.web.indicators.forms import NumberField, PaperForm, UnitChoice

SIGNS = [(each.value, COMPARATOR_SIGNS[each]) for each in Comparator]


class TargetForm(PaperForm):
    """One point of the ledger."""

    purpose = forms.ChoiceField(label=_("Loại mốc"), choices=codes(Purpose), initial=Purpose.FINAL.value)
    due_on = DayField(
        label=_("Ngày"), help_text=_("Ngày cuối của năm hay kỳ mà mốc đặt ra; với mức xuất phát là ngày đo.")
    )
    comparator = forms.ChoiceField(label=_("So sánh"), choices=SIGNS)
    value = NumberField(label=_("Giá trị"), max_length=40)
    upper = NumberField(
        label=_("Cận trên"), required=False, max_length=40, help_text=_("Chỉ khi mục tiêu là một khoảng, như 18 – 20.")
    )
    full_value = NumberField(
        label=_("Mức tối đa"), required=False, max_length=40, help_text=_("Chỉ khi văn bản đặt hai mức: đạt và tối đa.")
    )
    firmness = forms.ChoiceField(label=_("Mức ràng buộc"), choices=codes(Firmness))
    category = forms.CharField(
        label=_("Phạm vi so sánh"), required=False, max_length=100, help_text=_("Ví dụ: Đông Nam Á; thế giới.")
    )
    unit = UnitChoice(label=_("Riêng cho đơn vị"), queryset=Unit.objects.none(), required=False, to_field_name="code")
    printed = forms.CharField(label=_("Như văn bản ghi"), required=False, max_length=200)
    field_order = [
        "purpose",
        "due_on",
        "comparator",
        "value",
        "upper",
        "firmness",
        "printed",
        "category",
        "full_value",
        "unit",
        "rests_on",
    ]

    def __init__(self, *args: Any, kinds: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kinds:
            units = Unit.objects.standing().filter(kind__in=kinds, valid_to=None)
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]

    @property
    def aim(self) -> Aim:
        """The point, once the form is valid."""
        data = self.cleaned_data
        unit = data.get("unit")
        return Aim(
            purpose=Purpose(data["purpose"]),
            due_on=data["due_on"],
            value=data["value"],
            comparator=Comparator(data["comparator"]),
            upper=data["upper"],
            full_value=data["full_value"],
            category=data["category"].strip(),
            firmness=Firmness(data["firmness"]),
            printed=data["printed"].strip(),
            unit=unit.pk if unit else None,
        )


class TieForm(forms.Form):
    """One of: a task by its code, a clause of the plan by its path, a higher document by its number."""

    task = forms.CharField(label=_("Mã nhiệm vụ"), required=False, max_length=60)
    item = forms.CharField(
        label=_("Mục trong kế hoạch"), required=False, max_length=200, help_text=_("Ví dụ: III.1.3#4 hoặc PL-I.12.")
    )
    document = forms.CharField(
        label=_("Văn bản cấp trên"), required=False, max_length=100, help_text=_("Số, ký hiệu. Ví dụ: 03/NQ-CP.")
    )

    def clean(self) -> dict[str, Any]:
        if sum(1 for name in self.fields if self.cleaned_data.get(name)) != 1:
            raise ValidationError(gettext("Hãy điền đúng một trong ba ô."))
        return self.cleaned_data


class RowTargetForm(forms.Form):
    """The end of a target taken from the plan; left empty, the indicator begins without one."""

    due_on = DayField(label=_("Đích: ngày"), required=False)
    comparator = forms.ChoiceField(label=_("Đích: so sánh"), choices=SIGNS, required=False)
    value = NumberField(label=_("Đích: giá trị"), required=False, max_length=40)
    upper = NumberField(label=_("Đích: cận trên"), required=False, max_length=40)

    def __init__(self, *args: Any, aim: Aim | None, several: bool, **kwargs: Any) -> None:
        names = ("due_on", "comparator", "value", "upper")
        kwargs["initial"] = {name: getattr(aim, name) for name in names} if aim else {}
        super().__init__(*args, **kwargs)
        self.several = several  # thresholds of several categories are taken as they stand
        self.firmness = aim.firmness if aim else Firmness.FIRM
        if several:
            self.fields.clear()

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.several and (data.get("value") is None) != (data.get("due_on") is None):
            self.add_error("value", ValidationError(gettext("Đích cần cả ngày và giá trị, hoặc để trống cả hai.")))
        return data

    def aims(self, printed: str) -> tuple[Aim, ...]:
        """The end, once the form is valid; none when nothing was typed."""
        data = self.cleaned_data
        if data["value"] is None:
            return ()
        sign = Comparator(data["comparator"] or Comparator.AT_LEAST)
        return (
            Aim(
                Purpose.FINAL,
                data["due_on"],
                data["value"],
                sign,
                upper=data["upper"],
                firmness=self.firmness,
                printed=printed,
            ),
        )
