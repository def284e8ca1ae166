from datetime import date
from decimal import Decimal

import pytest

from tiendo.plans.states import WorkState
from tiendo.reporting.rules import Values, problems

TODAY = date(2026, 7, 1)
DONE = Values(state=WorkState.COMPLETED, percent=Decimal(100), completed_on=TODAY, result="Đã ban hành quyết định")


def test_a_finished_task_with_evidence_may_be_sent() -> None:
    assert problems(DONE, has_evidence=True, on=TODAY) == []


@pytest.mark.parametrize(
    ("values", "has_evidence", "words"),
    [
        (Values(), True, "trạng thái"),
        (Values(state=WorkState.CANCELLED), True, "cấp có thẩm quyền"),
        (DONE, False, "minh chứng"),
        (Values(state=WorkState.COMPLETED), True, "ngày hoàn thành"),
        (Values(state=WorkState.COMPLETED, completed_on=date(2026, 7, 2)), True, "tương lai"),
        (Values(state=WorkState.IN_PROGRESS, completed_on=TODAY, result="…"), True, "Hoàn thành"),
        (Values(state=WorkState.IN_PROGRESS, percent=Decimal(100), result="xong"), True, "100%"),
        (Values(state=WorkState.NOT_STARTED, percent=Decimal(1)), True, "Chưa thực hiện"),
        (Values(state=WorkState.IN_PROGRESS, result="  "), True, "kết quả"),
        (Values(state=WorkState.PAUSED), True, "khó khăn"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(values: Values, has_evidence: bool, words: str) -> None:
    found = problems(values, has_evidence=has_evidence, on=TODAY)
    assert any(words in sentence for sentence in found), found


@pytest.mark.parametrize(
    "values",
    [
        Values(state=WorkState.NOT_STARTED),
        Values(state=WorkState.NOT_STARTED, percent=Decimal(0)),
        Values(state=WorkState.IN_PROGRESS, percent=Decimal("99.6"), result="Đã lắp 12 trạm"),
        Values(state=WorkState.PAUSED, difficulty="Chưa bố trí được kinh phí"),
    ],
)
def test_honest_unfinished_work_needs_no_evidence(values: Values) -> None:
    assert problems(values, has_evidence=False, on=TODAY) == []
