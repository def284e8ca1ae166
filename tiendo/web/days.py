"""A day as forms ask for it."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

# Beyond these no paper of ours is dated; arithmetic with the day before or after stays within the calendar.
FIRST, LAST = date(1945, 9, 2), date(2100, 12, 31)
_OUT_OF_RANGE = _("Hãy xem lại năm: ngày phải từ 02/9/1945 đến 31/12/2100.")


class DayInput(forms.DateInput):
    """The browser's own calendar; the value travels as ISO."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of our times, typed or picked."""

    def __init__(self, **options: Any) -> None:
        limits = [MinValueValidator(FIRST, _OUT_OF_RANGE), MaxValueValidator(LAST, _OUT_OF_RANGE)]
        super().__init__(**{"widget": DayInput()} | options, validators=limits)
