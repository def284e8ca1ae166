"""Units come into being and are mended; their names are learned. `by` is the user name that the log keeps."""

from datetime import date, datetime

from django.db import transaction

from tiendo.audit.record import record
from tiendo.orgs.models import Unit, UnitAlias, UnitChange
from tiendo.orgs.words import fold, sort_key


@transaction.atomic
def create_unit(
    *,
    code: str,
    name: str,
    kind: str,
    by: str,
    at: datetime,
    short_name: str | None = None,
    parent: Unit | None = None,
    aliases: tuple[str, ...] = (),
    reports: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
    made_by: UnitChange | None = None,
) -> Unit:
    """A new unit with the other names documents use for it; `made_by` is the change that makes it."""
    unit = Unit.objects.create(
        code=code,
        name=name,
        short_name=short_name or name,
        folded=fold(" | ".join([name, short_name or "", *aliases])),
        sort_key=sort_key(name),
        kind=kind,
        parent=parent,
        reports=reports,
        valid_from=valid_from,
        valid_to=valid_to,
        made_by=made_by,
    )
    _write_aliases(unit, (name, short_name or name, *aliases))
    record(act="orgs.unit.create", subject=f"orgs.unit:{code}", actor=by, at=at, name=name, kind=kind)
    return unit


@transaction.atomic
def correct_unit(*, unit: Unit, by: str, at: datetime, short_name: str, official_id: str | None, reports: bool) -> Unit:
    """Mend what is not the unit's legal name; a new name is a succession to a new unit."""
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    was = {"short_name": unit.short_name, "official_id": unit.official_id, "reports": unit.reports}
    unit.short_name, unit.official_id, unit.reports = short_name, official_id, reports
    unit.save(update_fields=["short_name", "official_id", "reports"])
    now = {"short_name": short_name, "official_id": official_id, "reports": reports}
    record(act="orgs.unit.correct", subject=f"orgs.unit:{unit.code}", actor=by, at=at, was=was, now=now)
    return unit


@transaction.atomic
def learn_alias(*, unit: Unit, text: str, by: str, at: datetime) -> UnitAlias:
    """What a person corrected once is proposed next time."""
    alias, new = UnitAlias.objects.get_or_create(unit=unit, folded=fold(text), defaults={"text": text})
    if new:
        record(act="orgs.alias.learn", subject=f"orgs.unit:{unit.code}", actor=by, at=at, text=text)
    return alias


def _write_aliases(unit: Unit, texts: tuple[str, ...]) -> None:
    by_key = {fold(text): text for text in texts if text}
    UnitAlias.objects.bulk_create([UnitAlias(unit=unit, text=text, folded=key) for key, text in by_key.items()])
