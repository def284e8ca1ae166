"""The signs of the pictures: a shape for each mark, a letter and a pattern for each class, and their legends."""

from decimal import Decimal

from tiendo.papers.charts.shapes import LOOK_LETTERS, LOOK_WORDS, MARK_WORDS, Look, Mark, Say
from tiendo.papers.charts.svg import DEEP, INK, MUTED, PAPER, Dot, polygon, tag, text, width_of

HALF = Decimal("4.5")
FILLS = {
    Look.NO_DATA: PAPER,
    Look.NO_TARGET: "#e9e6dd",
    Look.NOT_MET: "#f6d9d3",
    Look.ON_TRACK: "#f3e6bd",
    Look.MET: "#9cc3b8",
    Look.EXCEEDED: "#14535f",
}
KEYS = {
    Look.NO_DATA: "0",
    Look.NO_TARGET: "5",
    Look.NOT_MET: "1",
    Look.ON_TRACK: "2",
    Look.MET: "3",
    Look.EXCEEDED: "4",
}
ON_DARK = frozenset({Look.EXCEEDED})


def mark_shape(mark: Mark, x: Decimal, y: Decimal, *, faint: bool = False) -> str:
    """Estimate: an open triangle; official: a filled circle; revised: a filled diamond. A replaced one is faint."""
    ink = MUTED if faint else DEEP
    look = {
        "class_": f"ch-mark ch-{mark.value}{' ch-former' if faint else ''}",
        "stroke": ink,
        "stroke_width": "1" if faint else "2",
        "fill": PAPER if faint or mark is Mark.ESTIMATE else ink,
    } | ({"stroke_dasharray": "2 1.5"} if faint else {})
    if mark is Mark.OFFICIAL:
        return tag("circle", cx=x, cy=y, r=HALF - 1, **look)
    return polygon(_dots(mark, x, y), **look)


def _dots(mark: Mark, x: Decimal, y: Decimal) -> list[Dot]:
    if mark is Mark.ESTIMATE:
        return [(x, y - HALF), (x + HALF, y + HALF - 1), (x - HALF, y + HALF - 1)]
    return [(x, y - HALF), (x + HALF, y), (x, y + HALF), (x - HALF, y)]


def milestone_shape(x: Decimal, y: Decimal) -> str:
    """A milestone of the path: a small open square."""
    look = {"class_": "ch-goal", "fill": PAPER, "stroke": INK, "stroke_width": "1.5"}
    return tag("rect", x=x - 3, y=y - 3, width=6, height=6, **look)


def final_shape(x: Decimal, y: Decimal) -> str:
    """The end of the path: two rings and a dot."""
    ring = {"class_": "ch-goal", "fill": PAPER, "stroke": INK, "stroke_width": "1.5"}
    return tag("circle", cx=x, cy=y, r=6, **ring) + tag(
        "circle", class_="ch-goal-dot", cx=x, cy=y, r=Decimal("2.5"), fill=INK
    )


def missing_shape(x: Decimal, y: Decimal) -> str:
    """A period without a value: a cross on the axis."""
    return tag(
        "path",
        class_="ch-none",
        d=f"M{x - 3:.1f} {y - 3:.1f}l6 6m0-6l-6 6",
        stroke=MUTED,
        stroke_width="1.5",
        fill="none",
    )


def legend(entries: list[tuple[str, str]], width: Decimal, top: Decimal) -> tuple[str, Decimal]:
    """Signs with their words side by side, broken over rows; gives the height taken. A sign is drawn around (8, 0)."""
    x, y = Decimal(0), top + 8
    drawn = ""
    for sign, words in entries:
        wide = 20 + width_of(words) + 10
        if x and x + wide - 10 > width:
            x, y = Decimal(0), y + 17
        drawn += tag("g", sign + text(19, 4, words, kind="ch-muted"), transform=f"translate({x:.1f} {y:.1f})")
        x += wide
    return drawn, (y + 10 - top if entries else Decimal(0))


def mark_entries(marks: set[Mark], say: Say) -> list[tuple[str, str]]:
    """Legend entries of the marks that occur, in the order in which values become final."""
    return [(mark_shape(mark, Decimal(8), Decimal(0)), say(MARK_WORDS[mark])) for mark in Mark if mark in marks]


def patterns(ids: str) -> str:
    """What fills each class: told apart in black and white too."""
    stripes = tag("path", d="M-1 1L1-1M0 6L6 0M5 7L7 5", stroke="#a1201d", stroke_width="1.2")
    dots = tag("circle", cx=2, cy=2, r=1, fill="#6b4700")
    rare = tag("path", d="M0 4H8", stroke=RULED, stroke_width="0.8", stroke_dasharray="2 2")
    made = "".join(
        tag(
            "pattern",
            tag("rect", width=side, height=side, fill=FILLS[look]) + drawing,
            id=f"{ids}-{KEYS[look]}",
            width=side,
            height=side,
            patternUnits="userSpaceOnUse",
        )
        for look, side, drawing in ((Look.NO_DATA, 8, rare), (Look.NOT_MET, 6, stripes), (Look.ON_TRACK, 5, dots))
    )
    return tag("defs", made)


RULED = "#a9b0b2"


def fill_of(look: Look, ids: str) -> str:
    """The fill of a class: a pattern of `patterns(ids)` or a plain colour."""
    return f"url(#{ids}-{KEYS[look]})" if look in (Look.NO_DATA, Look.NOT_MET, Look.ON_TRACK) else FILLS[look]


def letter_fill(look: Look) -> str:
    """The colour of a letter on the class."""
    return PAPER if look in ON_DARK else INK


def rim_of(look: Look) -> dict[str, str]:
    """A rim for letters on a pattern, so that it does not eat them; none on a dark ground."""
    rim = {"paint_order": "stroke", "stroke": PAPER, "stroke_width": "2.5", "stroke_linejoin": "round"}
    return {} if look in ON_DARK else rim


def look_entries(looks: set[Look], ids: str, say: Say) -> list[tuple[str, str]]:
    """Legend entries of all classes that occur, worst first."""
    return [(_swatch(look, ids), f"{LOOK_LETTERS[look]} · {say(LOOK_WORDS[look])}") for look in Look if look in looks]


def _swatch(look: Look, ids: str) -> str:
    return tag("rect", x=1, y=-7, width=14, height=14, fill=fill_of(look, ids), stroke=INK, class_=f"ch-{look.value}")
