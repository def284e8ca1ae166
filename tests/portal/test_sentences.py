from datetime import date
from typing import Any

import pytest

from tiendo.portal.sentences import standing

ON = date(2026, 7, 1)


def _record(state: str, due: str | None = "2026-12-31", **progress: Any) -> dict[str, Any]:
    known = {"state": state, "percent": None, "completed_on": None, "origin": {"unit": "Sở Y tế"}}
    return {"progress": known | progress, "deadline": {"due_on": due}}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            _record("in_progress", percent="99.96"),
            "Nhiệm vụ đang được thực hiện, đạt 99,9\N{NO-BREAK SPACE}%. Còn 183 ngày đến hạn 31/12/2026.",
        ),
        (
            _record("in_progress", "2026-07-01"),
            "Nhiệm vụ đang được thực hiện. Hạn là đúng ngày chốt số liệu, 01/07/2026.",
        ),
        (_record("in_progress", "2026-06-30"), "Nhiệm vụ đang được thực hiện. Đã quá hạn 1 ngày (hạn 30/06/2026)."),
        (_record("in_progress", None), "Nhiệm vụ đang được thực hiện. Nhiệm vụ không có ngày hết hạn."),
        (
            _record("completed", "2026-06-20", completed_on="2026-06-20"),
            "Nhiệm vụ đã hoàn thành ngày 20/06/2026, đúng hạn (hạn 20/06/2026).",
        ),
        (
            _record("completed", "2026-06-20", completed_on="2026-06-21"),
            "Nhiệm vụ đã hoàn thành ngày 21/06/2026, chậm 1 ngày so với hạn 20/06/2026.",
        ),
        (_record("completed", None, completed_on="2026-06-21"), "Nhiệm vụ đã hoàn thành ngày 21/06/2026."),
        (_record("cancelled"), "Nhiệm vụ đã được hủy và không tính vào số liệu chung."),
        (_record("paused"), "Nhiệm vụ đang tạm dừng. Còn 183 ngày đến hạn 31/12/2026."),
        (_record("not_started"), "Nhiệm vụ chưa được bắt đầu. Còn 183 ngày đến hạn 31/12/2026."),
        (
            _record("not_started", origin=None),
            "Chưa có báo cáo nào được tiếp nhận về nhiệm vụ này. Còn 183 ngày đến hạn 31/12/2026.",
        ),
    ],
)
def test_standing_in_one_plain_sentence(record: dict[str, Any], expected: str) -> None:
    assert standing(record, ON) == expected
