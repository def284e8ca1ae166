from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tiendo.calendars.periods import due_moment
from tiendo.plans.models import Plan
from tiendo.reporting.typed import parse_number
from tiendo.ui.formats import number_text


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
