"""The units the house knows, as the dictionary that the reader looks agencies up in."""

from tiendo.intake.extraction.agencies import Directory, built_in_names
from tiendo.orgs.models import Unit, UnitAlias, UnitGroup


def directory_of_units() -> Directory:
    """Every unit under its names and aliases, the one learned last outranking; groups under all their names."""
    names: dict[str, list[str]] = {unit.code: [unit.name, unit.short_name] for unit in Unit.objects.standing()}
    for group in UnitGroup.objects.all():
        names.setdefault(group.code, []).extend([group.name, *built_in_names().get(group.code, ())])
    return Directory(
        names,
        learned=UnitAlias.objects.filter(unit__withdrawn_at=None).order_by("pk").values_list("text", "unit__code"),
    )
