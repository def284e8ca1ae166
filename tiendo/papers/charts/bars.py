"""Bars side by side on one scale, with a threshold across them."""

from decimal import Decimal

from tiendo.papers.charts.scales import Scale, axis_values, shortened
from tiendo.papers.charts.shapes import LOOK_LETTERS, Bar, Bars, Say
from tiendo.papers.charts.signs import fill_of, legend, look_entries, patterns
from tiendo.papers.charts.svg import (
    INK,
    MUTED,
    PAPER,
    RULE,
    headed,
    lines_of,
    picture,
    polyline,
    tag,
    text,
    width_of,
)
from tiendo.papers.charts.telling import text_of
from tiendo.ui.formats import measured_text, number_text, with_unit

THICK = Decimal(13)
LINE = Decimal(16)
NIL = Decimal(0)


def bars(chart: Bars, *, ids: str, say: Say = str, width: int = 360, titled: bool = False) -> str:
    """SVG of bars that lie one under another, each under its name, which may take as many lines as it needs."""
    head, top = headed(chart.title, width) if titled else ("", NIL)
    room = Decimal(width)
    scale, marks, by, word = _scale(chart, room)
    y = top + 6
    shapes = names = ""
    if chart.threshold is not None:
        words = f"{chart.threshold_name} {with_unit(number_text(chart.threshold), chart.unit)}".strip()
        names += _threshold_label(words, scale(chart.threshold), y + 10, room)
        y += 18
    first = y
    for bar in chart.bars:
        shape, words, y = _bar(bar, scale, y, room, ids)
        shapes, names = shapes + shape, names + words
    rows = shapes + _across(chart, scale, first, y) + names
    axis = _axis(scale, marks, by, y, " ".join(part for part in (say(word) if word else "", chart.unit) if part))
    keys, tall = legend(look_entries({bar.look for bar in chart.bars}, ids, say), room, y + 22)
    told = text_of(chart, say=say)
    role = "group" if any(bar.href for bar in chart.bars) else "img"
    return picture(
        patterns(ids) + head + axis + rows + keys,
        ids=ids, title=chart.title, told=told, width=width, height=y + 24 + tall, kind="ch-bars", role=role,
    )  # fmt: skip


def _scale(chart: Bars, room: Decimal) -> tuple[Scale, list[Decimal], Decimal, str]:
    values = [bar.value for bar in chart.bars if bar.value is not None]
    values += [NIL, *([chart.threshold] if chart.threshold is not None else [])]
    marks = axis_values(values)
    by, word = shortened(marks)
    return Scale(marks[0], marks[-1], Decimal(8), room - 20), marks, by, word


def _bar(bar: Bar, scale: Scale, y: Decimal, room: Decimal, ids: str) -> tuple[str, str, Decimal]:
    value = "–" if bar.value is None else measured_text(bar.value)
    letter = LOOK_LETTERS[bar.look]
    halo = {"paint_order": "stroke", "stroke": PAPER, "stroke_width": "3", "stroke_linejoin": "round"}
    shape = words = ""
    for name in lines_of(bar.name, room - width_of(value) - 40):
        y += LINE
        words += text(8, y - 3, name, **halo)
    words += text(room - 6, y - 3, f"{value} · {letter}", text_anchor="end", font_weight="bold")
    if bar.value is not None:
        ends = sorted((scale(NIL), scale(bar.value)))
        shape = tag(
            "rect", class_=f"ch-bar ch-{bar.look.value}", x=ends[0], y=y, width=max(ends[1] - ends[0], Decimal(1)),
            height=THICK, fill=fill_of(bar.look, ids), stroke=INK, stroke_width="0.8",
        )  # fmt: skip
    if bar.href:
        words = tag("a", words, href=bar.href)
    return shape, words, y + THICK + 3


def _threshold_label(words: str, x: Decimal, y: Decimal, room: Decimal) -> str:
    wide = width_of(words)
    return text(min(max(x - wide / 2, NIL), room - wide), y, words, font_weight="bold")


def _across(chart: Bars, scale: Scale, top: Decimal, bottom: Decimal) -> str:
    if chart.threshold is None:
        return ""
    x = scale(chart.threshold)
    ends = [(x, top - 3), (x, bottom)]
    halo = polyline(ends, class_="ch-halo", stroke=PAPER, stroke_width="4")
    return halo + polyline(ends, class_="ch-end", stroke=INK, stroke_width="1.8", stroke_dasharray="5 3")


def _axis(scale: Scale, marks: list[Decimal], by: Decimal, y: Decimal, unit: str) -> str:
    drawn = ""
    for at, mark in enumerate(marks):
        x = scale(mark)
        ink = MUTED if mark == 0 else RULE
        drawn += tag("line", class_="ch-rule", x1=x, x2=x, y1=y - 4, y2=y + 3, stroke=ink)
        words = number_text(mark / by) + (f" {unit}" if at == len(marks) - 1 else "")
        end = {"text_anchor": "end" if at == len(marks) - 1 else "middle" if at else "start"}
        place = x + 14 if at == len(marks) - 1 else x
        drawn += text(place, y + 16, words, kind="ch-muted", **end)
    return drawn
