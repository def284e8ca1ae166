"""The fields in which a person says which unit a printed name means."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.orgs.models import Unit

AS_PRINTED, LEFT_OUT = "", "-"
Value = dict[str, Any]


class AgencyRows:
    """One select for each agency of a value, and one more for each role to add a unit."""

    def __init__(self, value: Value, roles: tuple[tuple[str, Any], ...], units: list[Unit]) -> None:
        self._named = {role: list(value.get(role) or ()) for role, _label in roles}
        self._labels = dict(roles)
        self._units = {unit.code: unit for unit in units}

    def fields(self) -> dict[str, forms.Field]:
        """Fields by name: lead_0, lead_1 … for what is printed, lead_new for a further unit."""
        found: dict[str, forms.Field] = {}
        for name, role, each in self._rows():
            found[name] = self._known(role, each)
        for role, label in self._labels.items():
            choices = [("", gettext_lazy("— không thêm —")), *self._choices()]
            words = gettext_lazy("%(role)s: thêm đơn vị") % {"role": label}
            found[f"{role}_new"] = forms.ChoiceField(label=words, choices=choices, required=False)
        return found

    def edited(self, typed: Value) -> Value:
        """The agencies of each role as they now are; the printed words stay with each."""
        now: dict[str, list[Value]] = {role: [] for role in self._named}
        for name, role, each in self._rows():
            if typed[name] != LEFT_OUT:
                now[role].append({"text": each["text"], "unit": typed[name] or None})
        for role in now:
            if code := typed[f"{role}_new"]:
                now[role].append({"text": self._units[code].name, "unit": code})
        return now

    def learned(self, typed: Value) -> dict[str, Unit]:
        """Printed words → the unit now chosen for them, where another or none was read."""
        return {
            each["text"]: self._units[typed[name]]
            for name, _role, each in self._rows()
            if typed[name] in self._units and typed[name] != each["unit"]
        }

    def by_hand(self, typed: Value) -> dict[str, bool]:
        """Role → whether a unit that the document does not name was added."""
        return {role: bool(typed[f"{role}_new"]) for role in self._named}

    def _rows(self) -> Iterator[tuple[str, str, Value]]:
        for role, agencies in self._named.items():
            for place, each in enumerate(agencies):
                yield f"{role}_{place}", role, each

    def _known(self, role: str, each: Value) -> forms.ChoiceField:
        first = [(AS_PRINTED, _("— giữ như in, chưa rõ đơn vị —")), (LEFT_OUT, _("— bỏ —"))]
        if each["unit"] and each["unit"] not in self._units:
            first.insert(0, (each["unit"], _("%(text)s (nhóm đơn vị)") % {"text": each["text"]}))
        label = f"{self._labels[role]}: “{each['text']}”"
        return forms.ChoiceField(
            label=label, choices=[*first, *self._choices()], required=False, initial=each["unit"] or AS_PRINTED
        )

    def _choices(self) -> list[tuple[str, str]]:
        return [(unit.code, unit.name) for unit in self._units.values()]
