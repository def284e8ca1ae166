"""What an entry must say before it may be sent. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from tiendo.plans.states import REPORTABLE, WorkState

# A thousand times the budget of the country; the embedded database keeps no more digits than these exactly.
MOST_DIGITS = 15
MOST_MONEY = Decimal(10) ** MOST_DIGITS


@dataclass(frozen=True)
class Values:
    """One report on one task. Percents 0–100; money in đồng since the start of the year."""

    state: WorkState | None = None
    percent: Decimal | None = None
    completed_on: date | None = None
    result: str = ""
    difficulty: str = ""
    money_used: Decimal | None = None
    money_allocated: Decimal | None = None
    percent_estimate: Decimal | None = None


@dataclass(frozen=True)
class Problem:
    """What stands in the way of sending, at the field where it is mended; "" for the entry as a whole."""

    field: str
    sentence: str


def problems(values: Values | None, *, has_evidence: bool, on: date) -> list[str]:
    """Sentences that say what is still missing or contradicts; empty when the entry may be sent on that day.

    `values` is None while nothing was written.
    """
    return [found.sentence for found in problems_by_field(values, has_evidence=has_evidence, on=on)]


def problems_by_field(values: Values | None, *, has_evidence: bool, on: date) -> list[Problem]:
    """As `problems`, each with its field; "evidence" is the field of what backs the report."""
    if values is None:
        return [Problem("", _("Chưa nhập nội dung."))]
    if values.state is None:
        return [Problem("state", _("Hãy chọn trạng thái thực hiện."))]
    if values.state not in REPORTABLE:
        sentence = _("Trạng thái này do cấp có thẩm quyền quyết định, đơn vị không tự báo cáo.")
        return [Problem("state", sentence)]
    return [*_completion(values, has_evidence, on), *_progress(values)]


def _completion(values: Values, has_evidence: bool, on: date) -> Iterator[Problem]:
    if values.state == WorkState.COMPLETED:
        if values.completed_on is None:
            yield Problem("completed_on", _("Nhiệm vụ hoàn thành cần ngày hoàn thành."))
        elif values.completed_on > on:
            yield Problem("completed_on", _("Ngày hoàn thành không thể ở tương lai."))
        if not has_evidence:
            yield Problem("evidence", _("Hoàn thành cần minh chứng: số và ngày văn bản, hoặc một tệp."))
    elif values.completed_on is not None:
        yield Problem("completed_on", _("Đã có ngày hoàn thành thì trạng thái phải là “Hoàn thành”."))


def _progress(values: Values) -> Iterator[Problem]:
    if values.percent is not None and values.percent == 100 and values.state != WorkState.COMPLETED:
        yield Problem("percent", _("Tỷ lệ 100% chỉ dành cho nhiệm vụ đã hoàn thành."))
    if values.state == WorkState.NOT_STARTED and values.percent:
        yield Problem("percent", _("Chưa thực hiện thì tỷ lệ phải là 0 hoặc để trống."))
    if values.state == WorkState.IN_PROGRESS and not values.result.strip():
        yield Problem("result", _("Hãy ghi kết quả đã làm được trong kỳ."))
    if values.state == WorkState.PAUSED and not values.difficulty.strip():
        yield Problem("difficulty", _("Tạm dừng thì ghi rõ khó khăn, vướng mắc."))
