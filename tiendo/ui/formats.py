"""How values are written, on screen and on paper: decimal comma, points between thousands, dd/mm/yyyy. Pure.

One home for each kind of figure: what two faces show of one value is the same text, digit by digit.
"""

from datetime import date, datetime, tzinfo
from decimal import ROUND_DOWN, ROUND_FLOOR, Decimal, InvalidOperation

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
ONE_TENTH = Decimal("0.1")
HUNDRED = Decimal(100)
RECORDED_PLACES = 4
UNITS_OF_MONEY = {"đồng": 0, "nghìn": 3, "triệu": 6, "tỷ": 9}


def as_decimal(value: object) -> Decimal | None:
    """The number that a value holds, or None when it holds none; a float is read as it is printed."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def number_text(number: Decimal | int, places: int | None = None) -> str:
    """`12.345,6`; without `places` every digit that carries a value is kept and idle zeros are dropped.

    With `places` the rest is cut, never rounded: what is under a threshold must not be shown as at it.
    """
    if places is not None:
        number = Decimal(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN)
    whole, _, fraction = f"{abs(number):,f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    text = whole.replace(",", ".") + (f",{fraction}" if fraction else "")
    return MINUS + text if number < 0 and text.strip("0,.") else text


def measured_text(number: Decimal) -> str:
    """A recorded number with all its digits; what a division left without end is cut after two, never rounded.

    Nobody records more than four decimals: `72,7272…` of 24 in 33 is written `72,72`, and 4,375 stays `4,375`.
    """
    endless = len(f"{number.normalize():f}".partition(".")[2]) > RECORDED_PLACES
    return number_text(number, 2 if endless else None)


def with_unit(number: str, unit: str) -> str:
    """A number and its unit, not torn apart at the end of a line."""
    return f"{number}{NO_BREAK}{unit}" if unit else number


def percent_number(percent: Decimal) -> str:
    """A percentage without its sign: 99.96 → `99,9`, 100 → `100`.

    At most one decimal, cut towards less, and never across a whole: what is below 100 never reads 100, what is above
    it never 100, a little never 0, because each would state a fact that is not so.
    """
    return number_text(percent_cut(percent))


def percent_cut(percent: Decimal) -> Decimal:
    """The number that `percent_number` writes, for cells that hold numbers."""
    cut = percent.quantize(ONE_TENTH, rounding=ROUND_FLOOR)
    return cut + ONE_TENTH if cut != percent and cut in (0, HUNDRED) else cut


def percent_text(percent: Decimal) -> str:
    """`99,9 %`: the number with its sign, not torn apart at the end of a line."""
    return percent_number(percent) + NO_BREAK + "%"


def money_text(amount: Decimal, unit: str = "đồng") -> str:
    """`1.250.000.000 đồng`, or in thousands, millions, billions: `1.250 triệu đồng`."""
    number = number_text(amount.scaleb(-UNITS_OF_MONEY[unit]))
    return number + NO_BREAK + (unit if unit == "đồng" else f"{unit}{NO_BREAK}đồng")


def date_text(value: date | datetime, zone: tzinfo) -> str:
    """`05/02/2025`; a moment is first moved to the zone."""
    return in_zone(value, zone).strftime("%d/%m/%Y")


def moment_text(value: date | datetime, zone: tzinfo) -> str:
    """`05/02/2025 14:30`; a plain date stays a date."""
    moment = in_zone(value, zone)
    return moment.strftime("%d/%m/%Y %H:%M" if isinstance(moment, datetime) else "%d/%m/%Y")


def in_zone(value: date | datetime, zone: tzinfo) -> date | datetime:
    """A moment in the zone; dates and moments without a zone are already local."""
    return value.astimezone(zone) if isinstance(value, datetime) and value.tzinfo else value
