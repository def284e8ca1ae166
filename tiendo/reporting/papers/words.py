"""Small pieces from which the consolidated report is written. Pure."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from gettext import gettext as _

from tiendo.calendars.periods import VIETNAM
from tiendo.papers.model import Bullet, Inline, Paragraph, Ref, Run
from tiendo.reporting.papers.consolidation import DutyLine, Figure, Measure, TaskLine
from tiendo.ui.formats import money_text, number_text, percent_number

Piece = str | Inline | Figure | TaskLine | tuple[DutyLine, ...]
COMMUNE_PREFIXES = ("UBND xã ", "UBND phường ")


def inline(*pieces: Piece) -> tuple[Inline, ...]:
    """Words, and after them raised references to the records a figure or a task's line rests on, or to units.

    A figure none of whose tasks has a record points at their rows in the first annex.
    """
    found: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, str):
            found.append(Run(piece))
        elif isinstance(piece, Run | Ref):
            found.append(piece)
        elif marks := _marks(piece):
            found.append(Ref(marks))
        elif isinstance(piece, Figure) and piece.lines:
            found.append(Run(_(" (số thứ tự %s tại Phụ lục I)") % _rows(piece)))
    return tuple(found)


def number(figure: Figure) -> Run:
    """The figure as it is printed, bound to its key."""
    return Run(figure_words(figure), figure=figure.key)


def figure_words(figure: Figure | None) -> str:
    return amount_words(figure.value, figure.measure) if figure else amount_words(None, Measure.COUNT)


def amount_words(value: Decimal | None, measure: Measure) -> str:
    """ "69", "40,5%", "1.250 triệu đồng"; what cannot be computed, or nobody gave, says so."""
    if value is None:
        return _("chưa có số liệu") if measure == Measure.DONG else _("chưa tính được")
    if measure == Measure.PERCENT:
        return percent(value)
    return money_text(value, "triệu") if measure == Measure.DONG else number_text(value)


def paragraph(*pieces: Piece) -> Paragraph:
    return Paragraph(inline(*pieces))


def bullet(*pieces: Piece) -> Bullet:
    return Bullet(inline(*pieces))


def _rows(figure: Figure) -> str:
    """ "4, 7–9": as references are written."""
    return ", ".join(label for _first, label in Ref(tuple(line.row for line in figure.lines)).parts())


def _marks(piece: Figure | TaskLine | tuple[DutyLine, ...]) -> tuple[int, ...]:
    if isinstance(piece, tuple):
        return tuple(duty.mark for duty in piece)
    if isinstance(piece, Figure):
        return piece.marks
    return (piece.record.mark,) if piece.record else ()


def percent(rate: Decimal | None) -> str:
    return f"{percent_number(rate)}%" if rate is not None else _("chưa tính được")


def moment(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def unstopped(words: str) -> str:
    """One line without its full stop, ready to stand inside a sentence."""
    return " ".join(words.split()).rstrip(".;")


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """A phrase that goes on in a sentence; words in capitals stay."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def communes_in_short(names: Iterable[str]) -> str:
    """ "Bum Tở, Dào San": said after "UBND các xã, phường"."""
    return ", ".join(_without_prefix(name) for name in names)


def _without_prefix(name: str) -> str:
    for prefix in COMMUNE_PREFIXES:
        name = name.removeprefix(prefix)
    return name
