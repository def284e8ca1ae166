"""The figures a score reads, all asked for at once: of each indicator that of the period due last, whatever came."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from gettext import gettext as _

from django.utils.timezone import localdate

from tiendo.evaluation.measured import Measured, parts_owed, period_read
from tiendo.evaluation.models import Cycle
from tiendo.indicators.keeping import sentences_again
from tiendo.indicators.models import Figure, Passport
from tiendo.indicators.presence import Schedule
from tiendo.indicators.spans import Span
from tiendo.indicators.states import Frequency, Rollup
from tiendo.orgs.models import Unit, UnitKind
from tiendo.orgs.queries import renamings
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Found:
    """The figure read and of which period; `lacks` says in Vietnamese why no value counts, "" when one does."""

    period: str
    figure: Figure | None
    lacks: str


@dataclass(frozen=True)
class Figures:
    """By code, unit and period; those of the whole province by code and period. `on` is the day of judging.

    A unit that only took another name is one body: what was measured under the one counts under the other. After a
    merger or a split a figure of before is no figure of the new unit, and is lacking.
    """

    measured: dict[str, Measured]
    own: dict[tuple[str, int, str], Figure]
    whole: dict[tuple[str, str], Figure]
    on: date
    names: Mapping[int, Collection[int]] = field(default_factory=dict)

    def of_unit(self, code: str, unit: Unit, until: date) -> Found:
        """The unit's own, of the period due last before `until`."""
        span = self._span(code, until)
        return self._found(code, span, self._own(code, unit, span) if span else None)

    def of_task(self, code: str, unit: Unit, until: date) -> Found:
        """The unit's own; the province's only where units of its kind are not measured, and so cannot be silent."""
        span = self._span(code, until)
        if span is None:
            return self._found(code, None, None)
        figure = self._own(code, unit, span)
        if figure is None and unit.kind not in self.measured[code].kinds:
            figure = self.whole.get((code, span.code))
        return self._found(code, span, figure)

    def _own(self, code: str, unit: Unit, span: Span) -> Figure | None:
        """Under the unit's own name, or else under a former or later one."""
        bodies = [unit.pk, *self.names.get(unit.pk, ())]
        return next((found for pk in bodies if (found := self.own.get((code, pk, span.code)))), None)

    def _span(self, code: str, until: date) -> Span | None:
        measured = self.measured.get(code)
        return period_read(measured, until=until, on=self.on) if measured else None

    def _found(self, code: str, span: Span | None, figure: Figure | None) -> Found:
        if span is None:
            return Found("", None, _("chưa có kỳ số liệu nào đến hạn"))
        if figure is None:
            return Found(span.code, None, _lacking(span))
        if figure.value is None:
            why = [str(each) for each in sentences_again([figure.no_value or {}])] if figure.no_value else []
            return Found(span.code, figure, ": ".join([_lacking(span), *why]))
        missing = parts_owed(self.measured[code], span, figure.made_from.get("missing", []))
        return Found(span.code, figure, _lacking(*missing) if missing else "")


def _lacking(*spans: Span) -> str:
    return str(Sentence.of(_("thiếu số liệu kỳ {period}"), period=", ".join(str(span.name) for span in spans)))


def figures_read(cycle: Cycle, codes: Collection[str], *, at: datetime) -> Figures:
    """Of the periods read at the end of the data and at the end of each head's term, in four queries."""
    on, measured = localdate(at), _measured(codes)
    terms = cycle.scorecards.exclude(head_to=None).values_list("head_to", flat=True)
    ends = {cycle.data_to, *(day for day in terms if day is not None)}
    spans = {period_read(each, until=end, on=on) for each in measured.values() for end in ends}
    periods = {span.code for span in spans if span is not None}
    rows = Figure.objects.filter(indicator__code__in=codes, slice="", period__in=periods)
    own: dict[tuple[str, int, str], Figure] = {}
    whole: dict[tuple[str, str], Figure] = {}
    for row in rows.select_related("indicator", "unit").order_by("pk"):
        own[row.indicator.code, row.unit_id, row.period] = row
        if row.unit.kind == UnitKind.COMMITTEE:
            whole[row.indicator.code, row.period] = row
    return Figures(measured, own, whole, on, renamings())


def _measured(codes: Collection[str]) -> dict[str, Measured]:
    rows = Passport.objects.in_force().filter(indicator__code__in=codes).select_related("indicator")
    return {
        row.indicator.code: Measured(
            Schedule(Frequency(row.frequency), row.lag_days, row.first_period),
            Rollup(row.over_time),
            tuple(row.measured_kinds),
        )
        for row in rows
    }
