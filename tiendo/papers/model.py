"""An official paper as plain values: what it says, not how it is drawn. Pure and frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from tiendo.papers.numbers import BLANK, blank_date_in_words, date_in_words
from tiendo.ui.formats import number_text

MOST_PARTS = 40  # pieces of one reference; whoever reads on would rather look the figure up


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one hand. With `figure` it is a number bound to the figure of that key."""

    text: str
    bold: bool = False
    italic: bool = False
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Ref:
    """A raised reference, "[3, 7–9]", to rows of tables with `mark_rows`; without marks it shows nothing."""

    marks: tuple[int, ...]

    def parts(self, most: int = MOST_PARTS) -> list[tuple[int, str]]:
        """Give (first mark, label) pairs; three or more marks in a row are written as one range.

        Of more than `most` pairs the first stand, and one more that counts the marks left out: "và 512 số khác".
        """
        pieces = self._pieces()
        if len(pieces) <= most:
            return pieces
        rest = pieces[most][0]
        left = sum(mark >= rest for mark in set(self.marks))
        return [*pieces[:most], (rest, f"và {number_text(left)} số khác")]

    def _pieces(self) -> list[tuple[int, str]]:
        numbered = enumerate(sorted(set(self.marks)))
        runs = [[mark for _, mark in run] for _, run in groupby(numbered, key=lambda pair: pair[1] - pair[0])]
        pieces: list[tuple[int, str]] = []
        for run in runs:
            if len(run) > 2:
                pieces.append((run[0], f"{run[0]}–{run[-1]}"))
            else:
                pieces.extend((mark, str(mark)) for mark in run)
        return pieces


Inline = Run | Ref
Cell = str | tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the body. Level 1: "I." bold capitals; 2: "1." bold; 3: "a)"."""

    level: int
    text: str
    number: str = ""

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            raise ValueError("a heading has level 1, 2 or 3")

    @property
    def line(self) -> str:
        """The number and the words, in capitals on level 1."""
        words = self.text.upper() if self.level == 1 else self.text
        return f"{self.number} {words}" if self.number else words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A justified paragraph with its first line indented; other alignments are not indented."""

    runs: tuple[Inline, ...]
    align: Align = Align.JUSTIFY


@dataclass(frozen=True, slots=True)
class Bullet:
    """A paragraph that begins with "- "."""

    runs: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the table's width, and how its cells are aligned."""

    title: str
    width: int
    align: Align = Align.LEFT

    def __post_init__(self) -> None:
        if self.width < 1:
            raise ValueError("a column's width is a positive share")


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """A heading over `span` columns; with an empty title the columns' own headings reach up into its row."""

    title: str
    span: int


@dataclass(frozen=True, slots=True)
class BandRow:
    """A row in bold that spans the table and names the rows under it."""

    text: str


Row = Sequence[Cell] | BandRow


@dataclass(frozen=True)
class TableBlock:
    """A table whose heading rows are repeated on each page and whose rows are not split.

    With `mark_rows` the first cell of each row holds the number that a `Ref` points at.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    total: Sequence[Cell] | None = None
    groups: tuple[ColumnGroup, ...] = ()
    mark_rows: bool = False

    def __post_init__(self) -> None:
        if self.groups and sum(group.span for group in self.groups) != len(self.columns):
            raise ValueError("column groups must cover the columns exactly")
        for row in (*self.rows, *([self.total] if self.total is not None else [])):
            if not isinstance(row, BandRow) and len(row) != len(self.columns):
                raise ValueError(f"a row has {len(row)} cells, the table {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG text, centred, `width` millimetres wide; `told` says the same in words and stands under it."""

    svg: str
    told: str
    width: int = 110

    def __post_init__(self) -> None:
        if not 10 <= self.width <= 165:
            raise ValueError("a picture is 10 to 165 mm wide, as the page is")


Block = Heading | Paragraph | Bullet | TableBlock | Picture


@dataclass(frozen=True)
class Signature:
    """Who signs: authority lines ("TM. …", "KT. …", "TL. …"), the post, the name."""

    authority: tuple[str, ...]
    title: str
    name: str


@dataclass(frozen=True)
class Annex:
    """An annex on its own pages: "Phụ lục I", its title, its blocks."""

    label: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Enclosure:
    """What a file carries about itself: a text in canonical JSON, and the hash that seals it."""

    text: str
    seal: str


@dataclass(frozen=True)
class Paper:
    """A whole official paper. Agencies are written as in a sentence; layout turns them into capitals.

    An empty `number` and an absent `issued_on` leave room for the clerk; `year` is printed meanwhile.
    """

    parent_agency: str
    issuing_agency: str
    symbol: str
    place: str
    year: int
    kind_title: str
    summary: str
    body: tuple[Block, ...]
    signature: Signature
    number: str = ""
    issued_on: date | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    footer_note: str = ""
    illustrative: bool = False
    figure_page: str = ""  # address under which figures open; "#" and the key are added

    @property
    def number_line(self) -> str:
        """ "Số: 12/BC-SKHCN", or with blanks."""
        return f"Số: {self.number or BLANK}/{self.symbol}"

    @property
    def _date_words(self) -> str:
        return date_in_words(self.issued_on) if self.issued_on else blank_date_in_words(self.year)

    @property
    def date_line(self) -> str:
        """ "Lai Châu, ngày 05 tháng 02 năm 2026", or with blanks."""
        return f"{self.place}, {self._date_words}"

    @property
    def annex_note(self) -> str:
        """The line under an annex's title that ties it to this paper."""
        kind = self.kind_title.capitalize()
        number = f"{self.number or BLANK}/{self.symbol}"
        return f"(Kèm theo {kind} số {number} {self._date_words} của {self.issuing_agency})"
