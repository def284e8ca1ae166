"""A unit chosen by typing: its name, its short name, a name it is also known by, with or without marks."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _

from tiendo.orgs.models import Unit, UnitGroup
from tiendo.orgs.words import fold

LIST = "units"  # the datalist of the page


class UnitNames:
    """Units and groups under every name a person may type."""

    def __init__(self) -> None:
        self.units = {unit.code: unit for unit in Unit.objects.standing().prefetch_related("aliases")}
        self._names = {code: unit.name for code, unit in self.units.items()}
        self._names |= dict(UnitGroup.objects.values_list("code", "name"))
        self._codes: dict[str, str] = {}
        for code, unit in self.units.items():
            self._learn(code, (unit.name, unit.short_name, *(alias.text for alias in unit.aliases.all())))
        for code, name in self._names.items():
            self._learn(code, (name, code))

    def _learn(self, code: str, names: Iterable[str]) -> None:
        for name in names:
            if name:
                self._codes.setdefault(fold(name), code)

    def code_for(self, typed: str) -> str | None:
        """The unit's or group's code for a name as typed; None when nobody is called so."""
        return typed if typed in self._names else self._codes.get(fold(typed))

    def name_of(self, code: str | None) -> str:
        return self._names.get(code or "", "")


def choices_of_units() -> list[str]:
    """Names for the list that opens while a person types."""
    return [*Unit.objects.standing().values_list("name", flat=True), *UnitGroup.objects.values_list("name", flat=True)]


class UnitField(forms.CharField):
    """Typed words that become a unit's code; empty is "as printed, unit not known"."""

    def __init__(self, names: UnitNames, **given: object) -> None:
        widget = forms.TextInput(attrs={"list": LIST, "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **given)  # type: ignore[arg-type]
        self._names = names

    def prepare_value(self, value: object) -> object:
        return self._names.name_of(str(value)) or value

    def clean(self, value: object) -> str | None:
        typed = str(super().clean(value) or "").strip()
        code = self._names.code_for(typed) if typed else None
        if typed and code is None:
            raise forms.ValidationError(_("Không có đơn vị nào tên như vậy; hãy chọn trong danh sách hoặc để trống."))
        return code
