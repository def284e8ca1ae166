"""Facts kept at the closing come back the same, whatever is in them."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.indicators.states import State
from tiendo.papers.charts import Former, Goal, Mark, Point, Series
from tiendo.plans.states import WorkState
from tiendo.reporting.papers.consolidation import DutyLine, MeasureLine, ObstacleLine, Record, ReportFacts, TaskLine
from tiendo.reporting.papers.freezing import facts_as_data, facts_from_data

SENT = datetime(2026, 7, 1, 3, 4, 5, 678, UTC)
RECORD = Record(
    mark=3, submission=41, task_code="kh-1", unit="Sở A", period="Quý I", number=2, sent_at=SENT, sent_by="An",
    accepted_at=None, accepted_by="", evidence=("1/BC ngày 02/06/2026",),
    documents=(("1/BC", date(2026, 6, 2)), ("2/BC", None)),
)  # fmt: skip
LINE = TaskLine(
    code="kh-1", title="Việc", group="Nhóm", lead=None, product=None, due_on=date(2026, 6, 30),
    state=WorkState.COMPLETED, percent=Decimal("45.50"), completed_on=date(2026, 6, 1), money_used=Decimal("1000000"),
    record=RECORD, is_new=True, row=1, group_code="III.1", original_due_on=date(2026, 5, 31),
    money_allocated=Decimal("2000000"), percent_estimate=Decimal("100.00"),
    money_source="Sở Tài chính xác nhận",
)  # fmt: skip
CHART = Series(
    "Sóng 5G", "%",
    points=(
        Point(date(2025, 12, 31), "2025", Decimal("25.50"), Mark.REVISED, (Former(Decimal(25), Mark.ESTIMATE),)),
        Point(date(2026, 12, 31), "2026", None, reason="Nguồn chưa công bố."),
    ),
    path=(Goal(date(2026, 12, 31), "2026", Decimal(50)),),
    final=Goal(date(2030, 12, 31), "2030", Decimal(98), "trong khoảng", Decimal(100)),
    baseline=Point(date(2024, 12, 31), "2024", Decimal("10")), state="đúng lộ trình",
)  # fmt: skip
FACTS = ReportFacts(
    plan_title="Kế hoạch", period_name="Quý I", data_from=date(2026, 1, 1), on=date(2026, 6, 30),
    lines=(LINE, replace(LINE, code="kh-2", record=None, percent=None)),
    duties=(DutyLine("Sở A", False, SENT, True, False, None, 2, 4),),
    directives=(("1/QĐ", date(2026, 2, 1)), ("2/QĐ", None)), asks_estimate=True,
    measures=(
        MeasureLine("5G", "Sóng 5G", "%", "≥ 99 (2030)", "Sở A", State.ON_TRACK, "năm 2025", "ước", Decimal("25.5")),
        MeasureLine("AI", "Chưa đo", "", "", "", State.NO_DATA, without="Nguồn chưa công bố."),
    ),
    obstacles=(ObstacleLine("kinh phí", 3, 2, 1, 1),),
    charts=(CHART, Series("Chưa có đích", "", (), rank=True, level_names=("Thấp", "Cao"))),
)  # fmt: skip


def through_json(facts: ReportFacts) -> ReportFacts:
    return facts_from_data(json.loads(json.dumps(facts_as_data(facts))))


def test_every_fact_comes_back_as_it_was():
    again = through_json(FACTS)
    assert again == FACTS
    assert type(again.lines[0].state) is WorkState
    assert str(again.lines[0].percent) == "45.50"
    assert type(again.charts[0].points[0].mark) is Mark


def test_what_was_kept_before_there_were_charts_has_none():
    kept = facts_as_data(FACTS)
    del kept["charts"]
    assert facts_from_data(kept) == replace(FACTS, charts=())


def test_each_field_is_set_in_the_sample():
    """A field added to the facts must be given here, so that its way through the data is tried."""
    blank = {field.name for field in fields(TaskLine) if getattr(LINE, field.name) in (None, "", 0, False)}
    assert blank == {"lead", "product", "result", "difficulty"}


@pytest.mark.parametrize("state", list(WorkState))
@given(words=st.text(), percent=st.none() | st.decimals(0, 100, places=2), day=st.none() | st.dates())
def test_any_words_numbers_and_days(state: WorkState, words: str, percent: Decimal | None, day: date | None):
    line = replace(LINE, state=state, title=words, result=words, percent=percent, due_on=day, completed_on=day)
    facts = replace(FACTS, lines=(line,), duties=())
    assert through_json(facts) == facts
