"""Numbers as officials type them: "45,5", "1.250.000", "1,25 tỷ". Pure: text in, Decimal out."""

import re
import unicodedata
from decimal import Decimal

_POINTS_BETWEEN_THOUSANDS = re.compile(r"(?!0)\d{1,3}(\.\d{3})+")
_COMMAS_BETWEEN_THOUSANDS = re.compile(r"(?!0)\d{1,3}(,\d{3}){2,}")
_VIETNAMESE = re.compile(r"(\d+|(?!0)\d{1,3}(\.\d{3})+)(,\d+)?")
_POINT_AS_COMMA = re.compile(r"\d+\.\d+")
_MULTIPLES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_NOISE = ("đồng", "vnđ", "vnd", "đ", "%")


def parse_number(text: str) -> Decimal:
    """The number meant. A point between groups of three is a thousands mark, otherwise the decimal mark; so it is after
    a 0, which begins no thousands: "0.500" is a half.

    Raises ValueError for anything else: a number that could be read in two ways is better asked for again.
    """
    words = unicodedata.normalize("NFC", text).lower().replace("\N{NO-BREAK SPACE}", " ").strip()
    for noise in _NOISE:
        words = words.removesuffix(noise).rstrip()
    power = 0
    for name, zeros in _MULTIPLES.items():
        if words.endswith(name):
            words, power = words.removesuffix(name).rstrip(), zeros
            break
    sign = -1 if words.startswith(("-", "\N{MINUS SIGN}")) else 1
    digits = re.sub(r"(?<=\d) (?=\d{3}\b)", "", words.lstrip("-\N{MINUS SIGN} "))
    return Decimal(f"{sign * _plain(digits).scaleb(power):f}")


def whole_number(text: str) -> int | None:
    """A row's number, a count or a place as an address or a hidden field holds it; None for what no page of ours sends.

    At most eighteen ASCII digits: longer ones fit no database, and thousands of them Python refuses to read.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _plain(digits: str) -> Decimal:
    if _POINTS_BETWEEN_THOUSANDS.fullmatch(digits):
        return Decimal(digits.replace(".", ""))
    if _COMMAS_BETWEEN_THOUSANDS.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _VIETNAMESE.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _POINT_AS_COMMA.fullmatch(digits):
        return Decimal(digits)
    raise ValueError(f"not a number: {digits!r}")
