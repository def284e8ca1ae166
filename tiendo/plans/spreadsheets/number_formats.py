"""Numbers of a workbook as its cells show them: 13.10 under the format 0.00, 80% for 0.8, 05/2025 for a month. Pure.

Vietnamese marks (1.234,5) are written where the format says that the cell is a quantity: thousands, a percentage, a
currency. A plain decimal keeps its point, because it may be a number of a task ("13.10"); with exactly three decimals
it takes the comma, because "12.345" would be read as twelve thousand.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from tiendo.plans.spreadsheets.serial_dates import moment_of, shown_hours, shown_moment

TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|General|AM/PM|am/pm|A/P|E[+-]|.', re.DOTALL)
DATE_LETTER = re.compile(r"[ymdhs]", re.IGNORECASE)
CURRENCY = re.compile(r"^\[\$(?P<sign>[^\]-]*)")
ELAPSED = frozenset({"[h]", "[hh]", "[H]", "[HH]"})
DIGITS = frozenset("0#?")
LONGEST_FORMAT = 255
PRECISION = 15  # significant digits that a workbook keeps
DECIMALS = 9  # what a cell without a format shows at most
LARGEST = Decimal(10) ** 20
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "dd/mm/yyyy", 16: "dd/mm", 17: "mm/yyyy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
    21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0",
    42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@",
} | dict.fromkeys((*range(27, 37), *range(50, 59)), "dd/mm/yyyy")  # fmt: skip


@dataclass(frozen=True)
class Pattern:
    """One section of a number format: what stands before and after the digits, and how they are written."""

    before: str = ""
    after: str = ""
    least_whole: int = 1
    least_decimals: int = 0
    most_decimals: int = 0
    thousands: bool = False
    percent: bool = False
    quantity: bool = False
    thousandths: int = 0  # commas behind the digits: the cell shows thousands, or millions


def shown_number(raw: str, code: str = "", *, from_1904: bool = False) -> str:
    """The text that a cell with the number `raw` shows under the format `code`; `raw` itself when it is no number."""
    try:
        value = Decimal(raw.strip())
    except InvalidOperation:
        return raw.strip()
    if not value.is_finite() or abs(value) >= LARGEST:
        return raw.strip()
    section, signed = _section(sections_of(code[:LONGEST_FORMAT]), value)
    if is_date(section):
        moment = moment_of(value, from_1904=from_1904)
        if moment is None:
            return _plain(value)
        return shown_hours(value) if ELAPSED.intersection(section) else shown_moment(moment, section)
    pattern = pattern_of(section)
    return _plain(value) if pattern is None else _written(abs(value) if signed else value, pattern)


@lru_cache(maxsize=512)
def sections_of(code: str) -> tuple[tuple[str, ...], ...]:
    """A format code as the tokens of its sections: for positive numbers, negative ones, zero."""
    sections: list[list[str]] = [[]]
    for piece in TOKEN.findall(code):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return tuple(map(tuple, sections))


def _section(sections: Sequence[tuple[str, ...]], value: Decimal) -> tuple[tuple[str, ...], bool]:
    """The section for this value, and whether it writes the minus sign itself."""
    if value < 0 and len(sections) > 1:
        return sections[1], True
    return (sections[2] if not value and len(sections) > 2 else sections[0]), False


@lru_cache(maxsize=512)
def is_date(section: tuple[str, ...]) -> bool:
    """Does this section show a day or a time?"""
    return any((len(token) == 1 and DATE_LETTER.match(token)) or token in ELAPSED for token in section)


@lru_cache(maxsize=512)
def pattern_of(section: tuple[str, ...]) -> Pattern | None:
    """How the section writes a number; None for a general format, a fraction or an exponent."""
    if any(token in {"General", "@", "/", "E+", "E-"} for token in section):
        return None
    digits = [at for at, token in enumerate(section) if token in DIGITS]
    if not digits:
        return None
    first, last = digits[0], digits[-1]
    whole, _, decimals = "".join(t for t in section[first : last + 1] if t in DIGITS or t in ",.").partition(".")
    before, after = _words(section[:first]), _words(section[last + 1 :])
    percent, thousands, tail = "%" in section, "," in whole, section[last + 1 :]
    commas = next((at for at, piece in enumerate(tail) if piece != ","), len(tail))
    return Pattern(
        before, after, whole.count("0"), decimals.count("0"), len(decimals), thousands, percent,
        quantity=thousands or percent or any(token.startswith("[$") for token in section), thousandths=commas,
    )  # fmt: skip


def _words(tokens: Sequence[str]) -> str:
    return "".join(map(_word, tokens))


def _word(piece: str) -> str:
    if piece.startswith('"'):
        return piece.strip('"')
    if piece.startswith("["):
        found = CURRENCY.match(piece)
        return found["sign"] if found else ""
    if len(piece) == 2:
        return piece[1] if piece[0] == "\\" else " " if piece[0] == "_" else ""
    return "" if piece == "," else piece


def _written(value: Decimal, pattern: Pattern) -> str:
    value = (value * 100 if pattern.percent else value).scaleb(-3 * pattern.thousandths)
    rounded = _rounded(value).quantize(Decimal(1).scaleb(-pattern.most_decimals), ROUND_HALF_UP)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    decimals = decimals[: pattern.least_decimals] + decimals[pattern.least_decimals :].rstrip("0")
    whole = whole.zfill(pattern.least_whole) if pattern.least_whole else whole.lstrip("0") or "0"
    digits = _marked(whole, decimals, thousands=pattern.thousands, quantity=pattern.quantity)
    sign = "-" if rounded < 0 else ""
    return f"{pattern.before}{sign}{digits}{pattern.after}".strip()


def _plain(value: Decimal) -> str:
    """A number without a format: whole numbers in full, decimals as far as they are shown."""
    rounded = _rounded(value)
    if rounded == rounded.to_integral_value():
        return f"{rounded.to_integral_value():f}".replace("-0", "0") if not rounded else f"{rounded:.0f}"
    whole, _, decimals = f"{rounded.quantize(Decimal(1).scaleb(-DECIMALS), ROUND_HALF_UP):f}".partition(".")
    return _marked(whole, decimals.rstrip("0"), thousands=False, quantity=False)


def _rounded(value: Decimal) -> Decimal:
    """What the binary number of the file stands for: 13.100000000000001 is 13.1."""
    digits = PRECISION - 1 - value.adjusted()
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) if value and digits < 40 else value


def _marked(whole: str, decimals: str, *, thousands: bool, quantity: bool) -> str:
    if thousands:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", whole)
    mark = "," if quantity or len(decimals) == 3 else "."
    return f"{whole}{mark}{decimals}" if decimals else whole
