from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.ui.formats import number_text
from tiendo.ui.typed import parse_number


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
