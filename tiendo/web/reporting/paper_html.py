"""Blocks of an official paper as a page shows them: the same words, each bound number a link to its records."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tiendo.papers.model import BandRow, Block, Bullet, Cell, Heading, Inline, Paragraph, Picture, Ref, Run, TableBlock
from tiendo.papers.wording import numbered


@dataclass(frozen=True)
class Stretch:
    """Words; with `figure` they are a number bound to that key, with `is_ref` a raised reference."""

    text: str
    figure: str = ""
    italic: bool = False
    is_ref: bool = False


@dataclass(frozen=True)
class Shown:
    """A block for the template: heading (with its level), paragraph, bullet or table."""

    kind: str
    level: int = 0
    words: tuple[Stretch, ...] = ()
    titles: tuple[str, ...] = ()
    rows: list[list[tuple[Stretch, ...]]] = field(default_factory=list)


def shown(blocks: Iterable[Block]) -> list[Shown]:
    return [_block(block) for block in numbered(blocks)]


def _block(block: Block) -> Shown:
    match block:
        case Heading():
            return Shown("heading", block.level, (Stretch(block.line),))
        case Bullet():
            return Shown("bullet", words=_words(block.runs))
        case Paragraph():
            return Shown("paragraph", words=_words(block.runs))
        case Picture():
            return Shown("paragraph", words=(Stretch(block.told),))
        case TableBlock():
            rows = [*block.rows, *([block.total] if block.total is not None else [])]
            cells = [[_cell(cell) for cell in row] for row in rows if not isinstance(row, BandRow)]
            return Shown("table", titles=tuple(column.title for column in block.columns), rows=cells)


def _cell(cell: Cell) -> tuple[Stretch, ...]:
    return (Stretch(cell),) if isinstance(cell, str) else _words(cell)


def _words(inlines: Iterable[Inline]) -> tuple[Stretch, ...]:
    return tuple(stretch for inline in inlines if (stretch := _stretch(inline)).text)


def _stretch(inline: Inline) -> Stretch:
    match inline:
        case Ref():
            labels = ", ".join(label for _mark, label in inline.parts())
            return Stretch(f"[{labels}]" if labels else "", is_ref=True)
        case Run():
            return Stretch(inline.text, inline.figure, inline.italic)
