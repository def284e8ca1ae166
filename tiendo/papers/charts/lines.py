"""The chart of one indicator on its way to a target."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from tiendo.papers.charts.scales import Scale, axis_values, day_number, shortened, spread
from tiendo.papers.charts.shapes import Goal, Point, Say, Series
from tiendo.papers.charts.signs import (
    final_shape,
    legend,
    mark_entries,
    mark_shape,
    milestone_shape,
    missing_shape,
)
from tiendo.papers.charts.svg import (
    DEEP,
    INK,
    MUTED,
    PAPER,
    RULE,
    Dot,
    headed,
    moved,
    picture,
    polygon,
    polyline,
    tag,
    text,
    width_of,
)
from tiendo.papers.charts.telling import goal_words, text_of
from tiendo.ui.formats import measured_text, number_text

TOP, PLOT, RIGHT = Decimal(24), Decimal(168), Decimal(16)
Box = tuple[Decimal, Decimal, Decimal, Decimal]  # left, top, right, bottom


def line_chart(series: Series, *, ids: str, say: Say = str, width: int = 360, titled: bool = False) -> str:
    """SVG of `series`; `ids` begins every id in it, so that several stand on one page.

    `width` is in user units, in which letters are 12 high: 360 is read on a phone and on half a sheet of paper.
    `titled` draws the title too, for pictures that stand without a page around them.
    """
    frame = _frame(series, Decimal(width), say)
    drawn = _grid(frame, series) + _goals(frame, series, say) + _observed(frame, series) + _nothing(frame, series, say)
    keys, tall = legend(_entries(series, say), frame.right - 2, frame.bottom + 26)
    head, down = headed(series.title, width) if titled else ("", Decimal(0))
    inside = head + moved(drawn + moved(keys, 0, 2), down)
    height = frame.bottom + 26 + tall + down + 2
    told = text_of(series, say=say)
    return picture(inside, ids=ids, title=series.title, told=told, width=width, height=height, kind="ch-lines")


@dataclass
class _Frame:
    """Where things stand, and what room is taken already."""

    x: Scale
    y: Scale
    marks: list[Decimal]
    by: Decimal
    unit: str
    right: Decimal
    bottom: Decimal
    taken: list[Box] = field(default_factory=list)

    def at(self, point: Point | Goal, value: Decimal) -> Dot:
        return self.x(day_number(point.on)), self.y(value)

    def label(self, dot: Dot, words: str, *, kind: str = "ch-text", weight: str = "") -> str:
        """Words beside a dot where nothing stands yet, inside the plot; left out when there is no such place."""
        wide = width_of(words)
        self.taken.append((dot[0] - 6, dot[1] - 6, dot[0] + 6, dot[1] + 6))
        for lift in (Decimal(-10), Decimal(19), Decimal(-24), Decimal(33)):
            left = min(max(dot[0] - wide / 2, self.x.start), self.right - wide)
            baseline = dot[1] + lift
            box = (left, baseline - 11, left + wide, baseline + 3)
            if box[1] >= 2 and box[3] <= self.bottom and not any(_meet(box, each) for each in self.taken):
                self.taken.append(box)
                halo = {"paint_order": "stroke", "stroke": PAPER, "stroke_width": "3", "stroke_linejoin": "round"}
                return text(left, baseline, words, kind=kind, font_weight=weight, **halo)
        return ""


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _frame(series: Series, width: Decimal, say: Say) -> _Frame:
    values = [point.value for point in series.observed if point.value is not None]
    values += [former.value for point in series.points for former in point.former]
    values += [each for goal in series.goals for each in (goal.value, goal.upper) if each is not None]
    if series.baseline and series.baseline.value is not None:
        values.append(series.baseline.value)
    levels = len(series.level_names)
    marks = [Decimal(n) for n in range(1, levels + 1)] if levels else axis_values(values, rank=series.rank)
    by, word = shortened(marks)
    left = max(width_of(_short(mark, by)) for mark in marks) + 10
    ends = (TOP, TOP + PLOT) if series.rank else (TOP + PLOT, TOP)
    days = [day_number(day) for day in _named_days(series)] or [Decimal(0)]
    x = Scale(min(days), max(days), left + 8, width - RIGHT)
    unit = " ".join(part for part in (say(word) if word else "", series.unit) if part)
    said = (Decimal(0), Decimal(0), width_of(unit) + 4, Decimal(16))
    return _Frame(x, Scale(marks[0], marks[-1], *ends), marks, by, unit, width - 4, TOP + PLOT, [said])


def _named_days(series: Series) -> dict[date, str]:
    """Every day something is drawn on, with its words."""
    named = {point.on: point.label for point in _given(series.baseline)}
    named |= {goal.on: goal.label for goal in series.goals}
    return named | {point.on: point.label for point in series.points}


def _given(baseline: Point | None) -> list[Point]:
    return [baseline] if baseline and baseline.value is not None else []


def _short(value: Decimal, by: Decimal) -> str:
    return number_text(value / by)


def _grid(frame: _Frame, series: Series) -> str:
    left = frame.x.start - 8
    drawn = text(2, 12, frame.unit, kind="ch-muted") if frame.unit else ""
    for mark in frame.marks:
        y = frame.y(mark)
        heavy = mark == frame.marks[0] or mark == 0
        drawn += tag(
            "line",
            class_="ch-rule",
            x1=left,
            x2=frame.right,
            y1=y,
            y2=y,
            stroke=MUTED if heavy else RULE,
            stroke_width="1",
        )
        drawn += text(left - 4, y + 4, _short(mark, frame.by), kind="ch-muted", text_anchor="end")
    return drawn + _days(frame, series)


def _days(frame: _Frame, series: Series) -> str:
    labels = []
    for day, words in _named_days(series).items():
        wide = width_of(words)
        x = min(max(frame.x(day_number(day)), wide / 2), frame.right - wide / 2)
        labels.append((x, wide, words))
    return "".join(
        text(x, frame.bottom + 17, words, kind="ch-muted", text_anchor="middle")
        for x, words in spread(labels, Decimal(6))
    )


def _goals(frame: _Frame, series: Series, say: Say) -> str:
    start = [frame.at(point, point.value) for point in _given(series.baseline) if point.value is not None]
    low = [*start, *(frame.at(goal, goal.value) for goal in series.goals)]
    high = [*start, *(frame.at(goal, goal.value if goal.upper is None else goal.upper) for goal in series.goals)]
    way = {"class_": "ch-path", "stroke": INK, "stroke_width": "1.5", "stroke_dasharray": "5 4"}
    drawn = ""
    if low != high:
        drawn += polygon([*low, *reversed(high)], class_="ch-band", fill="#e9e6dd", stroke="none")
        drawn += polyline(high, **way)
    drawn += polyline(low, **way) if len(low) > 1 else ""
    drawn += "".join(_goal(frame, goal, final=goal is series.final) for goal in series.goals)
    if series.final:
        dot = frame.at(series.final, series.final.value if series.final.upper is None else series.final.upper)
        words = say(_("Đích {goal}")).format(goal=goal_words(series.final, say, levels=series.level_names))
        drawn += frame.label(dot, words, weight="bold")
    return drawn + "".join(_start(frame, dot) for dot in start)


def _goal(frame: _Frame, goal: Goal, *, final: bool) -> str:
    dots = [frame.at(goal, value) for value in (goal.value, goal.upper) if value is not None]
    bar = polyline(dots, class_="ch-goal", stroke=INK, stroke_width="1.5") if len(dots) > 1 else ""
    across = ""
    if final:
        across = "".join(
            tag("line", class_="ch-end", x1=frame.x.start - 8, x2=x, y1=y, y2=y, stroke=INK, stroke_dasharray="1 3")
            for x, y in dots
        )
    shape = final_shape if final else milestone_shape
    frame.taken += [(x - 6, y - 6, x + 6, y + 6) for x, y in dots]
    return across + bar + "".join(shape(x, y) for x, y in dots)


def _start(frame: _Frame, dot: Dot) -> str:
    """The baseline: a short thick stroke across the beginning of the path."""
    x, y = dot
    frame.taken.append((x - 6, y - 6, x + 6, y + 6))
    return tag("line", class_="ch-start", x1=x - 6, x2=x + 6, y1=y, y2=y, stroke=INK, stroke_width="3.5")


def _observed(frame: _Frame, series: Series) -> str:
    drawn = ""
    run: list[Dot] = []
    shapes = ""
    points = sorted(series.points, key=lambda point: point.on)
    for point in points:
        if point.value is None:
            drawn += _line(run)
            run = []
            shapes += missing_shape(frame.x(day_number(point.on)), frame.bottom)
            continue
        dot = frame.at(point, point.value)
        run.append(dot)
        shapes += _replaced(frame, point, dot) + mark_shape(point.mark, *dot)
        frame.taken.append((dot[0] - 6, dot[1] - 6, dot[0] + 6, dot[1] + 6))
    return drawn + _line(run) + shapes + _values(frame, series)


def _line(run: list[Dot]) -> str:
    return polyline(run, class_="ch-line", stroke=DEEP, stroke_width="2.5") if len(run) > 1 else ""


def _replaced(frame: _Frame, point: Point, dot: Dot) -> str:
    """Values that were replaced, faint, tied to the one that stands."""
    drawn = ""
    for former in point.former:
        old = frame.at(point, former.value)
        drawn += polyline([old, dot], class_="ch-former", stroke=MUTED, stroke_width="1", stroke_dasharray="1 2")
        drawn += mark_shape(former.mark, *old, faint=True)
    return drawn


def _values(frame: _Frame, series: Series) -> str:
    """The newest value always; the others while they are few."""
    observed = series.observed
    drawn = ""
    for point in [*observed[-1:], *(reversed(observed[:-1]) if len(observed) <= 4 else [])]:
        if point.value is not None:
            newest = point is observed[-1]
            dot = frame.at(point, point.value)
            frame.taken = [box for box in frame.taken if box != (dot[0] - 6, dot[1] - 6, dot[0] + 6, dot[1] + 6)]
            drawn += frame.label(dot, measured_text(point.value), weight="bold" if newest else "")
    return drawn


def _nothing(frame: _Frame, series: Series, say: Say) -> str:
    if series.observed:
        return ""
    middle = (frame.x.start + frame.right) / 2
    halo = {"paint_order": "stroke", "stroke": PAPER, "stroke_width": "4"}
    return text(middle, TOP + PLOT / 2, say(_("không có số liệu")), kind="ch-muted", text_anchor="middle", **halo)


def _entries(series: Series, say: Say) -> list[tuple[str, str]]:
    """The legend: only what occurs in the picture."""
    eight, nil = Decimal(8), Decimal(0)
    made = mark_entries({point.mark for point in series.observed}, say)
    former = [each for point in series.points for each in point.former]
    if former:
        made.append((mark_shape(former[0].mark, eight, nil, faint=True), say(_("số đã thay"))))
    if _given(series.baseline):
        stroke = tag("line", class_="ch-start", x1=2, x2=14, y1=0, y2=0, stroke=INK, stroke_width="3.5")
        made.append((stroke, say(_("mức xuất phát"))))
    if series.path:
        made.append((milestone_shape(eight, nil), say(_("mốc lộ trình"))))
    if series.final:
        made.append((final_shape(eight, nil), say(_("đích"))))
    if any(point.value is None for point in series.points):
        made.append((missing_shape(eight, nil), say(_("không có số liệu"))))
    return made
