"""A sheet of cells before it is cut into paragraphs and tables: texts by row and column, and what is merged. Pure.

Rows and columns count from 1, as Excel shows them. A sheet holds only the cells that say something, so a sheet that
claims a million rows costs what its words cost.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import gettext as _

from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.letters import clean

MOST_CELLS = 400_000  # that say something
MOST_PLACES = 1_000_000  # looked at, blank ones included
MOST_LETTERS = 1_500_000
MOST_COLUMNS = 200
MOST_MERGED = 100_000  # places that merged ranges fill
MOST_SPANS = 50_000
CONTROLS = dict.fromkeys((*range(0x20), 0x7F, *range(0xD800, 0xE000)))
del CONTROLS[ord("\n")], CONTROLS[ord("\t")], CONTROLS[ord("\r")]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Budget:
    """What one file may bring, counted as it is read."""

    cells: int = field(default_factory=lambda: MOST_CELLS)
    letters: int = field(default_factory=lambda: MOST_LETTERS)
    places: int = field(default_factory=lambda: MOST_PLACES)

    def look(self) -> None:
        """Count one place, blank or not. Raises Unreadable when there are more than any plan has."""
        self.places -= 1
        self._check()

    def spend(self, text: str) -> None:
        """Count one cell that says something. Raises Unreadable when the file holds more than a plan could."""
        self.cells -= 1
        self.letters -= len(text)
        self._check()

    def _check(self) -> None:
        if min(self.cells, self.letters, self.places) < 0:
            raise Unreadable(_("Bảng tính quá lớn để đọc; hãy giữ lại trang tính có kế hoạch rồi đọc lại."))


@dataclass(frozen=True)
class Span:
    """A merged range, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Place:
    """One place of the grid: its text, and whether a merged cell brought it from above or from the left."""

    text: str
    inherited: bool = False
    across: bool = False

    @property
    def own(self) -> bool:
        """Does this place say something itself?"""
        return bool(self.text) and not self.inherited and not self.across


@dataclass
class Grid:
    """The cells of one sheet; `name` is None where the format has no sheets."""

    name: str | None = None
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    dropped: int = 0

    def put(self, row: int, column: int, text: str, budget: Budget) -> None:
        """Keep the text of a cell; blank ones and those beyond the widest table are not kept."""
        budget.look()
        if not text:
            return
        text = clean(text.translate(CONTROLS)).replace("\r\n", "\n").replace("\r", "\n").strip()
        if not text:
            return
        budget.spend(text)
        if column > MOST_COLUMNS:
            self.dropped += 1
        else:
            self.rows.setdefault(row, {})[column] = text

    def span(self, span: Span) -> None:
        """Keep a merged range."""
        if len(self.spans) >= MOST_SPANS:
            raise Unreadable(_("Bảng tính có quá nhiều ô gộp; hãy bỏ gộp ô ngoài bảng kế hoạch rồi đọc lại."))
        self.spans.append(span)

    def lines(self) -> Iterator[tuple[int, tuple[Place, ...]]]:
        """Each row that says something, as (row number, places from column 1 to the last one used in the sheet)."""
        width = max((max(cells) for cells in self.rows.values()), default=0)
        merged = self._merged(width)
        for number in sorted(self.rows):
            places = [Place(self.rows[number].get(column, "")) for column in range(1, width + 1)]
            for column, place in merged.get(number, {}).items():
                places[column - 1] = place
            yield number, tuple(places)

    def _merged(self, width: int) -> dict[int, dict[int, Place]]:
        """Row → column → what a merged range puts there; only in rows that say something anyway."""
        numbers, found, left = sorted(self.rows), dict[int, dict[int, Place]](), MOST_MERGED
        for span in self.spans:
            text = self.rows.get(span.top, {}).get(span.left, "")
            if not text:
                continue
            for number in numbers[bisect_left(numbers, span.top) : bisect_right(numbers, span.bottom)]:
                for column in range(span.left, min(span.right, width) + 1):
                    place = Place(text, inherited=number > span.top, across=column > span.left)
                    found.setdefault(number, {})[column] = place
                    left -= 1
                if left < 0:
                    raise Unreadable(_("Bảng tính có quá nhiều ô gộp; hãy bỏ gộp ô ngoài bảng kế hoạch rồi đọc lại."))
        return found


def address(row: int, column: int) -> str:
    """The cell's name as Excel shows it: row 12, column 6 is F12."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """A, B, … Z, AA: the column's name as Excel shows it."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = LETTERS[rest] + letters
    return letters
