"""What is typed about one thing a unit must do; one small form for each act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.oversight.followup_workflow import Act
from tiendo.web.days import DayField

LONGEST = 4000


class WordsForm(forms.Form):
    """Words alone, under a label of the act."""

    words = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *given: Any, label: object, needed: bool = True, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["words"].label = str(label)
        self.fields["words"].required = needed

    def values(self) -> dict[str, Any]:
        return {self.named: self.cleaned_data["words"]}

    named = "note"


class ReasonForm(WordsForm):
    named = "reason"


class TellingForm(WordsForm):
    """Words of the unit, perhaps with a file that shows it."""

    file = forms.FileField(label=_("Tệp kèm theo"), required=False)

    def values(self) -> dict[str, Any]:
        upload = self.cleaned_data["file"]
        given = {"data": upload.read(), "name": upload.name} if upload else {}
        return {"note": self.cleaned_data["words"], **given}


class ExtensionForm(ReasonForm):
    due_on = DayField(label=_("Hạn mới"))

    field_order = ("due_on", "words")

    def values(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["words"], "due_on": self.cleaned_data["due_on"]}


SHAPES: dict[Act, tuple[type[WordsForm], object]] = {
    Act.NOTE: (TellingForm, _("Đã làm đến đâu")),
    Act.REPORT: (TellingForm, _("Kết quả")),
    Act.RETURN: (ReasonForm, _("Còn thiếu gì")),
    Act.CLOSE: (WordsForm, _("Ý kiến")),
    Act.EXTEND: (ExtensionForm, _("Lý do")),
    Act.CANCEL: (ReasonForm, _("Lý do")),
}


def form_for(act: Act, *given: Any) -> WordsForm:
    """The form of the act; its fields are named for the act, since several stand on one page."""
    shape, label = SHAPES[act]
    return shape(*given, label=label, needed=act != Act.CLOSE, prefix=act.value)
