"""What a person types to split a task, to join two, to say which indicators it serves."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from tiendo.intake.models import Proposal
from tiendo.intake.proposing import short
from tiendo.web.days import DayField
from tiendo.web.intake.units import UnitField, UnitNames

Value = dict[str, Any]


class PartForm(forms.Form):
    """One part of a task that is split. An emptied text means that there is no such part."""

    description = forms.CharField(label=_("Nội dung"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    title = forms.CharField(
        label=_("Tên ngắn"), required=False, help_text=_("Để trống thì lấy phần đầu của nội dung."), max_length=300
    )
    due = DayField(label=_("Ngày cuối còn đúng hạn"), required=False)

    def __init__(self, *args: Any, names: UnitNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"] = UnitField(names, label=_("Chủ trì"))
        self._names = names

    def part(self, whole: Value) -> Value:
        """What is this part's own; the rest it has from the whole."""
        typed = self.cleaned_data
        description = typed["description"].replace("\r\n", "\n").strip()
        part: Value = {"title": typed["title"].strip() or short(description), "description": description}
        if typed["lead"] != lead_of(whole):
            code = typed["lead"]
            part["lead"] = [{"text": self._names.name_of(code), "unit": code}] if code else []
        if self.due_changed(whole):
            day = typed["due"]
            kind, on = ("moment", day.isoformat()) if day else ("missing", None)
            part["due"] = {"raw": None, "kind": kind, "on": on, "from": None, "rrule": None, "before": False}
        return part

    def due_changed(self, whole: Value) -> bool:
        day = self.cleaned_data.get("due")
        return (day.isoformat() if day else None) != (whole.get("due") or {}).get("on")

    def by_hand(self, whole: Value) -> list[str]:
        """Fields that the document does not give so for this part."""
        typed = self.cleaned_data
        filled = {"due": self.due_changed(whole) and typed["due"], "lead": typed["lead"] != lead_of(whole)}
        return [name for name, is_filled in filled.items() if is_filled]


class SplitForm(forms.Form):
    note = forms.CharField(
        label=_("Căn cứ của phần điền thêm"),
        required=False,
        help_text=_("Bắt buộc khi một phần có thời hạn hoặc cơ quan chủ trì khác với văn bản."),
    )


def part_forms(data: Any, texts: Sequence[str], whole: Value, names: UnitNames) -> "BaseFormSet[PartForm]":
    """The forms of the parts, each with what the whole gives."""
    make = forms.formset_factory(PartForm, extra=0, max_num=30, validate_max=True)
    given = {"due": (whole.get("due") or {}).get("on"), "lead": lead_of(whole)}
    initial = [{"description": text, "title": short(text), **given} for text in texts]
    return make(data, initial=initial, prefix="phan", form_kwargs={"names": names})


def lead_of(value: Mapping[str, Any]) -> str | None:
    """The unit that leads, when it is known."""
    return next((each["unit"] for each in value.get("lead") or () if each.get("unit")), None)


class MergeForm(forms.Form):
    """The other task; the one that follows is offered first."""

    other = forms.ChoiceField(label=_("Gộp với"), help_text=_("Nội dung được nối lại; chữ in của cả hai vẫn giữ."))

    def __init__(self, *args: Any, others: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(str(each.pk), f"{each.key} – {short(str(each.value.get('title') or ''), 90)}") for each in others]
        self.fields["other"] = forms.ChoiceField(label=self.fields["other"].label, choices=words)


class LinkForm(forms.Form):
    """Which indicators a task serves."""

    links = forms.MultipleChoiceField(label=_("Chỉ tiêu"), required=False, widget=forms.CheckboxSelectMultiple())

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["links"].choices = choices  # type: ignore[attr-defined]
