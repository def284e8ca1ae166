"""The year 2025 replayed: each day, total and report as a small hand-made table says, not as the house computes."""

from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import World
from tiendo.audit.queries import find_break
from tiendo.config.story_2025 import script, telling
from tiendo.config.story_2025.acts import play
from tiendo.plans.models import Assignment, Plan

FEBRUARY = {
    1: "so-tt-tt",
    2: "so-tt-tt",
    3: "so-kh-dt",
    4: "so-gtvt",
    5: "so-tn-mt",
    6: "so-nn-ptnt",
    7: "so-ld-tbxh",
    8: "ban-dan-toc",
    9: "so-kh-cn",
    10: "so-y-te",
    11: "huyen-than-uyen",
    12: "huyen-tam-duong",
}
MARCH = FEBRUARY | {
    1: "so-kh-cn",
    2: "so-kh-cn",
    3: "so-tai-chinh",
    4: "so-xay-dung",
    5: "so-nn-mt",
    6: "so-nn-mt",
    7: "so-noi-vu",
    8: "so-dt-tg",
}
JULY = MARCH | {11: "03640", 12: "03390"}  # 11 was handed apart from the rest of its district
SEPTEMBER = {number: unit for number, unit in JULY.items() if number != 7} | {10: "so-kh-cn", 13: "so-tu-phap"}
LEADS = dict(zip(script.DAYS, (FEBRUARY, MARCH, MARCH, JULY, SEPTEMBER, SEPTEMBER), strict=True))
UNITS = dict(zip(script.DAYS, (111, 106, 106, 136, 136, 136), strict=True))  # −7 +2 in March, −8 +38 in July
FINISHED = dict(zip(script.DAYS, ({}, {}, {3}, {3}, {3}, {1, 3, 5, 8}), strict=True))
OVERDUE = dict(zip(script.DAYS, (set(), set(), set(), set(), set(), {10}), strict=True))
REPORTS = [
    ("6 tháng đầu năm 2025", date(2025, 6, 20), (12, 1, 0, 11, 0)),
    ("11 tháng năm 2025", date(2025, 11, 20), (12, 3, 1, 7, 1)),
]


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.TIENDO_HOME = tmp_path
    return tmp_path


def by_number(leads: dict[str, str]) -> dict[int, str]:
    return {int(code.rpartition("-")[2]): unit for code, unit in leads.items()}


@pytest.mark.slow
@pytest.mark.django_db
def test_each_day_and_each_report_says_what_was_so_then(home: Path) -> None:
    play()
    told = {day.on: day for day in telling.days()}
    assert {on: by_number(day.leads) for on, day in told.items()} == LEADS
    assert {on: day.units for on, day in told.items()} == UNITS
    assert [day.version for day in told.values()] == [1, 1, 1, 1, 2, 2]
    for on, leads in LEADS.items():
        totals, done, late = Counter(leads.values()), FINISHED[on], OVERDUE[on]
        expected = {
            unit: (n, sum(leads[each] == unit for each in done), sum(leads[each] == unit for each in late))
            for unit, n in totals.items()
        }
        assert told[on].totals == expected, on
    due = [told[on].due[script.code_of(script.EXTENDED)] for on in script.DAYS]
    assert due == [date(2025, 9, 30)] * 4 + [date(2026, 6, 30)] * 2
    assert [(each.period, each.on, tuple(each.numbers.values())) for each in telling.issued()] == REPORTS
    _nothing_was_re_pointed()
    assert find_break() is None
    _twice_it_only_tells()


def _nothing_was_re_pointed() -> None:
    """Whoever the decision of February named is named still; only the amendment gave a task to another."""
    rows = Assignment.objects.filter(role="lead").order_by("pk").values_list("task__code", "unit__code")
    first: dict[int, str] = {}
    for code, unit in rows:
        first.setdefault(int(code.rpartition("-")[2]), str(unit))
    assert first == FEBRUARY | {13: "so-tu-phap"}


def _twice_it_only_tells() -> None:
    """The command on a folder where it was played plays nothing anew, and prints days, reports and addresses."""
    out = StringIO()
    call_command("story_2025", stdout=out)
    assert Plan.objects.count() == 1
    for words in ("Ngày 01/03/2025", "Sở KH&CN: 3 nhiệm vụ", "tai-ngay/?ngay=2025-07-01", "chưa hoàn thành, quá hạn 1"):
        assert words in out.getvalue()


def test_it_refuses_a_folder_with_other_data(home: Path, world: World) -> None:
    with pytest.raises(CommandError, match="có dữ liệu khác"):
        call_command("story_2025", stdout=StringIO())
    assert not Plan.objects.exists()
    assert not (home / "illustrative").exists()
