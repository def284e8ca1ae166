"""What an officer types on one task, and what backs it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tiendo.plans.states import REPORTABLE, STATE_WORDS, WorkState
from tiendo.reporting.models import VALUE_FIELDS, Entry
from tiendo.reporting.rules import MOST_DIGITS, Values
from tiendo.web.days import DayField
from tiendo.web.reporting.forms import StateField, TypedNumber

_PERCENT_RANGE = _("Tỷ lệ phải từ 0 đến 100.")
PERCENT_SAYS = {
    "invalid": _("Hãy ghi một số, ví dụ 45,5."),
    "min_value": _PERCENT_RANGE,
    "max_value": _PERCENT_RANGE,
    "max_decimal_places": _("Tỷ lệ chỉ ghi nhiều nhất hai chữ số sau dấu phẩy."),
}
_MONEY_TOO_MUCH = _("Số tiền quá lớn; hãy xem lại đơn vị tính (đồng).")
MONEY_SAYS = {
    "invalid": _("Hãy ghi số tiền bằng đồng, ví dụ 1.250.000."),
    "min_value": _("Số tiền không được nhỏ hơn 0."),
    "max_decimal_places": _("Số tiền ghi tròn đồng, không có phần lẻ."),
    **dict.fromkeys(("max_digits", "max_whole_digits"), _MONEY_TOO_MUCH),
}
PERCENT: dict[str, Any] = {
    "required": False,
    "min_value": Decimal(0),
    "max_value": Decimal(100),
    "decimal_places": 2,
    "error_messages": PERCENT_SAYS,
}
MONEY: dict[str, Any] = {
    "required": False,
    "min_value": Decimal(0),
    "max_digits": MOST_DIGITS,
    "decimal_places": 0,
    "error_messages": MONEY_SAYS,
}
FILE_TYPES = ".pdf,.docx,.xlsx,.txt,.png,.jpg,.jpeg"


class EntryForm(forms.ModelForm[Entry]):
    """One report on one task. Half-typed words are kept: nothing is required until the head sends."""

    percent = TypedNumber(label=_("Tỷ lệ hoàn thành (%)"), help_text=_("Từ 0 đến 100; ví dụ 45,5."), **PERCENT)
    money_used = TypedNumber(
        label=_("Kinh phí đã sử dụng (đồng)"),
        help_text=_("Lũy kế từ đầu năm; ví dụ 1.250.000 hoặc 1,25 tỷ."),
        **MONEY,
    )
    completed_on = DayField(label=_("Ngày hoàn thành"), required=False, help_text=_("Chỉ điền khi đã hoàn thành."))
    money_allocated = TypedNumber(label=_("Kinh phí được giao trong năm (đồng)"), **MONEY)
    percent_estimate = TypedNumber(label=_("Ước thực hiện đến 31/12 (%)"), **PERCENT)

    use_required_attribute = False  # the browser, too, lets half-typed words be kept

    class Meta:
        model = Entry
        fields = VALUE_FIELDS
        widgets = {
            "result": forms.Textarea(attrs={"rows": 5}),
            "difficulty": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "result": _("Chỉ ghi việc mới làm được trong kỳ; số liệu đi kèm văn bản hoặc minh chứng."),
        }

    def __init__(self, *args: Any, asks_estimate: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_estimate:
            del self.fields["percent_estimate"]
        for name in {"percent", "money_used", "money_allocated", "percent_estimate"} & self.fields.keys():
            self.fields[name].widget.attrs["inputmode"] = "decimal"
        choices = [(state.value, _(STATE_WORDS[state])) for state in REPORTABLE]
        self.fields["state"] = StateField(
            label=_("Trạng thái thực hiện"), choices=[("", _("— chọn —")), *choices], required=True
        )

    def _post_clean(self) -> None:
        """The row itself is checked by the act, which knows what else stands in it; here that would ask twice."""

    @property
    def given(self) -> list[str]:
        """The fields that were sent and can be read; the others are left as they are stored."""
        return [name for name in self.fields if name in self.data and name not in self.errors]

    def values(self) -> Values:
        """The values of the fields `given`; the others are blank."""
        typed: dict[str, Any] = {name: self.cleaned_data[name] for name in self.given}
        if "state" in typed:
            typed["state"] = WorkState(typed["state"]) if typed["state"] else None
        return Values(**typed)

    def text_of(self, name: str) -> str:
        """What stands in the control of a field, as the browser would send it."""
        value = self[name].value()
        return value.isoformat() if hasattr(value, "isoformat") else str("" if value is None else value)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files under one name; the cleaned value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given if each]


class EvidenceForm(forms.Form):
    """Files, or a document by number and date."""

    file = FilesField(
        label=_("Tệp minh chứng"),
        required=False,
        help_text=_("PDF, DOCX, XLSX, TXT, PNG hoặc JPG; mỗi tệp tối đa 20 MB."),
        widget=FilesInput(attrs={"accept": FILE_TYPES}),
    )
    document_number = forms.CharField(label=_("Hoặc số, ký hiệu văn bản"), required=False, max_length=200)
    document_date = DayField(label=_("Ngày văn bản"), required=False)
    document_url = forms.URLField(
        label=_("Liên kết tới văn bản"), required=False, max_length=500, assume_scheme="https"
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "file" in self.errors:
            return given
        if not given.get("file") and not (given.get("document_number") and given.get("document_date")):
            raise forms.ValidationError(_("Hãy chọn một tệp, hoặc ghi đủ số và ngày của văn bản."))
        return given
