"""The target cell of an indicator table: one or several thresholds, a rank, a growth, or words alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tiendo.intake.extraction.amounts import Amount, find_amounts
from tiendo.intake.extraction.spelling import one_line

BLANK = re.compile(r"^[\s.…_–—-]*$")
PARTS = re.compile(r";|\n")
BETWEEN = (re.compile(r"[,;]|\s+và\s+"), re.compile(r"[()]|(?<=\s)[-–](?=\s)"))
ASPIRATION = re.compile(r"ph[ấầ]n đ[ấầ]u|hướng tới|hướng đến|mong muốn|cố gắng|kỳ vọng", re.IGNORECASE)
GROWS = re.compile(r"\btăng\b", re.IGNORECASE)
FILLERS = re.compile(r"\b(?:ph[ấầ]n đ[ấầ]u|hướng tới|hướng đến|đạt|khoảng|mức)\b|(?<!\d)[%‰]", re.IGNORECASE)
RATIO = re.compile(r"(?<![\w/.,-])(?P<have>\d{1,6})\s?/\s?(?P<of>\d{1,6})(?![\w/])")


def parse_target(raw: str) -> dict[str, object]:
    """Read a target cell: {raw, qualitative, firm, parts [{comparator, value, value_to, basis, firm}]}.

    `basis` are the words that belong to one threshold ("Đông Nam Á", "người/vạn dân"); null when there are none.
    """
    text = one_line(raw)
    if BLANK.match(text):
        return {"raw": text, "qualitative": False, "firm": True, "parts": []}
    parts = [part for piece in PARTS.split(raw) for part in _parts(one_line(piece))]
    return {"raw": text, "qualitative": not parts, "firm": not ASPIRATION.search(text), "parts": parts}


def _parts(piece: str) -> Iterator[dict[str, object]]:
    amounts = sorted(find_amounts(piece, periods=True), key=lambda amount: amount.start)
    if not amounts:
        yield from _ratio(piece)
        return
    for amount, words in zip(amounts, _words(piece, amounts), strict=True):
        growing = amount.is_growing or (amount.comparator == "=" and not amount.is_signed and GROWS.search(words))
        yield _part(
            "growth" if growing else amount.comparator,
            amount.value,
            amount.value_to,
            words,
            firm=not ASPIRATION.search(words),
        )


def _ratio(piece: str) -> Iterator[dict[str, object]]:
    """ "35/38 xã": the number that is aimed at; what it is counted among stays in the words."""
    ratio = RATIO.search(piece)
    if ratio and int(ratio["have"]) <= int(ratio["of"]):
        yield _part(
            "=", str(int(ratio["have"])), None, piece[ratio.end("have") :].strip(), firm=not ASPIRATION.search(piece)
        )


def _part(comparator: str, value: str, to: str | None, words: str, *, firm: bool) -> dict[str, object]:
    basis = one_line(FILLERS.sub(" ", words)).strip(" ,.:()+-–") or None
    return {"comparator": comparator, "value": value, "value_to": to, "basis": basis, "firm": firm}


def _words(piece: str, amounts: Sequence[Amount]) -> Iterator[str]:
    """The words of each amount: those between two amounts belong to both sides of the mark that parts them.

    Without a mark they follow the amount before, unless the piece begins with words: then each amount ends its own.
    """
    leads = bool(piece[: amounts[0].start].strip())
    starts, ends = [0], []
    for before, after in pairwise(amounts):
        gap = piece[before.end : after.start]
        cut = BETWEEN[0].search(gap) or BETWEEN[1].search(gap)
        at = before.end + (cut.start() if cut else 0 if leads else len(gap))
        ends.append(at)
        starts.append(at + (len(cut[0]) if cut else 0))
    ends.append(len(piece))
    for amount, start, end in zip(amounts, starts, ends, strict=True):
        yield f"{piece[start : amount.start]} {piece[amount.end : end]}"
