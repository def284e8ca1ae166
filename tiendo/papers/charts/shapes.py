"""What is drawn, as plain values. Numbers are Decimal in the indicator's unit, days are dates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from gettext import gettext as _
from typing import Any

Say = Callable[[str], str]


class Mark(StrEnum):
    """How final a value is; each has a shape of its own."""

    ESTIMATE = "estimate"
    OFFICIAL = "official"
    REVISED = "revised"


MARK_WORDS = {Mark.ESTIMATE: _("ước"), Mark.OFFICIAL: _("chính thức"), Mark.REVISED: _("điều chỉnh")}


class Look(StrEnum):
    """The class of an area, a bar or a panel; told by a letter and a pattern beside its colour."""

    NO_DATA = "no_data"
    NO_TARGET = "no_target"
    NOT_MET = "not_met"
    ON_TRACK = "on_track"
    MET = "met"
    EXCEEDED = "exceeded"


LOOK_WORDS = {
    Look.NO_DATA: _("không có số liệu"),
    Look.NO_TARGET: _("chưa có mục tiêu"),
    Look.NOT_MET: _("chưa đạt"),
    Look.ON_TRACK: _("đúng lộ trình"),
    Look.MET: _("đạt"),
    Look.EXCEEDED: _("vượt"),
}
LOOK_LETTERS = {
    Look.NO_DATA: "–",
    Look.NO_TARGET: "K",
    Look.NOT_MET: "C",
    Look.ON_TRACK: "L",
    Look.MET: "Đ",
    Look.EXCEEDED: "V",
}


@dataclass(frozen=True, slots=True)
class Former:
    """A value that a later line of the ledger replaced."""

    value: Decimal
    mark: Mark


@dataclass(frozen=True, slots=True)
class Point:
    """The value of a period, drawn on its last day; None is a period without one, and `reason` says why."""

    on: date
    label: str
    value: Decimal | None
    mark: Mark = Mark.OFFICIAL
    former: tuple[Former, ...] = ()
    reason: str = ""
    name: str = ""

    @property
    def told(self) -> str:
        """The period as a sentence names it; `label` is as short as an axis needs it."""
        return self.name or self.label


@dataclass(frozen=True, slots=True)
class Goal:
    """A milestone of the path or the end of it: the sign (≥, ≤, …) and the value; with `upper` a range."""

    on: date
    label: str
    value: Decimal
    sign: str = "≥"
    upper: Decimal | None = None
    name: str = ""

    @property
    def told(self) -> str:
        return self.name or self.label


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one unit on its way: where it began, the path, the end, and what was observed.

    `unit` is written behind numbers. `rank`: a place in a list, 1 stands at the top of the picture. `level_names`
    names levels 1, 2, 3 … of a written rubric. `state` is the word of where it stands.
    """

    title: str
    unit: str
    points: tuple[Point, ...]
    path: tuple[Goal, ...] = ()
    final: Goal | None = None
    baseline: Point | None = None
    rank: bool = False
    level_names: tuple[str, ...] = ()
    state: str = ""

    @property
    def observed(self) -> list[Point]:
        """Points with a value, oldest first."""
        return sorted((point for point in self.points if point.value is not None), key=lambda point: point.on)

    @property
    def goals(self) -> list[Goal]:
        """Milestones and the end, oldest first."""
        return sorted([*self.path, *([self.final] if self.final else [])], key=lambda goal: goal.on)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a name, a value or None, its class and an address to open."""

    name: str
    value: Decimal | None
    look: Look = Look.MET
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars over one scale, in the order given. `threshold` is a line across all of them, named by `threshold_name`."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    threshold: Decimal | None = None
    threshold_name: str = ""


@dataclass(frozen=True, slots=True)
class Multiples:
    """The same indicator for many units: one small chart each, all on one scale, in the order given."""

    title: str
    unit: str
    panels: tuple[Series, ...]
    looks: tuple[Look, ...] = ()
    rank: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """One unit on a map: its code, a name short enough to stand in a cell, its value as text, its class, its page.

    `at` is (column, row) in a grid of tiles, `geometry` a GeoJSON Polygon or MultiPolygon.
    """

    code: str
    name: str
    value: str
    look: Look
    href: str = ""
    at: tuple[int, int] | None = None
    geometry: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """An indicator over the land for one period."""

    title: str
    areas: Sequence[Area]
    note: str = ""
