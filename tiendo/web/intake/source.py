"""The printed lines beside the proposals: which are shown, which are lit, and which words are marked in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tiendo.intake.models import Import, Proposal

SHOWN = 1200  # a longer text is shown around the place in question
BETWEEN = " | "  # how readers write the cells of a table row in one line
NUMBER = 6  # letters
Runs = Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Line:
    """One printed line: its number, its words in runs (text, marked) cell by cell, whether it belongs to the passage.

    A line outside a table has one cell. `place` names the page or the row of a sheet where the file has them; `raw` is
    the line as the file has it, when its letters had to be repaired.
    """

    number: int
    cells: Sequence[Runs]
    is_cited: bool
    place: str = ""
    raw: str = ""

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1

    @property
    def is_numbered(self) -> bool:
        """A row that begins with a short number, which needs a narrow column only."""
        return self.is_row and sum(len(text) for text, _marked in self.cells[0]) <= NUMBER


def lines_of(proposal: Proposal) -> range:
    """Numbers of the lines a proposal was read from; empty when it speaks of the whole document."""
    first, last = proposal.where.get("lines") or (1, 0)
    return range(first, last + 1)


def shown_lines(source: Import, shown: Iterable[Proposal], chosen: Proposal | None) -> list[Line]:
    """The lines to show, with the chosen passage lit and its quotes marked."""
    lines = source.lines
    cited = lines_of(chosen) if chosen else range(0)
    quotes = quotes_of(chosen) if chosen else []
    start = _start(len(lines), shown, cited)
    places = _sheet_rows(shown) | places_of(source.reading or {})
    printed: list[str] = source.printed if len(source.printed) == len(lines) else []
    return [
        Line(
            number=number,
            cells=[marked(cell, quotes if number in cited else []) for cell in text.split(BETWEEN)],
            is_cited=number in cited,
            place=places.get(number, ""),
            raw=printed[number - 1] if printed and printed[number - 1] != text else "",
        )
        for number, text in enumerate(lines[start : start + SHOWN], start + 1)
    ]


def _sheet_rows(shown: Iterable[Proposal]) -> dict[int, str]:
    """Of proposals read from a sheet, the row as Excel counts it: a plan's own workbook has no other reading."""
    rows = [each.where for each in shown if each.where.get("sheet") and each.where.get("lines")]
    return {where["lines"][0]: f"{where['sheet']}!{where['row']}" for where in rows}


def places_of(reading: Mapping[str, Any]) -> dict[int, str]:
    """Line → "PL1!7" for the rows of a sheet, "trang 3" at the first passage of each page."""
    found: dict[int, str] = {}
    pages: dict[int, int] = {}
    for line, page, sheet, row in _positions(reading):
        if sheet:
            found[line] = f"{sheet}!{row}"
        elif page:
            pages[page] = min(line, pages.get(page, line))
    return found | {line: _("trang %(page)s") % {"page": page} for page, line in pages.items()}


def _positions(reading: Mapping[str, Any]) -> Iterable[tuple[int, int | None, str | None, int | None]]:
    for row in (*reading.get("tasks", ()), *reading.get("indicators", ())):
        source = row["source"]
        yield source["line"], source.get("page"), source.get("sheet"), source.get("row")
    for each in (*reading.get("sections", ()), *reading.get("items", ())):
        if isinstance(lines := each["lines"], dict):
            yield lines["block"], lines.get("page"), lines.get("sheet"), lines.get("row")


def _start(total: int, shown: Iterable[Proposal], cited: range) -> int:
    if total <= SHOWN:
        return 0
    firsts = [cited.start] if cited else [lines_of(each).start for each in shown if lines_of(each)]
    return max(0, min([*firsts, total]) - 20)


def quotes_of(proposal: Proposal) -> list[str]:
    """The exact words that a proposal rests on, apart from the passage as a whole."""
    printed = proposal.printed
    quotes: list[str | None] = []
    if proposal.kind == Proposal.Kind.REPAIR:
        quotes = printed["printed"].split("\n")
    if proposal.kind == Proposal.Kind.TASK:
        quotes = [(printed.get("quotes") or {}).get(name) for name in ("due", "product")]
    if proposal.kind == Proposal.Kind.INDICATOR:
        quotes = [printed["name"], (printed["target"] or {}).get("raw")]
    if proposal.kind == Proposal.Kind.ANNEX:
        quotes = [printed["label"]]
    named = [*(printed.get("lead") or ()), *(printed.get("coordinating") or ())]
    return [quote for quote in [*quotes, *(agency["text"] for agency in named)] if quote]


def marked(text: str, quotes: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in runs, the first place of each quote marked; quotes that overlap are marked once."""
    quotes = list(quotes)
    if not quotes:
        return [(text, False)] if text else []
    lit = [False] * len(text)
    for quote in quotes:
        at = text.find(quote)
        if at >= 0:
            lit[at : at + len(quote)] = [True] * len(quote)
    runs: list[tuple[str, bool]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or lit[end] != lit[start]:
            runs.append((text[start:end], lit[start]))
            start = end
    return runs
