"""The fields in which a person says which unit a printed name means."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.orgs.models import Unit
from tiendo.web.intake.units import UnitField, UnitNames

Value = dict[str, Any]


def printed_names(value: Mapping[str, Any]) -> dict[str, str]:
    """Name of the field of each agency → the words it is printed with."""
    roles = ((role, value.get(role) or ()) for role in ("lead", "coordinating"))
    return {f"{role}_{place}": str(each["text"]) for role, named in roles for place, each in enumerate(named)}


class AgencyRows:
    """For each agency of a value: which unit it is, and whether it is left out; and one more to add in each role."""

    def __init__(
        self, value: Value, roles: tuple[tuple[str, Any], ...], names: UnitNames, others: Mapping[str, int]
    ) -> None:
        self._named = {role: list(value.get(role) or ()) for role, _label in roles}
        self._labels = dict(roles)
        self._names = names
        self._others = others

    def fields(self) -> dict[str, forms.Field]:
        """Fields by name: lead_0, lead_1 … for what is printed, lead_new for a further unit."""
        found: dict[str, forms.Field] = {}
        for name, role, each in self._rows():
            found[name] = self._known(role, each)
            words = _("Bỏ “%(text)s”") % {"text": each["text"]}
            found[f"{name}_out"] = forms.BooleanField(label=words, required=False)
        for role, label in self._labels.items():
            words = gettext_lazy("%(role)s: thêm đơn vị") % {"role": label}
            found[f"{role}_new"] = UnitField(self._names, label=words)
        return found

    def edited(self, typed: Value) -> Value:
        """The agencies of each role as they now are; the printed words stay with each."""
        now: dict[str, list[Value]] = {role: [] for role in self._named}
        for name, role, each in self._rows():
            if not typed[f"{name}_out"]:
                now[role].append({"text": each["text"], "unit": typed[name]})
        for role in now:
            if code := typed[f"{role}_new"]:
                now[role].append({"text": self._names.name_of(code), "unit": code})
        return now

    def learned(self, typed: Value) -> dict[str, Unit]:
        """Printed words → the unit now chosen for them, where another or none was read."""
        return {
            each["text"]: self._names.units[typed[name]]
            for name, _role, each in self._rows()
            if typed.get(name) in self._names.units and typed[name] != each["unit"] and not typed[f"{name}_out"]
        }

    def by_hand(self, typed: Value) -> dict[str, bool]:
        """Role → whether a unit that the document does not name was added."""
        return {role: bool(typed.get(f"{role}_new")) for role in self._named}

    def _rows(self) -> Iterator[tuple[str, str, Value]]:
        for role, agencies in self._named.items():
            for place, each in enumerate(agencies):
                yield f"{role}_{place}", role, each

    def _known(self, role: str, each: Value) -> UnitField:
        others = self._others.get(each["text"], 0)
        words = _("Tên này còn ở %(n)d dòng khác; đơn vị chọn ở đây áp dụng cho cả các dòng đó.") % {"n": others}
        return UnitField(
            self._names,
            label=f"{self._labels[role]}: “{each['text']}”",
            initial=each["unit"],
            help_text=words if others and not each["unit"] else "",
        )
