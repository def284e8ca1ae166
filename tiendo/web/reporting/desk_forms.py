from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.accounts.queries import people_of
from tiendo.orgs.models import Unit
from tiendo.web.days import DayField


class DocumentForm(forms.Form):
    """The number, day and address of a paper kept elsewhere."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=200)
    dated = DayField(label=_("Ngày văn bản"))
    url = forms.URLField(
        label=_("Liên kết trong hệ thống văn bản"), required=False, max_length=500, assume_scheme="https"
    )


class StepForm(forms.Form):
    """One approval more: what it is for, and whose."""

    title = forms.CharField(label=_("Tên bước"), max_length=100, help_text=_("Ví dụ: Thẩm định, Kiểm tra số liệu."))
    approver = forms.ModelChoiceField(
        label=_("Người duyệt"), queryset=User.objects.none(), to_field_name="username", empty_label=_("— chọn —")
    )

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_of(frozenset({unit.pk}), on=on)
        self.fields["approver"].queryset = people.order_by("full_name")  # type: ignore[attr-defined]
