"""Digits raised above the line: a power of a unit, or the mark of a note, which is no part of the words. Pure."""

import re

SMALL_DIGITS = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
NOTE_MARK = re.compile(r"[(\[]?(?:\d{1,3}|\*{1,3})[)\]]?")
LENGTH_BEFORE = re.compile(r"(?<![^\W\d_])(?:[kcdmh]?m|dam)$", re.IGNORECASE)
TEN_BEFORE = re.compile(r"(?<![\w.,/])(?<!tháng )10$")
SQUARE, POWER = re.compile(r"-?[23]"), re.compile(r"-?(?:[2-9]|\d\d)")
WORD_BEFORE = re.compile(r"[\w.,;:)\]”\"'%]$")


def raised(text: str, before: str) -> str:
    """What raised text behind `before` reads as: m², 10³ and 37°C in their own letters, the mark of a note as nothing.

    Only the last words of `before` are needed.
    """
    bare, before = text.strip(), before.rstrip()
    squared = SQUARE.fullmatch(bare) and LENGTH_BEFORE.search(before)
    if squared or (POWER.fullmatch(bare) and TEN_BEFORE.search(before)):
        return text.translate(SMALL_DIGITS)
    if bare in {"o", "O", "0"} and before[-1:].isdigit():
        return "°"
    return "" if NOTE_MARK.fullmatch(bare) and WORD_BEFORE.search(before) else text
