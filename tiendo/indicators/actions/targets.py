"""The ledger of targets: the next line of a point, or its withdrawal; what stood before stays."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.indicators.actions.remaking import remake
from tiendo.indicators.actions.ties import locked, subject_of
from tiendo.indicators.aims import Aim, faults, line_text
from tiendo.indicators.models import Indicator, TargetLine
from tiendo.indicators.permissions import can_set_targets
from tiendo.indicators.points import aim_of
from tiendo.plans.models import PlanVersion
from tiendo.ui.saying import said


@transaction.atomic
def set_targets(
    *,
    indicator: Indicator,
    aims: Iterable[Aim],
    rests_on: str,
    by: User,
    at: datetime,
    plan_version: PlanVersion | None = None,
) -> list[TargetLine]:
    """Write the next line of each point that says something new; figures held against them are made again.

    A point said in the same words already keeps its line. Raises ValidationError, by field, for a point that
    cannot be written and without a paper.
    """
    require(can_set_targets(by))
    aims = list(aims)
    _require_writable(aims, rests_on)
    indicator = locked(indicator)
    shared = {"rests_on": rests_on.strip(), "plan_version": plan_version, "recorded_by": by, "recorded_at": at}
    written = [line for aim in aims if (line := _written(indicator, aim, shared)) is not None]
    for line in written:
        _record("set", line, by, at)
    if written:
        remake(indicator, at=at)
    return written


@transaction.atomic
def set_target_line(*, indicator: Indicator, aim: Aim, rests_on: str, by: User, at: datetime) -> TargetLine | None:
    """One point; None when it says nothing new."""
    return next(iter(set_targets(indicator=indicator, aims=[aim], rests_on=rests_on, by=by, at=at)), None)


@transaction.atomic
def withdraw_target_line(*, line: TargetLine, rests_on: str, by: User, at: datetime) -> TargetLine:
    """The point no longer binds from now on: a next line says so. One withdrawn or replaced already is left alone."""
    require(can_set_targets(by))
    _require_writable([], rests_on)
    locked(line.indicator)
    line = TargetLine.objects.select_related("indicator").get(pk=line.pk)
    if line.is_withdrawn or not line.is_current:
        return line
    TargetLine.objects.filter(pk=line.pk).update(is_current=False)
    next_line = TargetLine.objects.get(pk=line.pk)
    next_line.pk, next_line.number = None, line.number + 1
    next_line.is_current, next_line.is_withdrawn, next_line.plan_version = True, True, None
    next_line.rests_on, next_line.recorded_by, next_line.recorded_at = rests_on.strip(), by, at
    next_line.save(force_insert=True)
    _record("withdraw", next_line, by, at)
    remake(line.indicator, at=at)
    return next_line


def _written(indicator: Indicator, aim: Aim, shared: dict[str, Any]) -> TargetLine | None:
    before = TargetLine.objects.filter(
        indicator=indicator, unit=aim.unit, purpose=aim.purpose, due_on=aim.due_on, category=aim.category
    ).order_by("-number")
    last = before.first()
    if last is not None and last.is_current and not last.is_withdrawn and aim_of(last).says == aim.says:
        return None
    before.filter(is_current=True).update(is_current=False)
    return TargetLine.objects.create(
        indicator=indicator,
        unit_id=aim.unit,
        purpose=aim.purpose.value,
        due_on=aim.due_on,
        category=aim.category,
        number=last.number + 1 if last else 1,
        comparator=aim.comparator.value,
        value=aim.value,
        upper=aim.upper,
        full_value=aim.full_value,
        firmness=aim.firmness.value,
        printed=aim.printed,
        **shared,
    )


def _require_writable(aims: Sequence[Aim], rests_on: str) -> None:
    found: dict[str, list[str]] = {}
    for aim in aims:
        for name, words in faults(aim):
            found.setdefault(name, []).append(said(words))
    if not rests_on.strip():
        found["rests_on"] = [_("Hãy ghi căn cứ: số, ngày văn bản.")]
    if found:
        raise ValidationError(found)


def _record(verb: str, line: TargetLine, by: User, at: datetime) -> None:
    detail = {
        "line": line.number,
        "purpose": line.purpose,
        "due_on": line.due_on,
        "target": line_text(line),
        "category": line.category,
        "unit": line.unit.code if line.unit else None,
        "rests_on": line.rests_on,
    }
    subject = subject_of(line.indicator)
    if verb == "set":
        record(act="indicators.target.set", subject=subject, actor=by.username, at=at, **detail)
    else:
        record(act="indicators.target.withdraw", subject=subject, actor=by.username, at=at, **detail)
