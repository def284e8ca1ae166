"""Rows put aside: mended and taken, or dropped with a reason."""

from collections.abc import Mapping
from datetime import datetime
from gettext import gettext as _

from django.db import transaction

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.indicators.actions.observing import Decided, NotTaken, record_observation
from tiendo.indicators.delivery import FIELDS
from tiendo.indicators.models import Indicator, Observation, PutAside
from tiendo.indicators.permissions import can_deliver_from, can_resolve_aside
from tiendo.orgs.models import Unit
from tiendo.ui.sentences import Sentence


@transaction.atomic
def mend_aside(*, aside: PutAside, cells: Mapping[str, str], by: User, at: datetime) -> Observation:
    """The row as it should have been, `cells` by field of `delivery.FIELDS`, goes in like any other.

    What came stays beside it. Raises NotTaken with sentences when a check speaks against it, Decided when the row was
    resolved already.
    """
    aside = _locked(aside, by)
    require(can_deliver_from(by, aside.batch.source))
    indicator, unit = _named(cells)
    line = record_observation(
        indicator=indicator,
        unit=unit,
        source=aside.batch.source,
        period=cells.get("period", ""),
        status=cells.get("status", ""),
        value=cells.get("value"),
        no_value=cells.get("no_value", ""),
        part=cells.get("slice", ""),
        note=cells.get("note", ""),
        batch=aside.batch,
        by=by,
        at=at,
    )
    changed = [name for name in FIELDS if cells.get(name, "") != aside.raw.get(name, "")]
    _resolve(aside, PutAside.Outcome.MENDED, "", by, at)
    _record("mend", aside, by, at, observation=line.pk, changed=changed)
    return line


@transaction.atomic
def drop_aside(*, aside: PutAside, reason: str, by: User, at: datetime) -> PutAside:
    """The row will not go in. Raises NotTaken without a reason, Decided when the row was resolved already."""
    aside = _locked(aside, by)
    if not reason.strip():
        raise NotTaken([_("Hãy ghi lý do bỏ dòng này.")])
    _resolve(aside, PutAside.Outcome.DROPPED, reason.strip(), by, at)
    _record("drop", aside, by, at, reason=reason.strip())
    return aside


def _locked(aside: PutAside, by: User) -> PutAside:
    rows = PutAside.objects.select_for_update(of=("self",)).select_related("batch__source", "resolved_by")
    aside = rows.get(pk=aside.pk)
    require(can_resolve_aside(by, aside))
    if aside.outcome is not None:
        who = aside.resolved_by.full_name if aside.resolved_by else ""
        raise Decided(Sentence.of(_("{who} đã xử lý dòng này trước bạn."), who=who))
    return aside


def _named(cells: Mapping[str, str]) -> tuple[Indicator, Unit]:
    indicator = Indicator.objects.filter(code=cells.get("indicator", "").strip()).first()
    unit = Unit.objects.filter(code=cells.get("unit", "").strip()).first()
    if indicator is None:
        raise NotTaken([Sentence.of(_("Không có chỉ tiêu mã “{code}”."), code=cells.get("indicator", ""))])
    if unit is None:
        raise NotTaken([Sentence.of(_("Không có đơn vị mã “{code}”."), code=cells.get("unit", ""))])
    return indicator, unit


def _resolve(aside: PutAside, outcome: PutAside.Outcome, note: str, by: User, at: datetime) -> None:
    aside.outcome, aside.outcome_note, aside.resolved_by, aside.resolved_at = outcome, note, by, at
    aside.save(update_fields=["outcome", "outcome_note", "resolved_by", "resolved_at"])


def _record(verb: str, aside: PutAside, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"indicators.aside.{verb}",
        subject=f"indicators.aside:{aside.pk}",
        actor=by.username,
        at=at,
        batch=aside.batch_id,
        row=aside.row,
        **detail,
    )
