from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.calendars.deadlines import Cell
from tiendo.plans.models import STATES
from tiendo.publication.models import Release
from tiendo.publication.queries import Wanted, released_units

LIST_WORDS = {
    **{cell.value: _(cell.label) for cell in Cell},
    "due_soon": _("sắp đến hạn"),
    "without_lead": _("chưa rõ cơ quan chủ trì"),
    "without_report": _("chưa có báo cáo"),
}


class TaskFilter(forms.Form):
    """What a reader may narrow the task list by; every side may stay open."""

    q = forms.CharField(label=_("Từ khóa"), required=False, max_length=200)
    cell = forms.ChoiceField(label=_("Tình hình"), required=False)
    group = forms.ChoiceField(label=_("Nhóm nhiệm vụ"), required=False)
    state = forms.ChoiceField(label=_("Trạng thái"), required=False)
    unit = forms.ChoiceField(label=_("Cơ quan"), required=False)
    lead = forms.BooleanField(label=_("Chỉ nhiệm vụ cơ quan này chủ trì"), required=False)
    plan = forms.ChoiceField(label=_("Kế hoạch"), required=False)

    def __init__(self, releases: list[Release], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        everything = [("", _("Tất cả"))]
        units = [(unit.code, unit.name) for unit in released_units(releases)]
        plans = [(release.summary["plan"]["code"], release.summary["plan"]["title"]) for release in releases]
        choices: dict[str, Sequence[tuple[str, Any]]] = {
            "cell": list(LIST_WORDS.items()),
            "state": STATES,
            "group": groups_of(releases),
            "unit": units,
        }
        if len(plans) > 1:
            choices["plan"] = plans
        else:
            del self.fields["plan"]
        for name, given in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*everything, *given]

    def wanted(self) -> Wanted | None:
        """What was asked for, or None when it asks for something that does not exist."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        side = {"lead" if given["lead"] else "unit": given["unit"]}
        same = {name: given.get(name) for name in ("group", "state", "cell", "plan")}
        return Wanted(q=given["q"], **same, **side)

    def in_words(self) -> str:
        """The chosen values, for the line above the list."""
        if not self.is_valid():
            return ""
        chosen = [name for name in ("cell", "group", "state", "unit", "plan") if self.cleaned_data.get(name)]
        words = [str(dict(self.fields[name].choices)[self.cleaned_data[name]]) for name in chosen]  # type: ignore[attr-defined]
        if self.cleaned_data["lead"] and self.cleaned_data["unit"]:
            words.append(gettext("chủ trì"))
        quoted = [f"“{self.cleaned_data['q']}”"] if self.cleaned_data["q"] else []
        return "; ".join(quoted + words)


def groups_of(releases: list[Release]) -> list[tuple[str, str]]:
    """Code and name of each group; plans may give the same code to groups of their own, then it stands for all."""
    titles: dict[str, list[str]] = {}
    for release in releases:
        for group in release.summary["groups"]:
            titles.setdefault(group["code"], []).append(group["short_title"])
    return [(code, " / ".join(dict.fromkeys(names))) for code, names in titles.items()]
