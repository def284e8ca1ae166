"""Catalogues and targets of plans become indicators; taking the same again writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.indicators import catalogues
from tiendo.indicators.actions.passports import create_indicator
from tiendo.indicators.actions.targets import set_targets
from tiendo.indicators.actions.terms import Terms
from tiendo.indicators.actions.ties import tie_document, tie_objective, tie_task
from tiendo.indicators.models import Indicator
from tiendo.indicators.permissions import can_define_indicators
from tiendo.indicators.rows import Row
from tiendo.indicators.taking import Change, Proposal, code_for_row
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan, PlanItem, PlanVersion, Task
from tiendo.plans.queries import same_item


@dataclass(frozen=True)
class Taken:
    """How many indicators are new, how many got new targets, and how many were there and stayed as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0


@transaction.atomic
def take_catalogue(*, name: str, by: User, at: datetime) -> Taken:
    """Define the indicators of a shipped catalogue that are not there yet; those there keep what people made of them.

    Raises BadCatalogue for a name that is none.
    """
    require(can_define_indicators(by))
    catalogue = catalogues.read(name)
    known = dict(Indicator.objects.filter(code__in=[each.code for each in catalogue.entries]).values_list("code", "pk"))
    made: dict[str, Indicator] = {}
    for position, entry in enumerate(catalogue.entries, 1):
        if entry.code in known:
            made[entry.code] = Indicator.objects.get(pk=known[entry.code])
            continue
        terms = Terms(**entry.terms, **_parts(entry, made))
        indicator = create_indicator(
            code=entry.code,
            terms=terms,
            rests_on=catalogue.rests_on,
            catalogue=catalogue.title,
            position=position,
            by=by,
            at=at,
        )
        set_targets(indicator=indicator, aims=entry.aims, rests_on=catalogue.rests_on, by=by, at=at)
        tie_document(indicator=indicator, number=catalogue.document, by=by, at=at)
        made[entry.code] = indicator
    return Taken(new=len(made) - len(known), same=len(known))


@transaction.atomic
def take_proposals(*, plan: Plan, chosen: Sequence[Proposal], by: User, at: datetime) -> Taken:
    """Turn targets of the plan into indicators, or write their changed targets as next lines of the ledger.

    Raises ValidationError for a target that a person has to complete first.
    """
    require(can_define_indicators(by))
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    for each in chosen:
        if not each.row.is_ready:
            raise ValidationError(_("“%(name)s” còn thiếu; hãy sửa rồi nhận từng dòng.") % {"name": each.row.name})
    for each in chosen:
        if each.indicator is None:
            take_row(plan=plan, row=each.row, terms=terms_for(each.row), by=by, at=at)
        elif each.change is Change.TARGET:
            version = plan.version
            set_targets(
                indicator=each.indicator,
                aims=each.row.aims,
                rests_on=_paper(version),
                plan_version=version,
                by=by,
                at=at,
            )
    counts = [each.change for each in chosen]
    return Taken(counts.count(Change.NEW), counts.count(Change.TARGET), counts.count(Change.SAME))


@transaction.atomic
def take_row(*, plan: Plan, row: Row, terms: Terms, by: User, at: datetime) -> Indicator:
    """Define the indicator of one target of the plan, on terms that a person may have edited, with its points and ties.

    Tasks that were linked to the row of the annex are tied to the indicator.
    """
    require(can_define_indicators(by))
    version, item = plan.version, PlanItem.objects.get(pk=row.item)
    paper = _paper(version)
    indicator = create_indicator(
        code=_free_code(plan, row),
        terms=terms,
        rests_on=paper,
        plan=plan,
        item=item,
        position=item.position,
        by=by,
        at=at,
    )
    set_targets(indicator=indicator, aims=row.aims, rests_on=paper, plan_version=version, by=by, at=at)
    tie_objective(indicator=indicator, item=item, by=by, at=at)
    for task in Task.objects.filter(indicator_links__item__in=same_item(item)).distinct():
        tie_task(indicator=indicator, task=task, by=by, at=at)
    return indicator


def terms_for(row: Row) -> Terms:
    """A passport as far as the document tells it; the unit it names answers for the indicator when it is one."""
    owner = Unit.objects.filter(code__in=row.leads).first() if len(row.leads) == 1 else None
    scopes: tuple[dict[str, Any], ...] = ()
    if row.scopes:
        scopes = ({"code": catalogues.SCOPE, "name": "Phạm vi so sánh", "values": list(row.scopes)},)
    return Terms(
        name=row.name,
        unit_code=row.unit_code,
        unit_text=row.unit_text,
        measure=row.measure.value,
        decimals=row.decimals,
        direction=row.direction.value,
        firmness=row.firmness.value,
        owner=owner,
        slices=scopes,
    )


def _paper(version: PlanVersion) -> str:
    """The document a version of the plan stands in, as a later reader looks for it."""
    return version.document.symbol or version.document.title or version.plan.title


def _free_code(plan: Plan, row: Row) -> str:
    """The row's code, or with a letter more where a row that has moved since left that code in use."""
    codes = [code_for_row(plan, row, letter) for letter in ("", *"bcdefghijklmnopqrstuvwxyz")]
    taken = set(Indicator.objects.filter(code__in=codes).values_list("code", flat=True))
    return next(code for code in codes if code not in taken)


def _parts(entry: catalogues.Entry, made: dict[str, Indicator]) -> dict[str, Any]:
    """Numerator and denominator of a ratio, by their codes in the catalogue."""
    return {"numerator": made.get(entry.numerator), "denominator": made.get(entry.denominator)}
