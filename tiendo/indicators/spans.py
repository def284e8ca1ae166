"""Periods of measuring by code: "2025", "2025-H1", "2025-Q3", "2025-M07". Pure.

A code orders as text within one frequency and year, is what the database keeps, and says its frequency by its letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from gettext import gettext as _

from tiendo.indicators.states import Frequency
from tiendo.ui.sentences import Sentence

MONTHS: dict[Frequency, int] = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12}
_LETTERS = {Frequency.MONTH: "M", Frequency.QUARTER: "Q", Frequency.HALF: "H"}
_FREQUENCIES = {letter: frequency for frequency, letter in _LETTERS.items()}
_ROMAN = ("I", "II", "III", "IV")
_CODE = re.compile(r"(?P<year>[12][0-9]{3})(?:-(?P<letter>[MQH])(?P<part>[0-9]{1,2}))?")


@dataclass(frozen=True)
class Span:
    """One period: the `part`-th (from 1) of its frequency in `year`; of a year the only part is 1."""

    frequency: Frequency
    year: int
    part: int = 1

    @property
    def code(self) -> str:
        """As the database keeps it."""
        if self.frequency is Frequency.YEAR:
            return f"{self.year}"
        width = 2 if self.frequency is Frequency.MONTH else 1
        return f"{self.year}-{_LETTERS[self.frequency]}{self.part:0{width}}"

    @property
    def first_day(self) -> date:
        return date(self.year, (self.part - 1) * MONTHS[self.frequency] + 1, 1)

    @property
    def last_day(self) -> date:
        """The last day that still belongs to it."""
        month = self.part * MONTHS[self.frequency]
        after = date(self.year + 1, 1, 1) if month == 12 else date(self.year, month + 1, 1)
        return after - timedelta(days=1)

    @property
    def name(self) -> Sentence:
        """As people write it: năm 2025, 6 tháng đầu năm 2025, quý III/2025, tháng 7/2025."""
        if self.frequency is Frequency.MONTH:
            return Sentence.of(_("tháng {month}/{year}"), month=self.part, year=self.year)
        if self.frequency is Frequency.QUARTER:
            return Sentence.of(_("quý {quarter}/{year}"), quarter=_ROMAN[self.part - 1], year=self.year)
        if self.frequency is Frequency.HALF:
            first = self.part == 1
            return Sentence.of(_("6 tháng đầu năm {year}") if first else _("6 tháng cuối năm {year}"), year=self.year)
        return Sentence.of(_("năm {year}"), year=self.year)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@lru_cache(maxsize=4096)
def span_of(code: str) -> Span:
    """The period a code names.

    Raises ValueError, with a sentence, for anything else: "2025-Q5", "2025-M7", "Q1".
    """
    found = _CODE.fullmatch(code)
    if found:
        letter = found["letter"]
        frequency = _FREQUENCIES[letter] if letter else Frequency.YEAR
        span = Span(frequency, int(found["year"]), int(found["part"] or 1))
        if 1 <= span.part <= 12 // MONTHS[frequency] and span.code == code:
            return span
    raise ValueError(
        Sentence.of(_("“{code}” không phải mã kỳ; viết như 2025, 2025-H1, 2025-Q3 hoặc 2025-M07."), code=code)
    )


def span_on(day: date, frequency: Frequency) -> Span:
    """The period of that frequency in which the day lies."""
    return Span(frequency, day.year, (day.month - 1) // MONTHS[frequency] + 1)


def next_span(span: Span) -> Span:
    """The period that follows, of the same frequency."""
    return span_on(span.last_day + timedelta(days=1), span.frequency)


def spans(frequency: Frequency, first: date, last: date) -> list[Span]:
    """All periods of the frequency from the one with day `first` to the one with day `last`, both within."""
    return list(_from(span_on(first, frequency), last))


def _from(span: Span, last: date) -> Iterator[Span]:
    while span.first_day <= last:
        yield span
        span = next_span(span)


def parts_of(code: str, frequency: Frequency) -> list[Span]:
    """The shorter periods a period consists of; none when `frequency` is not shorter than its own."""
    whole = span_of(code)
    if MONTHS[frequency] >= MONTHS[whole.frequency]:
        return []
    return spans(frequency, whole.first_day, whole.last_day)


def wholes_of(code: str) -> list[Span]:
    """The longer periods a period is part of, shortest first."""
    part = span_of(code)
    longer = [
        each for each in (Frequency.QUARTER, Frequency.HALF, Frequency.YEAR) if MONTHS[each] > MONTHS[part.frequency]
    ]
    return [span_on(part.last_day, frequency) for frequency in longer]
