"""Where each indicator stands: its newest figure of the whole beside its passport, in one query for a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tiendo.indicators.aims import line_text
from tiendo.indicators.models import Figure, Indicator, Passport, TargetLine, TaskTie
from tiendo.indicators.models.passports import IndicatorQuerySet
from tiendo.indicators.presence import Schedule, next_update, periods_due
from tiendo.indicators.sights import passport_words
from tiendo.indicators.spans import Span, span_of
from tiendo.indicators.speaking import speaking_of_outer, with_letter
from tiendo.indicators.states import Frequency, Purpose, Rollup, State
from tiendo.orgs.models import Unit, UnitKind
from tiendo.orgs.queries import holders
from tiendo.plans.models import Task
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Standing:
    """One row of a list: the passport, the end it goes to, its newest figure, what is awaited next and what is late."""

    indicator: Indicator
    passport: Passport
    end: TargetLine | None
    figure: Figure | None
    state: State
    awaited: Span
    awaited_by: date
    missing: tuple[Span, ...]
    owner: Unit | None = None  # who answers today for the owner named in the passport

    @property
    def period_name(self) -> Sentence | None:
        """The period of the newest figure, as people write it."""
        return span_of(self.figure.period).name if self.figure else None

    @property
    def level(self) -> Mapping[str, Any] | None:
        """Of a qualitative indicator the level that was reached, with its rubric."""
        value = self.figure.value if self.figure else None
        return next((each for each in self.passport.levels if each["level"] == value), None)

    @property
    def value_text(self) -> str:
        """The newest figure as it is written; empty without a value."""
        return passport_words(self.passport, self.figure.value if self.figure else None)

    @property
    def end_text(self) -> str:
        return line_text(self.end) if self.end else ""

    @property
    def goal_text(self) -> str:
        """The milestone or end its newest figure is held against."""
        goal = self.figure.target if self.figure else None
        return line_text(goal) if goal else ""


def with_standing(indicators: IndicatorQuerySet) -> IndicatorQuerySet:
    """Annotated with `firmness`, and `figure_id` and `state` of the figure that speaks (`newest`)."""
    current = Passport.objects.in_force().filter(indicator=OuterRef("pk"))
    names = ("frequency", "over_time", "firmness")
    rows = indicators.annotate(**{name: Subquery(current.values(name)[:1]) for name in names})
    newest = speaking_of_outer(whole_figures())
    state = Coalesce(Subquery(newest.values("state")[:1]), Value(State.NO_DATA.value), output_field=CharField())
    found: IndicatorQuerySet = with_letter(rows).annotate(figure_id=Subquery(newest.values("pk")[:1]), state=state)
    return found


def whole_figures() -> QuerySet[Figure]:
    """Figures that speak for all: of the committee, without breakdowns."""
    return Figure.objects.filter(unit__kind=UnitKind.COMMITTEE, slice="")


def standings(indicators: Iterable[Indicator], *, on: date) -> list[Standing]:
    """Rows for indicators from `with_standing`, in four queries however many there are."""
    found: list[Any] = list(indicators)
    pks = [each.pk for each in found]
    passports = Passport.objects.in_force().filter(indicator__in=pks).select_related("owner")
    by_pk = {each.indicator_id: each for each in passports}
    figures = Figure.objects.select_related("target").in_bulk([each.figure_id for each in found if each.figure_id])
    ends, known, heirs = _ends(pks), _known(pks), _heirs([each.owner for each in by_pk.values() if each.owner], on)
    rows = [
        _standing(each, by_pk[each.pk], ends.get(each.pk), figures.get(each.figure_id), known.get(each.pk, set()), on)
        for each in found
    ]
    return [replace(row, owner=heirs.get(row.passport.owner_id or 0, row.passport.owner)) for row in rows]


def _heirs(owners: Iterable[Unit], on: date) -> dict[int, Unit]:
    """Owner that ended → who answers for it that day; two queries where one has, else none."""
    ended = {owner.pk for owner in owners if owner.valid_to is not None and owner.valid_to <= on}
    answering = {pk: holder for pk, holder in holders(on=on).items() if pk in ended} if ended else {}
    units = Unit.objects.in_bulk(set(answering.values())) if answering else {}
    return {pk: units[holder] for pk, holder in answering.items()}


def state_counts(indicators: IndicatorQuerySet) -> dict[str, int]:
    """State → how many, counted over the very rows that `with_standing` gives."""
    rows: QuerySet[Any] = with_standing(indicators).order_by()
    return dict(rows.values_list("state").annotate(number=Count("pk")))


def _standing(
    indicator: Any, passport: Passport, end: TargetLine | None, figure: Figure | None, known: set[str], on: date
) -> Standing:
    schedule = Schedule(Frequency(passport.frequency), passport.lag_days, passport.first_period)
    awaited, by = next_update(schedule, on)
    late = tuple(span for span in periods_due(schedule, on) if span.code not in known) if _whole(passport) else ()
    state = State(indicator.state)
    return Standing(indicator, passport, end, figure, state, awaited, by, late)


def _whole(passport: Passport) -> bool:
    """Whether anything speaks for all: an indicator told by unit alone owes no figure of the whole."""
    return not passport.measured_kinds or passport.over_units != Rollup.NONE or bool(passport.expression)


def _ends(pks: list[int]) -> dict[int, TargetLine]:
    """Indicator → its last end in force for every unit; of several categories the first by name."""
    rows = TargetLine.objects.in_force().filter(indicator__in=pks, unit=None, purpose=Purpose.FINAL)
    found: dict[int, TargetLine] = {}
    for row in rows.order_by("-due_on", "category"):
        found.setdefault(row.indicator_id, row)
    return found


def _known(pks: list[int]) -> dict[int, set[str]]:
    """Indicator → periods for which the whole has a value."""
    found: dict[int, set[str]] = {}
    rows = whole_figures().filter(indicator__in=pks, value__isnull=False)
    for pk, period in rows.values_list("indicator_id", "period"):
        found.setdefault(pk, set()).add(period)
    return found


def measuring(task: Task, *, on: date) -> list[Standing]:
    """Indicators in use that measure the outcome of a task, numbers and levels side by side (R005)."""
    tied = TaskTie.objects.filter(task=task, ended_at=None).values("indicator")
    rows = with_standing(Indicator.objects.in_use().filter(pk__in=tied))
    return standings(rows.order_by("position", "code"), on=on)


def followed(items: Iterable[int]) -> dict[int, Indicator]:
    """Item of a plan → the indicator in use that was taken from its first row, through all versions."""
    rows = Indicator.objects.in_use().filter(item__isnull=False).select_related("item").order_by("-code")
    found = {each.item.origin_id or each.item_id or 0: each for each in rows if each.item}
    return {pk: found[pk] for pk in items if pk in found}
