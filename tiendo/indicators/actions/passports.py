"""Indicators and the versions of their passports."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.indicators.actions.remaking import remake
from tiendo.indicators.actions.terms import Terms, require_sound, terms_of
from tiendo.indicators.actions.ties import locked, subject_of
from tiendo.indicators.models import Indicator, Passport
from tiendo.indicators.permissions import can_define_indicators
from tiendo.plans.finding import index_text
from tiendo.plans.models import Plan, PlanItem
from tiendo.ui.stamps import CHANGED, is_older

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")


@transaction.atomic
def create_indicator(
    *,
    code: str,
    terms: Terms,
    rests_on: str,
    by: User,
    at: datetime,
    plan: Plan | None = None,
    item: PlanItem | None = None,
    catalogue: str = "",
    position: int = 0,
) -> Indicator:
    """A new indicator with version 1 of its passport.

    Raises ValidationError, by field, for a code that is taken and for terms that cannot be measured.
    """
    require(can_define_indicators(by))
    code = code.strip()
    _require_code(code)
    require_sound(terms, None)
    _require_paper(rests_on)
    indicator = Indicator.objects.create(
        code=code,
        catalogue=catalogue,
        plan=plan,
        item=item,
        position=position,
        folded=_index(code, terms),
        created_at=at,
    )
    _write(indicator, 1, terms, rests_on, by, at)
    detail = {"name": terms.name, "catalogue": catalogue, "rests_on": rests_on}
    record(act="indicators.indicator.create", subject=subject_of(indicator), actor=by.username, at=at, **detail)
    remake(indicator, at=at)
    return indicator


@transaction.atomic
def change_passport(
    *, indicator: Indicator, terms: Terms, rests_on: str, by: User, at: datetime, seen: str | None = None
) -> Passport:
    """Write the next version; the one before stays readable. Terms that change nothing write nothing.

    `seen` is the number of the version the page showed. Figures that depend on what changed are made again. Raises
    ValidationError as `create_indicator` does, and for an older page.
    """
    require(can_define_indicators(by))
    indicator = locked(indicator)
    current = indicator.passports.in_force().get()
    if is_older(seen, str(current.number)):
        raise ValidationError(_(CHANGED))
    before, after = terms_of(current).columns, terms.columns
    changed = sorted(name for name in after if after[name] != before[name])
    if not changed:
        return current
    require_sound(terms, indicator)
    _require_paper(rests_on)
    if "unit_code" in changed:
        _require_nothing_measured(indicator)
    indicator.passports.in_force().update(is_current=False)
    passport = _write(indicator, current.number + 1, terms, rests_on, by, at)
    Indicator.objects.filter(pk=indicator.pk).update(folded=_index(indicator.code, terms))
    detail = {"version": passport.number, "changed": changed, "rests_on": rests_on}
    record(act="indicators.passport.change", subject=subject_of(indicator), actor=by.username, at=at, **detail)
    remake(indicator, at=at)
    return passport


@transaction.atomic
def retire_indicator(*, indicator: Indicator, rests_on: str, by: User, at: datetime) -> None:
    """It is measured no longer; its passport, targets and values stay. One retired already is left alone."""
    require(can_define_indicators(by))
    _require_paper(rests_on)
    indicator = locked(indicator)
    if indicator.retired_on is None:
        Indicator.objects.filter(pk=indicator.pk).update(retired_on=localdate(at))
        record(
            act="indicators.indicator.retire",
            subject=subject_of(indicator),
            actor=by.username,
            at=at,
            rests_on=rests_on,
        )


def _write(indicator: Indicator, number: int, terms: Terms, rests_on: str, by: User, at: datetime) -> Passport:
    passport = Passport(
        indicator=indicator,
        number=number,
        rests_on=rests_on.strip(),
        recorded_by=by,
        recorded_at=at,
        **terms.columns,
    )
    passport.full_clean(validate_constraints=False, exclude=["indicator", "recorded_by"])
    passport.save()
    return passport


def _require_code(code: str) -> None:
    """A code is written in formulas and addresses, so it keeps to letters without marks, digits, "." "-" and "_"."""
    if not CODE.fullmatch(code):
        raise ValidationError({"code": _("Mã chỉ gồm chữ không dấu, số và các dấu . - _, nhiều nhất 60 ký tự.")})
    if Indicator.objects.filter(code=code).exists():
        raise ValidationError({"code": _("Mã này đã có; hãy chọn mã khác.")})


def _require_nothing_measured(indicator: Indicator) -> None:
    """Numbers already told are in the unit of measure of their time; another unit would say other things of them."""
    told = indicator.observations.exists() or indicator.targets.exists()
    if told or Passport.objects.in_force().filter(expression__contains=f"[{indicator.code}]").exists():
        words = _("Đã có số liệu, mục tiêu hoặc công thức theo đơn vị tính này; hãy lập chỉ tiêu mới cho đơn vị khác.")
        raise ValidationError({"unit_code": words})


def _index(code: str, terms: Terms) -> str:
    return index_text(terms.name, code, terms.unit_text)


def _require_paper(rests_on: str) -> None:
    if not rests_on.strip():
        raise ValidationError({"rests_on": _("Hãy ghi căn cứ: số, ngày văn bản.")})
