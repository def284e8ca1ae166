"""Programmes with objectives of their own: drawn up, put into force, measured and published, ended."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.indicators.models import Indicator, Measurement, Objective, Programme
from tiendo.indicators.permissions import (
    can_define_indicators,
    can_publish_measurement,
    can_put_programme_in_force,
)
from tiendo.indicators.programmes import content_of, digest_of, lines_of, periods_of
from tiendo.indicators.publishing import LACK_WORDS, Publication
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan
from tiendo.ui.stamps import CHANGED, is_older


@transaction.atomic
def create_programme(
    *,
    code: str,
    title: str,
    owner: Unit,
    frequency: str,
    publish_days: int,
    by: User,
    at: datetime,
    plan: Plan | None = None,
) -> Programme:
    """Draw up a programme; it binds nobody yet. Raises ValidationError for a code that is taken or fields unfit."""
    require(can_define_indicators(by))
    programme = Programme(
        code=code,
        title=title.strip(),
        plan=plan,
        owner=owner,
        frequency=frequency,
        publish_days=publish_days,
        created_by=by,
        created_at=at,
    )
    programme.full_clean(exclude=["in_force_from", "decided_by", "ended_on"])
    programme.save()
    _record("create", programme, by, at, title=programme.title, frequency=frequency, publish_days=publish_days)
    return programme


@transaction.atomic
def change_programme(
    *,
    programme: Programme,
    title: str,
    owner: Unit,
    frequency: str,
    publish_days: int,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Programme:
    """Mend the programme. Once it is in force its period of measuring stays: what was missed must not disappear.

    `seen` is the stamp of what the page showed.
    """
    require(can_define_indicators(by))
    programme = _locked(programme)
    _require_as_seen(seen, programme.stamp)
    if programme.in_force_from is not None and (frequency, publish_days) != (
        programme.frequency,
        programme.publish_days,
    ):
        raise ValidationError({"frequency": _("Chương trình đã có hiệu lực nên không đổi chu kỳ, hạn công bố.")})
    programme.title, programme.owner = title.strip(), owner
    programme.frequency, programme.publish_days = frequency, publish_days
    programme.full_clean(exclude=["in_force_from", "decided_by", "ended_on"])
    programme.save(update_fields=["title", "owner", "frequency", "publish_days"])
    _record("change", programme, by, at, title=programme.title, frequency=frequency, publish_days=publish_days)
    return programme


@transaction.atomic
def set_objective(
    *,
    programme: Programme,
    indicator: Indicator,
    unit: Unit | None,
    head: User | None,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Objective:
    """Measure the programme by an indicator, and say which unit and which head by name answer for it.

    In force, an objective may change hands but never stand without a unit and a head. `seen` is the `objective_stamp`
    of what the page showed.
    """
    require(can_define_indicators(by))
    programme = _locked(programme)
    _require_as_seen(seen, programme.objective_stamp(indicator.code))
    objective = programme.objectives.filter(indicator=indicator, ended_at=None).first()
    if objective is None:
        last = programme.objectives.aggregate(last=Max("position"))["last"] or 0
        objective = Objective(programme=programme, indicator=indicator, position=last + 1)
    objective.unit, objective.head = unit, head
    objective.save()
    if programme.in_force_from is not None:
        _require_whole(programme)
    named = {"unit": unit.code if unit else None, "head": head.username if head else None}
    _record("set_objective", programme, by, at, indicator=indicator.code, **named)
    return objective


@transaction.atomic
def end_objective(*, objective: Objective, by: User, at: datetime) -> None:
    """The programme is no longer measured by it; what was published stays. One ended already is left alone."""
    require(can_define_indicators(by))
    programme = _locked(objective.programme)
    if Objective.objects.filter(pk=objective.pk, ended_at=None).update(ended_at=at):
        _record("end_objective", programme, by, at, indicator=objective.indicator.code)


@transaction.atomic
def put_in_force(*, programme: Programme, on: date, decision: str, by: User, at: datetime) -> Programme:
    """From a day on it binds its units and heads.

    Raises ValidationError, a sentence for each objective without a figure, a unit or a head (R063), and without a
    decision or any objective.
    """
    require(can_put_programme_in_force(by))
    programme = _locked(programme)
    if programme.in_force_from is not None:
        raise ValidationError(_("Chương trình đã có hiệu lực."))
    if not decision.strip():
        raise ValidationError({"decision": _("Hãy ghi số, ngày văn bản ban hành.")})
    _require_whole(programme)
    programme.in_force_from, programme.decision, programme.decided_by = on, decision.strip(), by
    programme.save(update_fields=["in_force_from", "decision", "decided_by"])
    _record("put_in_force", programme, by, at, on=on, decision=programme.decision)
    return programme


@transaction.atomic
def end_programme(*, programme: Programme, on: date, by: User, at: datetime) -> Programme:
    """Its last day. Published results stay, and periods it missed stay missed. One ended already is left alone."""
    require(can_put_programme_in_force(by))
    programme = _locked(programme)
    if programme.in_force_from is None or on < programme.in_force_from:
        raise ValidationError({"on": _("Ngày kết thúc phải sau ngày có hiệu lực.")})
    if programme.ended_on is None:
        programme.ended_on = on
        programme.save(update_fields=["ended_on"])
        _record("end", programme, by, at, on=on)
    return programme


@transaction.atomic
def publish_measurement(*, programme: Programme, period: str, by: User, at: datetime, note: str = "") -> Measurement:
    """Freeze a period's results under the next number; a correction is the number after, with a note (R064).

    Raises ValidationError for a period that is not over or not the programme's, and for a correction without a note or
    without a change.
    """
    require(can_publish_measurement(by))
    programme = _locked(programme)
    lines = {line.span.code: line for line in periods_of(programme, on=localdate(at))}
    if period not in lines or lines[period].state is Publication.RUNNING:
        raise ValidationError({"period": _("Chỉ công bố được kỳ đã hết của chương trình đang có hiệu lực.")})
    last = programme.measurements.filter(period=period).order_by("-number").first()
    content = content_of(programme, period)
    digest = digest_of(content)
    if last is not None and last.sha256 == digest:
        raise ValidationError(_("Số liệu không đổi so với lần công bố trước."))
    if last is not None and not note.strip():
        raise ValidationError({"note": _("Công bố lại thì phải ghi rõ điều gì được đính chính.")})
    measurement = Measurement.objects.create(
        programme=programme,
        period=period,
        number=last.number + 1 if last else 1,
        content=content,
        sha256=digest,
        published_by=by,
        published_at=at,
        note=note.strip(),
    )
    _record("publish", programme, by, at, period=period, number=measurement.number, sha256=digest)
    return measurement


def _require_as_seen(seen: str | None, now: str) -> None:
    if is_older(seen, now):
        raise ValidationError(_(CHANGED))


def _require_whole(programme: Programme) -> None:
    lines = lines_of(programme)
    if not lines:
        raise ValidationError(_("Chương trình chưa có mục tiêu nào."))
    found = [
        _("%(name)s: %(lacks)s.")
        % {"name": line.passport.name, "lacks": ", ".join(_(LACK_WORDS[lack]) for lack in line.lacks)}
        for line in lines
        if line.lacks
    ]
    if found:
        raise ValidationError(found)


def _locked(programme: Programme) -> Programme:
    return Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


ACTS = {
    "create": "indicators.programme.create",
    "change": "indicators.programme.change",
    "set_objective": "indicators.programme.set_objective",
    "end_objective": "indicators.programme.end_objective",
    "put_in_force": "indicators.programme.put_in_force",
    "end": "indicators.programme.end",
    "publish": "indicators.programme.publish",
}


def _record(verb: str, programme: Programme, by: User, at: datetime, **detail: Any) -> None:
    record(act=ACTS[verb], subject=f"indicators.programme:{programme.code}", actor=by.username, at=at, **detail)
