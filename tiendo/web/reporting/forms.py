from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tiendo.calendars.periods import due_moment
from tiendo.plans.models import Plan
from tiendo.plans.states import REPORTABLE, STATE_WORDS, WorkState
from tiendo.reporting.models import VALUE_FIELDS, Entry
from tiendo.reporting.rules import Values
from tiendo.reporting.typed import parse_number
from tiendo.ui.formats import number_text

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


class DayInput(forms.DateInput):
    """The browser's own calendar; the value travels as ISO."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TypedNumber(forms.DecimalField):
    """A number typed and shown with a decimal comma and points between thousands."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                value = parse_number(value)
            except ValueError:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)

    def run_validators(self, value: Any) -> None:
        """A number far out of its limits breaks several at once; each sentence is said once."""
        try:
            super().run_validators(value)
        except forms.ValidationError as found:
            raise forms.ValidationError(list(dict.fromkeys(found.messages))) from None

    def prepare_value(self, value: Any) -> Any:
        return number_text(value) if isinstance(value, Decimal) else value


class StateField(forms.ChoiceField):
    """Asked for of everybody, and yet a draft may be kept before it is chosen."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class EntryForm(forms.ModelForm[Entry]):
    """One report on one task. Half-typed words are kept: nothing is required until the head sends."""

    percent = TypedNumber(
        label=_("Tỷ lệ hoàn thành (%)"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=2,
        help_text=_("Từ 0 đến 100; ví dụ 45,5."),
        error_messages=PERCENT_SAYS,
    )
    money_used = TypedNumber(
        label=_("Kinh phí đã sử dụng (đồng)"),
        required=False,
        min_value=Decimal(0),
        max_digits=18,
        decimal_places=0,
        help_text=_("Lũy kế từ đầu năm; ví dụ 1.250.000 hoặc 1,25 tỷ."),
        error_messages=MONEY_SAYS,
    )

    use_required_attribute = False  # the browser, too, lets half-typed words be kept

    class Meta:
        model = Entry
        fields = VALUE_FIELDS
        widgets = {
            "completed_on": DayInput(),
            "result": forms.Textarea(attrs={"rows": 5}),
            "difficulty": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "result": _("Chỉ ghi việc mới làm được trong kỳ; số liệu đi kèm văn bản hoặc minh chứng."),
            "completed_on": _("Chỉ điền khi đã hoàn thành."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("percent", "money_used"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
        choices = [(state.value, _(STATE_WORDS[state])) for state in REPORTABLE]
        self.fields["state"] = StateField(
            label=_("Trạng thái thực hiện"), choices=[("", _("— chọn —")), *choices], required=True
        )

    def values(self) -> Values:
        """The typed values, once `is_valid()`."""
        given = {name: self.cleaned_data[name] for name in VALUE_FIELDS}
        given["state"] = WorkState(given["state"]) if given["state"] else None
        return Values(**given)


class EvidenceForm(forms.Form):
    """A file, or a document by number and date."""

    file = forms.FileField(
        label=_("Tệp minh chứng"), required=False, help_text=_("PDF, DOCX, XLSX, TXT, PNG hoặc JPG; tối đa 20 MB.")
    )
    document_number = forms.CharField(label=_("Hoặc số, ký hiệu văn bản"), required=False, max_length=200)
    document_date = forms.DateField(label=_("Ngày văn bản"), required=False, widget=DayInput())
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not (given.get("document_number") and given.get("document_date")):
            raise forms.ValidationError(_("Hãy chọn một tệp, hoặc ghi đủ số và ngày của văn bản."))
        return given


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("Lý do trả lại"), widget=forms.Textarea(attrs={"rows": 2}))


class UrgeForm(forms.Form):
    """One message to the chosen reports' units."""

    duties = forms.TypedMultipleChoiceField(coerce=int, required=True)
    message = forms.CharField(label=_("Nội dung đôn đốc"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)

    def __init__(self, *args: Any, duties: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"] = forms.TypedMultipleChoiceField(
            coerce=int,
            choices=[(pk, str(pk)) for pk in duties],
            error_messages={"required": _("Hãy chọn ít nhất một đơn vị.")},
        )


class TaskUrgeForm(forms.Form):
    """A message about one task to the unit that answers for it."""

    message = forms.CharField(label=_("Nội dung đôn đốc"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class PeriodForm(forms.Form):
    """A period in days as people say them; the due moment is the midnight after the last good day."""

    plan = forms.ModelChoiceField(label=_("Kế hoạch"), queryset=Plan.objects.none())
    name = forms.CharField(label=_("Tên kỳ"), max_length=200)
    data_from = forms.DateField(label=_("Số liệu từ ngày"), widget=DayInput())
    data_to = forms.DateField(
        label=_("Số liệu đến trước ngày"), widget=DayInput(), help_text=_("Ngày chốt số liệu, không tính ngày này.")
    )
    opens_on = forms.DateField(label=_("Mở nhập từ ngày"), widget=DayInput())
    last_good_day = forms.DateField(
        label=_("Ngày cuối nộp đúng hạn"),
        widget=DayInput(),
        help_text=_("“Trước ngày 15/6” nghĩa là ngày cuối nộp đúng hạn là 14/6."),
    )
    due_text = forms.CharField(label=_("Hạn ghi trong văn bản"), max_length=200)

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"data_from", "data_to"} <= given.keys() and given["data_to"] <= given["data_from"]:
            self.add_error("data_to", _("Ngày chốt số liệu phải sau ngày bắt đầu."))
        if {"opens_on", "last_good_day"} <= given.keys() and given["last_good_day"] < given["opens_on"]:
            self.add_error("last_good_day", _("Hạn nộp phải sau ngày mở."))
        return given

    def for_action(self) -> dict[str, Any]:
        """The cleaned values as `reporting.actions.create_period` takes them."""
        given = dict(self.cleaned_data)
        opens_on, last = given.pop("opens_on"), given.pop("last_good_day")
        given["opens_at"] = timezone.make_aware(datetime.combine(opens_on, time()))
        return given | {"due_at": due_moment(last)}
