"""Numbers, money, dates and list labels as Vietnamese papers write them. Pure: values in, text out."""

from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from gettext import gettext as _

BLANK = "\u00a0" * 6
"""Room for the clerk's pen; no-break spaces, so justified text cannot squeeze it."""

LABELS = "abcdđeghiklmnopqrstuvxy"
"""Letters of points a), b), c), d), đ)…: the Vietnamese alphabet without ă, â, ê, ô, ơ, ư."""

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MILLION = Decimal(1_000_000)
_HUNDRED = Decimal(100)


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """Write 1234.5 as "1.234,5".

    `places` fixes the digits after the comma (half rounds away from zero); without it the value keeps
    the digits it has, less trailing zeros.
    """
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(exact):,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.translate(str.maketrans(",.", ".,"))
    return f"-{text}" if exact < 0 else text


def format_percent(value: Decimal | int, places: int = 1) -> str:
    """Write a percentage without its sign: 99.6 → "99,6", 50 → "50".

    Cut towards less, as on screen, and never across a whole: what is below 100 never reads "100", what is above 0 never
    reads "0" and what is above 100 never "100", because each would state a fact that is not so.
    """
    exact = Decimal(value)
    step = Decimal(1).scaleb(-places)
    cut = exact.quantize(step, ROUND_FLOOR)
    if exact != cut and cut in (0, _HUNDRED):
        cut += step
    return format_number(cut)


def format_dong(amount: Decimal | int) -> str:
    """Write an amount in đồng: "1.250.000 đồng"."""
    return _("%(amount)s đồng") % {"amount": format_number(amount)}


def format_million_dong(amount: Decimal | int, places: int | None = None) -> str:
    """Write an amount given in đồng as millions: 1_250_000 → "1,25 triệu đồng"."""
    return _("%(amount)s triệu đồng") % {"amount": format_number(Decimal(amount) / _MILLION, places)}


def format_date(day: date) -> str:
    """Write a date as dd/mm/yyyy."""
    return f"{day:%d/%m}/{day.year:04d}"


def date_in_words(day: date) -> str:
    """Write "ngày 05 tháng 02 năm 2026": a leading zero for days below 10 and for months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def blank_date_in_words(year: int) -> str:
    """Write the date line with day and month left for the clerk."""
    return f"ngày {BLANK}tháng {BLANK}năm {year}"


def list_label(position: int) -> str:
    """Letter of the n-th point, counted from 1: a, b, c, d, đ, e, g, …, y, then aa, ab, …"""
    if position < 1:
        raise ValueError("positions are counted from 1")
    letters = ""
    while position:
        position, index = divmod(position - 1, len(LABELS))
        letters = LABELS[index] + letters
    return letters


def roman(position: int) -> str:
    """Roman numeral of 1–399, for parts and annexes."""
    if not 1 <= position < 400:
        raise ValueError("Roman numerals are written here for 1 to 399")
    text = ""
    for value, letters in _ROMAN:
        count, position = divmod(position, value)
        text += letters * count
    return text
