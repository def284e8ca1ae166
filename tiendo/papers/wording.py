"""Fixed words and conventions of an official paper that every renderer shares. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tiendo.papers.model import Align, Block, Bullet, Heading, Paper, Paragraph, Ref, Run, TableBlock
from tiendo.papers.numbers import list_label, roman

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TO = "Kính gửi:"
RECIPIENTS = "Nơi nhận:"
ILLUSTRATIVE = "DỮ LIỆU MINH HỌA"
ILLUSTRATIVE_NOTE = "Dữ liệu minh họa, không có giá trị pháp lý"

# Advance widths of Times New Roman Bold in thousandths of an em: enough to place a line under words.
_LETTERS_BY_WIDTH = {
    1000: "W",
    944: "M",
    833: "m",
    778: "GHKOQ",
    722: "ACDNRUVXYwĐ",
    667: "BELTZ",
    611: "FP",
    556: "Sbdhknpquđ",
    444: "cerz",
    389: "Is",
    333: "ft-",
    278: "ijl",
    250: " ,.",
}
_WIDTHS = {letter: width for width, letters in _LETTERS_BY_WIDTH.items() for letter in letters}


def width_in_ems(text: str) -> float:
    """Width of `text` in bold Times New Roman, in ems; marks above and below letters take no room."""
    letters = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return sum(_WIDTHS.get(c, 500) for c in letters) / 1000


def balanced(text: str, ems: float) -> list[str]:
    """Break a name that is wider than `ems` into two lines of nearly equal width."""
    words = text.split()
    if width_in_ems(text) <= ems or len(words) < 2:
        return [text]
    pairs = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return list(min(pairs, key=lambda pair: max(map(width_in_ems, pair))))


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Number the headings: I, II… → 1, 2… → a), b)…, each level beginning again under its parent.

    A heading that already has a number keeps it and counts all the same.
    """
    counts = [0, 0, 0]
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (3 - block.level)
            if not block.number:
                block = replace(block, number=_heading_number(block.level, counts[block.level - 1]))
        done.append(block)
    return tuple(done)


def _heading_number(level: int, position: int) -> str:
    return (f"{roman(position)}.", f"{position}.", f"{list_label(position)})")[level - 1] if position else ""


def closed(body: Sequence[Block]) -> tuple[Block, ...]:
    """End the last sentence of the body with "./.", the mark that nothing follows."""
    if not body or not isinstance(body[-1], Paragraph | Bullet):
        return tuple(body)
    last = body[-1]
    written = "".join(run.text for run in last.runs if isinstance(run, Run)).rstrip()
    if written.endswith("./."):
        return tuple(body)
    return (*body[:-1], replace(last, runs=(*_without_full_stop(last.runs), Run("./."))))


def _without_full_stop(runs: Sequence[Run | Ref]) -> list[Run | Ref]:
    left = list(runs)
    if left and isinstance(left[-1], Run):
        left[-1] = replace(left[-1], text=left[-1].text.rstrip().removesuffix("."))
    return left


def recipient_lines(paper: Paper) -> list[str]:
    """The list under "Nơi nhận:": "- Như trên;" first when the paper is addressed, "- Lưu: VT." last."""
    names = [name.strip().removeprefix("-").rstrip(" ;.").strip() for name in paper.recipients]
    if paper.addressees and (not names or not names[0].startswith("Như")):
        names.insert(0, "Như trên")
    if not names or not names[-1].startswith("Lưu"):
        names.append("Lưu: VT")
    return [f"- {name};" for name in names[:-1]] + [f"- {names[-1]}."]


def addressee_lines(paper: Paper) -> list[str]:
    """One addressee stands behind "Kính gửi:"; several stand under it, one a line."""
    names = [name.strip().rstrip(" ;.") for name in paper.addressees]
    if len(names) < 2:
        return [f"{TO} {name}." for name in names]
    return [TO, *(f"- {name};" for name in names[:-1]), f"- {names[-1]}."]


def footer_lines(paper: Paper) -> list[str]:
    """What stands at the foot of every page."""
    return [line for line in (ILLUSTRATIVE_NOTE if paper.illustrative else "", paper.footer_note) if line]


def document_title(paper: Paper) -> str:
    """The name a file viewer shows."""
    return " ".join(f"{paper.kind_title.capitalize()} {paper.summary}".split())


def marked_rows(paper: Paper) -> frozenset[int]:
    """Numbers that a `Ref` can point at: the first cells of the tables that say so."""
    tables = [block for annex in paper.annexes for block in annex.blocks if isinstance(block, TableBlock)]
    tables += [block for block in paper.body if isinstance(block, TableBlock)]
    firsts = (row[0] for table in tables if table.mark_rows for row in table.rows if isinstance(row, Sequence) and row)
    return frozenset(int(first) for first in firsts if isinstance(first, str) and first.isdecimal())


def is_indented(paragraph: Paragraph) -> bool:
    """Only justified paragraphs begin with an indent."""
    return paragraph.align is Align.JUSTIFY
