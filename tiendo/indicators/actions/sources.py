"""Where values come from: sources are added, corrected, retired; what came from them stays."""

from datetime import date, datetime
from gettext import gettext as _

from django.core.exceptions import ValidationError
from django.db import transaction

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.indicators.models import Source
from tiendo.indicators.permissions import can_deliver_from, can_keep_sources
from tiendo.orgs.models import Unit
from tiendo.ui.stamps import CHANGED, is_older

OWN = "bao-cao-"
LONGEST_CODE = 40


@transaction.atomic
def add_source(*, code: str, name: str, kind: str, by: User, at: datetime, keeper: Unit | None = None) -> Source:
    """A new source. Raises ValidationError for a code that is taken or a name that is missing."""
    require(can_keep_sources(by))
    source = Source(code=code, name=name, kind=kind, keeper=keeper, created_at=at)
    source.full_clean(exclude=["retired_on"])
    source.save(force_insert=True)
    _record("add", source, by, at, name=name, kind=kind, keeper=keeper.code if keeper else None)
    return source


@transaction.atomic
def correct_source(
    *,
    source: Source,
    name: str,
    kind: str,
    by: User,
    at: datetime,
    keeper: Unit | None = None,
    seen: str | None = None,
) -> Source:
    """A name, kind or keeper put right; the code stays, deliveries are known by it.

    `seen` is the stamp of what the page showed; raises ValidationError for an older one.
    """
    source = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    require(can_keep_sources(by))
    if is_older(seen, source.stamp):
        raise ValidationError(_(CHANGED))
    source.name, source.kind, source.keeper = name, kind, keeper
    source.full_clean(exclude=["retired_on"])
    source.save(update_fields=["name", "kind", "keeper"])
    _record("correct", source, by, at, name=name, kind=kind, keeper=keeper.code if keeper else None)
    return source


@transaction.atomic
def retire_source(*, source: Source, on: date, by: User, at: datetime) -> Source:
    """Nothing more is delivered from it. What came stays and counts. Retired again, the first day stays."""
    source = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    require(can_keep_sources(by))
    if source.retired_on is not None:
        return source
    source.retired_on = on
    source.save(update_fields=["retired_on"])
    _record("retire", source, by, at, retired_on=on)
    return source


@transaction.atomic
def open_own_source(*, unit: Unit, by: User, at: datetime) -> Source:
    """The unit's own report as a source: the one there is, else a new one. Whoever may deliver from it may open it."""
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    known = Source.objects.filter(keeper=unit, kind=Source.Kind.REPORT, retired_on=None).order_by("pk").first()
    if known is not None:
        return known
    name = _("Báo cáo của {unit}").format(unit=unit.name)
    source = Source(code=_free_code(unit), name=name, kind=Source.Kind.REPORT, keeper=unit, created_at=at)
    require(can_deliver_from(by, source))
    source.full_clean(exclude=["retired_on"])
    source.save(force_insert=True)
    _record("add", source, by, at, name=name, kind=str(source.kind), keeper=unit.code)
    return source


def _free_code(unit: Unit) -> str:
    wanted = f"{OWN}{unit.code}"[:LONGEST_CODE]
    return f"{OWN}{unit.pk}-{unit.code}"[:LONGEST_CODE] if Source.objects.filter(code=wanted).exists() else wanted


def _record(verb: str, source: Source, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"indicators.source.{verb}",
        subject=f"indicators.source:{source.code}",
        actor=by.username,
        at=at,
        **detail,
    )
