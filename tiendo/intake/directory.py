"""The units the house knows, as the dictionary that the reader looks agencies up in."""

from tiendo.intake.extraction.agencies import Directory, built_in_names
from tiendo.orgs.models import Unit, UnitGroup


def directory_of_units() -> Directory:
    """Every unit under its name, short name and aliases, learned ones included; groups under all their names."""
    names: dict[str, list[str]] = {}
    for unit in Unit.objects.prefetch_related("aliases"):
        names[unit.code] = [unit.name, unit.short_name, *(alias.text for alias in unit.aliases.all())]
    for group in UnitGroup.objects.all():
        names.setdefault(group.code, []).extend([group.name, *built_in_names().get(group.code, ())])
    return Directory(names)
