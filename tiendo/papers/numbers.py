"""Dates and list labels as Vietnamese papers write them; figures are written by `ui.formats`. Pure."""

from datetime import date

BLANK = "\u00a0" * 6
"""Room for the clerk's pen; no-break spaces, so justified text cannot squeeze it."""

LABELS = "abcdđeghiklmnopqrstuvxy"
"""Letters of points a), b), c), d), đ)…: the Vietnamese alphabet without ă, â, ê, ô, ơ, ư."""

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


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
