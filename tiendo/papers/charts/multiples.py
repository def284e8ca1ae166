"""Small multiples: one indicator for many units, all on one scale."""

from decimal import Decimal
from gettext import gettext as _

from tiendo.papers.charts.scales import Scale, axis_values, day_number, shortened
from tiendo.papers.charts.shapes import LOOK_LETTERS, Goal, Look, Multiples, Say, Series
from tiendo.papers.charts.signs import fill_of, letter_fill, mark_shape, patterns, rim_of
from tiendo.papers.charts.svg import (
    DEEP,
    INK,
    MUTED,
    RULE,
    Dot,
    lines_of,
    picture,
    polyline,
    tag,
    text,
)
from tiendo.papers.charts.telling import text_of
from tiendo.ui.formats import measured_text, number_text

WIDE, HEAD, PLOT = Decimal(112), Decimal(34), Decimal(52)
TALL = HEAD + PLOT + 14


def panels(chart: Multiples, *, ids: str, say: Say = str) -> list[str]:
    """SVG of each small chart, for a page that sets them side by side as it has room; the dashed line is the end to
    reach."""
    frame = _scales(chart)
    return [
        picture(
            patterns(f"{ids}-{at}") + _inside(chart, at, frame, f"{ids}-{at}", say),
            ids=f"{ids}-{at}", title=series.title, told=text_of(series, say=say), width=WIDE, height=TALL,
            kind="ch-panel",
        )
        for at, series in enumerate(chart.panels)
    ]  # fmt: skip


def scale_words(chart: Multiples, say: Say = str) -> str:
    """The scale that all of them share, in words."""
    scale = _scales(chart)[1]
    by, word = shortened([scale.low, scale.high])
    parts = {"low": number_text(scale.low / by), "high": number_text(scale.high / by)}
    named = " ".join(part for part in (say(word) if word else "", chart.unit) if part)
    return say(_("Cùng một thang: {low} – {high} {unit}")).format(**parts, unit=named).rstrip()


def _looks(chart: Multiples) -> list[Look]:
    bare = (Look.NO_TARGET if series.observed else Look.NO_DATA for series in chart.panels)
    return list(chart.looks) or list(bare)


def _scales(chart: Multiples) -> tuple[Scale, Scale]:
    values: list[Decimal] = []
    days: list[Decimal] = []
    for series in chart.panels:
        values += [point.value for point in series.observed if point.value is not None]
        values += [goal.value for goal in series.goals] + [
            goal.upper for goal in series.goals if goal.upper is not None
        ]
        days += [day_number(point.on) for point in series.points] + [day_number(goal.on) for goal in series.goals]
    marks = axis_values(values, rank=chart.rank)
    ends = (HEAD, HEAD + PLOT) if chart.rank else (HEAD + PLOT, HEAD)
    return Scale(min(days, default=Decimal(0)), max(days, default=Decimal(0)), Decimal(7), WIDE - 8), Scale(
        marks[0], marks[-1], *ends
    )


def _inside(chart: Multiples, at: int, frame: tuple[Scale, Scale], ids: str, say: Say) -> str:
    series, look = chart.panels[at], _looks(chart)[at]
    return _frame(frame) + _name(series, look, ids) + _ends(series, frame) + _line(series, frame, say)


def _name(series: Series, look: Look, ids: str) -> str:
    """The unit's name in two lines at most, behind the letter of its class."""
    names = lines_of(series.title, WIDE - 20, Decimal(11))
    if len(names) > 2:
        names = [names[0], names[1].rstrip() + "…"]
    box = tag("rect", x=0, y=0, width=15, height=15, fill=fill_of(look, ids), stroke=INK, class_=f"ch-{look.value}")
    letter = text(
        Decimal("7.5"), 12, LOOK_LETTERS[look], text_anchor="middle", font_size=11, font_weight="bold",
        fill=letter_fill(look), kind="ch-letter", **rim_of(look),
    )  # fmt: skip
    lines = "".join(text(19, 11 + 12 * row, words, font_size=11) for row, words in enumerate(names))
    return box + letter + lines


def _frame(frame: tuple[Scale, Scale]) -> str:
    floor = HEAD + PLOT
    return tag("line", class_="ch-rule", x1=0, x2=WIDE, y1=floor, y2=floor, stroke=MUTED) + tag(
        "line", class_="ch-rule", x1=0, x2=WIDE, y1=HEAD, y2=HEAD, stroke=RULE
    )


def _ends(series: Series, frame: tuple[Scale, Scale]) -> str:
    """The end to reach, as a dashed line over the whole panel; a range has two."""
    if not series.final:
        return ""
    return "".join(
        tag(
            "line",
            class_="ch-path",
            x1=0,
            x2=WIDE,
            y1=frame[1](value),
            y2=frame[1](value),
            stroke=INK,
            stroke_dasharray="4 3",
        )
        for value in _values(series.final)
    )


def _values(goal: Goal) -> list[Decimal]:
    return [value for value in (goal.value, goal.upper) if value is not None]


def _line(series: Series, frame: tuple[Scale, Scale], say: Say) -> str:
    runs: list[list[Dot]] = [[]]
    for point in sorted(series.points, key=lambda point: point.on):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((frame[0](day_number(point.on)), frame[1](point.value)))
    drawn = "".join(polyline(run, class_="ch-line", stroke=DEEP, stroke_width="2") for run in runs if len(run) > 1)
    observed = series.observed
    if not observed:
        return drawn + text(
            WIDE / 2,
            HEAD + PLOT / 2 + 4,
            say(_("không có số liệu")),
            kind="ch-muted",
            text_anchor="middle",
            font_size=11,
        )
    last = observed[-1]
    value = last.value if last.value is not None else Decimal(0)
    shape = mark_shape(last.mark, frame[0](day_number(last.on)), frame[1](value))
    return (
        drawn
        + shape
        + text(WIDE, HEAD + PLOT + 13, f"{last.label}: {measured_text(value)}", text_anchor="end", font_size=11)
    )
