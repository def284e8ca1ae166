"""What is typed about indicators: passports, targets, ties. Text becomes values here and nowhere else."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.indicators.actions.terms import CHECKS, Terms
from tiendo.indicators.measures import MEASURES, measure_of
from tiendo.indicators.models import Indicator, Source
from tiendo.indicators.models.choices import codes
from tiendo.indicators.rollups import Policy
from tiendo.indicators.states import (
    Direction,
    Firmness,
    Frequency,
    Measure,
    Rollup,
)
from tiendo.orgs.models import Unit, UnitKind
from tiendo.ui.formats import number_text
from tiendo.ui.typed import parse_number

MEASURED = [(kind.value, kind.label) for kind in (UnitKind.DEPARTMENT, UnitKind.COMMUNE)]
PARTS = [(Policy.PARTIAL.value, _("tính phần có")), (Policy.ALL.value, _("chờ đủ"))]
CHECK_WORDS = {
    "low": _("Giá trị nhỏ nhất có thể có"),
    "high": _("Giá trị lớn nhất có thể có"),
    "jump_percent": _("Hỏi lại khi đổi quá (%) so với kỳ trước"),
    "tolerance_percent": _("Hai nguồn lệch nhau quá (%) thì báo"),
}
# Fields of `PassportForm` that `Terms` takes as they are.
PLAIN = (
    "name",
    "definition",
    "method",
    "expression",
    "measure",
    "unit_code",
    "unit_text",
    "decimals",
    "direction",
    "firmness",
    "owner",
    "source",
    "frequency",
    "lag_days",
    "first_period",
    "over_units",
    "over_time",
    "weight",
    "numerator",
    "denominator",
    "measured_kinds",
    "is_public",
    "not_public_reason",
)


class NumberField(forms.CharField):
    """A number as officials type it, with a decimal comma; None when left empty."""

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        try:
            return parse_number(text) if text else None
        except ValueError:
            raise ValidationError(gettext("Hãy nhập số, ví dụ 45,5.")) from None

    def prepare_value(self, value: Any) -> Any:
        return number_text(value) if isinstance(value, Decimal) else value


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.short_name)


class IndicatorChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Any other indicator, by its code; a list of hundreds is searched by typing."""

    widget = forms.TextInput({"list": "indicator-codes"})

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "code", value)


class PaperForm(forms.Form):
    """Every change rests on a paper."""

    rests_on = forms.CharField(
        label=_("Căn cứ"),
        max_length=500,
        help_text=_("Số, ngày văn bản. Ví dụ: Quyết định số 120/QĐ-UBND ngày 05/02/2026."),
    )


class LevelsField(forms.CharField):
    """A rubric, a level on each line, worst first: name | what it asks for | evidence."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = [
            [part.strip() for part in line.split("|")] for line in super().clean(value).splitlines() if line.strip()
        ]
        return [
            {"level": number, **dict(zip(("name", "rubric", "evidence"), [*row, "", ""], strict=False))}
            for number, row in enumerate(rows, 1)
        ]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "\n".join(
                " | ".join(str(row.get(part, "")) for part in ("name", "rubric", "evidence")) for row in value
            )
        return value


class SlicesField(forms.CharField):
    """Breakdowns, one on each line: code | name | value; value; …"""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = [
            [part.strip() for part in line.split("|")] for line in super().clean(value).splitlines() if line.strip()
        ]
        if any(len(row) != 3 or not row[0].isascii() for row in rows):
            raise ValidationError(gettext("Mỗi dòng ghi: mã không dấu | tên | giá trị; giá trị."))
        return [
            {"code": code, "name": name, "values": [each.strip() for each in values.split(";") if each.strip()]}
            for code, name, values in rows
        ]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "\n".join(f"{row['code']} | {row['name']} | {'; '.join(row['values'])}" for row in value)
        return value


class PassportForm(PaperForm):
    """All that a passport says; `terms` gives it as the acts take it."""

    name = forms.CharField(label=_("Tên chỉ tiêu"), max_length=500)
    definition = forms.CharField(label=_("Định nghĩa"), required=False, widget=forms.Textarea({"rows": 3}))
    unit_code = forms.ChoiceField(label=_("Đơn vị tính"))
    unit_text = forms.CharField(label=_("Đơn vị tính như văn bản ghi"), required=False, max_length=100)
    decimals = forms.IntegerField(label=_("Số chữ số thập phân"), min_value=0, max_value=6, initial=1)
    measure = forms.ChoiceField(label=_("Loại"), choices=codes(Measure))
    levels = LevelsField(
        label=_("Thang mức"),
        required=False,
        help_text=_("Chỉ với chỉ tiêu định tính. Mỗi dòng một mức, kém nhất trước: tên | tiêu chuẩn | minh chứng."),
    )
    direction = forms.ChoiceField(label=_("Chiều tốt"), choices=codes(Direction))
    firmness = forms.ChoiceField(label=_("Mức ràng buộc"), choices=codes(Firmness))
    owner = UnitChoice(label=_("Cơ quan chủ trì"), queryset=Unit.objects.none(), required=False, to_field_name="code")
    source = forms.ModelChoiceField(
        label=_("Nguồn số liệu"), queryset=Source.objects.none(), required=False, to_field_name="code"
    )
    frequency = forms.ChoiceField(label=_("Chu kỳ"), choices=codes(Frequency))
    first_period = forms.CharField(
        label=_("Kỳ đầu tiên"), max_length=10, help_text=_("Viết như 2025, 2025-H1, 2025-Q1 hoặc 2025-M01.")
    )
    lag_days = forms.IntegerField(
        label=_("Hết kỳ bao nhiêu ngày thì phải có số liệu"), min_value=0, max_value=730, initial=30
    )
    method = forms.CharField(label=_("Cách tính"), required=False, widget=forms.Textarea({"rows": 3}))
    expression = forms.CharField(
        label=_("Công thức"),
        required=False,
        max_length=1000,
        help_text=_("Để trống nếu số liệu được nhập. Viết mã chỉ tiêu trong ngoặc vuông: [A] / [B] * 100."),
    )
    measured_kinds = forms.MultipleChoiceField(
        label=_("Đo ở từng đơn vị thuộc loại"),
        choices=MEASURED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn: một số liệu cho toàn tỉnh."),
    )
    over_units = forms.ChoiceField(label=_("Gộp theo đơn vị"), choices=codes(Rollup))
    over_time = forms.ChoiceField(label=_("Gộp theo thời gian"), choices=codes(Rollup), initial=Rollup.LAST.value)
    numerator = IndicatorChoice(
        label=_("Tử số"), queryset=Indicator.objects.none(), required=False, to_field_name="code"
    )
    denominator = IndicatorChoice(
        label=_("Mẫu số"), queryset=Indicator.objects.none(), required=False, to_field_name="code"
    )
    weight = IndicatorChoice(
        label=_("Trọng số"), queryset=Indicator.objects.none(), required=False, to_field_name="code"
    )
    parts = forms.ChoiceField(label=_("Thiếu phần thì"), choices=PARTS, required=False, initial=Policy.PARTIAL.value)
    slices = SlicesField(
        label=_("Chia nhỏ"),
        required=False,
        help_text=_("Mỗi dòng: mã | tên | giá trị; giá trị. Ví dụ: gioi | Giới | nam; nữ."),
    )
    is_public = forms.BooleanField(label=_("Công khai số liệu"), required=False, initial=True)
    not_public_reason = forms.CharField(label=_("Lý do không công khai"), required=False, max_length=500)

    def __init__(self, *args: Any, unit_codes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(code, gettext(each.name)) for code, each in MEASURES.items()]
        own = [(code, measure_of(code).name) for code in unit_codes if code and code not in MEASURES]
        self.fields["unit_code"].choices = [*own, *known]  # type: ignore[attr-defined]
        units = Unit.objects.standing().exclude(kind=UnitKind.COMMUNE).filter(valid_to=None)
        self.fields["owner"].queryset = units  # type: ignore[attr-defined]
        self.fields["source"].queryset = Source.objects.filter(retired_on=None)  # type: ignore[attr-defined]
        for name in ("numerator", "denominator", "weight"):
            self.fields[name].queryset = Indicator.objects.in_use()  # type: ignore[attr-defined]
        for name in CHECKS:
            self.fields[name] = NumberField(label=CHECK_WORDS[name], required=False, max_length=40)
        for name in ("levels", "slices"):
            self.fields[name].widget.attrs["rows"] = 4

    @property
    def terms(self) -> Terms:
        """What was typed, once the form is valid."""
        data = self.cleaned_data
        checks = {name: f"{data[name]:f}" for name in CHECKS if data.get(name) is not None}
        if data["parts"] == Policy.ALL.value:
            checks["parts"] = Policy.ALL.value
        plain = {name: data[name] for name in PLAIN}
        return Terms(**plain, levels=data["levels"], slices=data["slices"], checks=checks)

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField], bool]]:
        """Groups of fields for the page, and whether one stands open; the first is what every indicator needs."""
        for words, names in SECTIONS:
            fields = [self[name] for name in names if name in self.fields]
            yield str(words), fields, any(field.errors for field in fields)


SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    ("", ("code", "name", "definition", "unit_code", "unit_text", "decimals", "direction", "firmness", "owner")),
    (_("Nguồn và chu kỳ"), ("source", "frequency", "first_period", "lag_days")),
    (_("Cách tính, công thức"), ("method", "expression", "numerator", "denominator", "weight")),
    (_("Đo ở từng đơn vị, gộp, chia nhỏ"), ("measured_kinds", "over_units", "over_time", "parts", "slices")),
    (_("Chỉ tiêu định tính"), ("measure", "levels")),
    (_("Kiểm tra số liệu"), CHECKS),
    (_("Công khai"), ("is_public", "not_public_reason")),
)


class IndicatorForm(PassportForm):
    """A new indicator: its code, then the passport."""

    code = forms.CharField(
        label=_("Mã chỉ tiêu"), max_length=60, help_text=_("Chữ không dấu, số và các dấu . - _; không đổi về sau.")
    )


def initial_of(terms: Terms) -> dict[str, Any]:
    """What stands in the form before anybody types."""
    given: dict[str, Any] = {name: getattr(terms, name) for name in (*PLAIN, "levels", "slices")}
    for name in ("owner", "source", "numerator", "denominator", "weight"):
        given[name] = getattr(given[name], "code", None)
    given["parts"] = terms.checks.get("parts", Policy.PARTIAL.value)
    return given | {name: Decimal(value) for name, value in terms.checks.items() if name in CHECKS}
