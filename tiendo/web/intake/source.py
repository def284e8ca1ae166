"""The printed lines beside the proposals: which are shown, which are lit, and which words are marked in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tiendo.intake.models import Proposal

SHOWN = 1200  # a longer text is shown around the place in question


@dataclass(frozen=True)
class Line:
    """One printed line: its number, its words in runs (text, marked), and whether it belongs to the chosen passage."""

    number: int
    runs: Sequence[tuple[str, bool]]
    is_cited: bool


def lines_of(proposal: Proposal) -> range:
    """Numbers of the lines a proposal was read from; empty when it speaks of the whole document."""
    first, last = proposal.where.get("lines") or (1, 0)
    return range(first, last + 1)


def shown_lines(lines: Sequence[str], shown: Iterable[Proposal], chosen: Proposal | None) -> list[Line]:
    """The lines to show, with the chosen passage lit and its quotes marked."""
    cited = lines_of(chosen) if chosen else range(0)
    quotes = quotes_of(chosen) if chosen else []
    start = _start(len(lines), shown, cited)
    return [
        Line(number, marked(text, quotes if number in cited else []), number in cited)
        for number, text in enumerate(lines[start : start + SHOWN], start + 1)
    ]


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
        quotes = [printed["quotes"].get(name) for name in ("due", "product")]
    if proposal.kind == Proposal.Kind.INDICATOR:
        quotes = [printed["name"], (printed["target"] or {}).get("raw")]
    if proposal.kind == Proposal.Kind.ANNEX:
        quotes = [printed["label"]]
    named = [*(printed.get("lead") or ()), *(printed.get("coordinating") or ())]
    return [quote for quote in [*quotes, *(agency["text"] for agency in named)] if quote]


def marked(text: str, quotes: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in runs, the first place of each quote marked; quotes that overlap are marked once."""
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
