"""Comma-separated text: the separator found by what makes rows of equal length, quotes, line breaks inside cells.

Rows are counted as Excel counts them when it opens the file: one record, one row, however many lines it takes.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import gettext as _

from tiendo.intake.reading.blocks import Read
from tiendo.intake.reading.encodings import decode
from tiendo.intake.reading.sheet_blocks import Blocks
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.grid import MOST_PLACES, Budget, Grid
from tiendo.plans.spreadsheets.progress import Progress
from tiendo.ui.sentences import Sentence

SEPARATORS = (";", "\t", ",", "|")
DECLARED = re.compile(r'^"?sep=(.)"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
SAMPLE_RECORDS = 200
SAMPLE_LETTERS = 200_000
LEAST_COLUMNS = 3
QUOTE = '"'


def read_csv(data: bytes, progress: Progress) -> Read:
    """Blocks of a CSV file, one plain line for each record that says something.

    Raises Unreadable when the letters cannot be told, the file is too large, or there is no text.
    """
    text = decode(data)
    separator, start = _declared(text) or (find_separator(text), 0)
    grid, walk = Grid(), Records(text, separator, start)
    budget = Budget()
    for number, cells in enumerate(walk, 2 if start else 1):  # Excel shows "sep=" as the first row of the file
        for column, cell in enumerate(cells, 1):
            grid.put(number, column, cell, budget)
    progress(0.9)
    found = Blocks()
    found.add(grid)
    if not found.lines:
        raise Unreadable(_("Tệp không có chữ nào; hãy kiểm tra lại tệp nguồn."))
    progress(1)
    return Read(tuple(found.blocks), tuple(found.lines), remarks=tuple(_remarks(walk, grid)))


def _remarks(walk: "Records", grid: Grid) -> Iterator[str]:
    if walk.unclosed:
        yield Sentence.of(_("Dấu ngoặc kép ở hàng {row} không có dấu đóng; hãy xem lại hàng đó."), row=walk.unclosed)
    if grid.dropped:
        yield Sentence.of(_("Có {count} ô nằm ngoài 200 cột đầu nên không được đọc."), count=grid.dropped)


def _declared(text: str) -> tuple[str, int] | None:
    """The separator that the first line names, and where the rows begin."""
    found = DECLARED.match(text)
    return (found[1], found.end()) if found else None


def find_separator(text: str) -> str:
    """The separator whose rows agree best on a length of three columns or more; a comma when none does."""
    sample = text[:SAMPLE_LETTERS]
    scores = {separator: _agreement(sample, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    return best if scores[best] > (0, 0) else ","


def _agreement(sample: str, separator: str) -> tuple[int, int]:
    """(rows of the commonest length, that length) among rows of three cells or more; two cells count for little."""
    lengths = Counter[int]()
    for number, cells in enumerate(Records(sample, separator)):
        if number >= SAMPLE_RECORDS:
            break
        lengths[len(cells)] += 1
    wide = {length: count for length, count in lengths.items() if length >= LEAST_COLUMNS}
    if wide:
        length = max(wide, key=lambda each: (wide[each], each))
        return wide[length] * LEAST_COLUMNS, length
    return (lengths[2], 2) if lengths[2] else (0, 0)


@dataclass
class Records:
    """The records of the text, cell by cell; each letter is looked at once.

    A quote opens a cell only where the cell begins; a quote inside an unquoted cell is a letter like others.
    """

    text: str
    separator: str
    start: int = 0
    unclosed: int = 0
    _stop: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self._stop = re.compile(rf"{re.escape(self.separator)}|\r\n|\r|\n")

    def __iter__(self) -> Iterator[list[str]]:
        at, cells, number, ended = self.start, list[str](), 1, True
        while at < len(self.text):
            cell, at = self._cell(at, number)
            cells.append(cell)
            if len(cells) > MOST_PLACES:
                Budget(places=0).look()
            stop = self._stop.match(self.text, at)
            at = stop.end() if stop else at
            ended = stop is None or stop[0] != self.separator
            if ended:
                yield cells
                cells, number = [], number + 1
        if not ended:
            yield [*cells, ""]

    def _cell(self, at: int, number: int) -> tuple[str, int]:
        """The cell that begins at `at`, and where it ends."""
        opening = at
        while opening < len(self.text) and self.text[opening] == " " and self.separator != " ":
            opening += 1
        if self.text.startswith(QUOTE, opening):
            return self._quoted(opening, number)
        return self._plain(at)

    def _plain(self, at: int) -> tuple[str, int]:
        stop = self._stop.search(self.text, at)
        end = stop.start() if stop else len(self.text)
        return self.text[at:end], end

    def _quoted(self, opening: int, number: int) -> tuple[str, int]:
        pieces, at = list[str](), opening + 1
        while True:
            end = self.text.find(QUOTE, at)
            if end < 0:  # a quote that nothing closes is a letter like others
                self.unclosed = number
                return self._plain(opening)
            pieces.append(self.text[at:end])
            if not self.text.startswith(QUOTE, end + 1):
                break
            pieces.append(QUOTE)
            at = end + 2
        stop = self._stop.search(self.text, end + 1)  # what stands between the closing quote and the separator stays
        after = stop.start() if stop else len(self.text)
        return "".join([*pieces, self.text[end + 1 : after].rstrip()]), after
