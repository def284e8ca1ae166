"""Many inspections of a programme at once, as they are copied from the table of its decision. Pure.

One line an inspection, five cells apart by a tab or a bar: the unit, what the inspection is called, what it looks at,
its first and its last day.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from tiendo.orgs.words import fold
from tiendo.ui.sentences import Sentence

CELLS = 5
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True)
class Planned:
    """One inspection as its line words it; `unit` is the key of the unit that was named."""

    unit: int
    title: str
    scope: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Read:
    """The inspections, and what keeps a line from being one; lines are numbered as they were typed."""

    planned: tuple[Planned, ...]
    faults: tuple[Sentence, ...]


class _Fault(ValueError):
    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_lines(text: str, units: Mapping[str, int]) -> Read:
    """`units`: folded names, short names and codes → the unit. Empty lines and the heading of the table are skipped."""
    planned, faults = [], []
    for number, cells in _rows(text):
        try:
            planned.append(_planned(number, cells, units))
        except _Fault as fault:
            faults.append(fault.sentence)
    return Read(tuple(planned), tuple(faults))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t" if "\t" in line else "|")]
        if any(cells) and fold(cells[0]) not in ("don vi", "don vi duoc kiem tra"):
            yield number, cells


def _planned(number: int, cells: list[str], units: Mapping[str, int]) -> Planned:
    if len(cells) != CELLS or not all(cells):
        told = _("Dòng {number}: cần đủ năm cột: đơn vị, tên cuộc kiểm tra, nội dung, từ ngày, đến hết ngày.")
        raise _Fault(Sentence.of(told, number=str(number)))
    name, title, scope, first, last = cells
    unit = units.get(fold(name))
    if unit is None:
        told = _("Dòng {number}: không có đơn vị nào đang hoạt động tên “{name}”.")
        raise _Fault(Sentence.of(told, number=str(number), name=name))
    starts_on, ends_on = _day(number, first), _day(number, last)
    if ends_on < starts_on:
        raise _Fault(Sentence.of(_("Dòng {number}: ngày kết thúc trước ngày bắt đầu."), number=str(number)))
    return Planned(unit, title, scope, starts_on, ends_on)


def _day(number: int, text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        told = _("Dòng {number}: “{text}” không phải là ngày; hãy ghi như 15/03/2026.")
        raise _Fault(Sentence.of(told, number=str(number), text=text)) from None
