"""Points of a target ledger before they are written: what they must satisfy, how they read. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Protocol

from tiendo.indicators.states import COMPARATOR_SIGNS, Comparator, Firmness, Purpose
from tiendo.ui.formats import number_text
from tiendo.ui.sentences import Sentence

STEP = Decimal("0.000001")  # what the database keeps
LARGEST = Decimal(10) ** 18


@dataclass(frozen=True)
class Aim:
    """A baseline, milestone or end: on `due_on` the value must compare so. Of a baseline only the value counts.

    `unit` is the row of a unit the point is for; None is every unit measured. `printed` is what the paper says.
    """

    purpose: Purpose
    due_on: date
    value: Decimal
    comparator: Comparator = Comparator.AT_LEAST
    upper: Decimal | None = None
    full_value: Decimal | None = None
    category: str = ""
    firmness: Firmness = Firmness.FIRM
    printed: str = ""
    unit: int | None = None

    @property
    def place(self) -> tuple[int | None, str, date, str]:
        """What tells it apart from the other points of its indicator: one of each is in force."""
        return self.unit, self.purpose.value, self.due_on, self.category

    @property
    def says(self) -> tuple[object, ...]:
        """Everything but its place: two points that say the same need no new line."""
        return self.comparator.value, self.value, self.upper, self.full_value, self.firmness.value, self.printed


def faults(aim: Aim) -> Iterator[tuple[str, Sentence | str]]:
    """Field and sentence for each thing wrong with a point; none when it can be written."""
    numbers = [each for each in (aim.value, aim.upper, aim.full_value) if each is not None]
    if any(abs(each) >= LARGEST or each != each.quantize(STEP) for each in numbers):
        yield "value", _("Số quá lớn hoặc có hơn 6 chữ số thập phân.")
        return
    if (aim.comparator is Comparator.BETWEEN) != (aim.upper is not None):
        yield "upper", _("Khoảng giá trị cần đủ hai đầu; phép so sánh khác chỉ có một giá trị.")
    elif aim.upper is not None and aim.upper < aim.value:
        yield "upper", _("Cận trên phải lớn hơn hoặc bằng cận dưới.")
    if aim.full_value is not None and aim.full_value == aim.value:
        yield "full_value", _("Mức tối đa phải khác mức đạt.")
    if aim.purpose is Purpose.BASELINE and (aim.upper is not None or aim.full_value is not None):
        yield "value", _("Mức xuất phát chỉ là một giá trị.")


class Aimed(Protocol):
    """What a line of the ledger and a point have in common."""

    @property
    def comparator(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def upper(self) -> Decimal | None: ...
    @property
    def full_value(self) -> Decimal | None: ...


def line_text(aim: Aimed) -> str:
    """What a line or a point asks for, as `aim_text` prints it."""
    return aim_text(aim.comparator, aim.value, aim.upper, aim.full_value)


def aim_text(comparator: str, value: Decimal | None, upper: Decimal | None = None, full: Decimal | None = None) -> str:
    """As papers print it: "≥ 80", "18 – 20", "60" for a bare number; empty without a value.

    Where reaching it in full is more (`full`), the pair stands as "≥ 2 (đủ: 3)".
    """
    if value is None:
        return ""
    sign = Comparator(comparator)
    if upper is not None:
        text = f"{number_text(value)} – {number_text(upper)}"
    elif sign is Comparator.EQUAL:
        text = number_text(value)
    else:
        text = f"{COMPARATOR_SIGNS[sign]} {number_text(value)}"
    return text if full is None else _("{aim} (đủ: {full})").format(aim=text, full=number_text(full))
