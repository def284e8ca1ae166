"""What a release says of money: confirmed lines alone, by year and source, and the share of the budget."""

import json
from datetime import date
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOON, make_funding, make_money, make_spending
from tests.publication.release import Story, leaks
from tiendo.budget.models import MoneyLine
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.publication.money import summary_of, years_of
from tiendo.publication.records import Record
from tiendo.publication.snapshot import Snapshot, take_snapshot


def record_of(snapshot: Snapshot, task: Task) -> Record:
    record: Record = next(row for row in snapshot.tasks if row["code"] == task.code)["data"]
    return record


def test_a_task_shows_what_finance_confirmed_with_its_day_paper_and_origin(story: Story) -> None:
    record = record_of(take_snapshot(story.plan, at=NOON), story.done)["resources"]
    assert record["years"] == [
        {
            "year": 2026,
            "planned": "2000000000",
            "allocated": None,
            "disbursed": None,
            "as_of": "2026-01-15",
            "sources": [
                {
                    "code": "dia-phuong",
                    "name": "Ngân sách địa phương",
                    "unit": {"code": "so-xay-dung", "name": "Sở Xây dựng"},
                    "planned": "2000000000",
                    "allocated": None,
                    "disbursed": None,
                    "as_of": "2026-01-15",
                    "documents": ["QĐ 15/QĐ-UBND"],
                    "confirmed_on": "2026-07-01",
                }
            ],
        }
    ]


def test_what_the_unit_reported_stands_beside_where_it_differs(story: Story) -> None:
    make_money(
        story.done, story.world.unit_a, by=story.world.an, amount=1_200_000_000, confirmed_by=story.world.finance
    )
    record = record_of(take_snapshot(story.plan, at=NOON), story.done)["resources"]
    assert (record["money_used"], record["years"][0]["disbursed"]) == ("1250000000", "1200000000")


def test_what_waits_was_returned_or_belongs_to_a_hidden_task_is_nowhere(story: Story) -> None:
    release = story.publish()
    assert release.file is not None
    assert leaks(read_file(release.file).decode(), story.world) == []
    assert MoneyLine.objects.count() == 4


def test_a_line_replaced_by_a_newer_one_is_not_told(story: Story) -> None:
    for amount in (5, 7):
        make_money(story.late, story.world.unit_b, by=story.world.dung, amount=amount, confirmed_by=story.world.finance)
    [year] = record_of(take_snapshot(story.plan, at=NOON), story.late)["resources"]["years"]
    assert year["disbursed"] == "7"


def test_the_summary_is_counted_from_the_records_and_says_why_there_is_no_rate(story: Story) -> None:
    [year] = take_snapshot(story.plan, at=NOON).summary["money"]["years"]
    assert (year["year"], year["tasks"], year["planned"], year["disbursed"]) == (2026, 1, "2000000000", None)
    assert year["rate"] == {"percent": None, "reason": "no_allocated", "silent": 0, "unallocated": 0}
    assert [source["code"] for source in year["sources"]] == ["dia-phuong"]


def test_the_share_of_the_budget_is_told_with_both_papers(story: Story) -> None:
    by, owner = story.world.finance, story.world.province
    for year, science in ((2025, 32), (2026, 28)):
        make_spending(owner, by=by, year=year, item="total", amount=1000)
        make_spending(owner, by=by, year=year, item="science", amount=science)
    make_spending(story.world.unit_a, by=by, year=2026, item="total", amount=5)
    shares = take_snapshot(story.plan, at=NOON).summary["money"]["share"]
    assert [(each["year"], each["percent"], each["is_below"], each["fell"]) for each in shares] == [
        (2025, "3.20", False, None),
        (2026, "2.80", True, True),
    ]
    assert shares[1]["total"] == {"amount": "1000", "document": "NQ 2026/NQ-HĐND"}


def test_the_sealed_file_holds_the_money(story: Story) -> None:
    release = story.publish()
    assert release.file is not None
    sealed = json.loads(read_file(release.file))
    assert sealed["header"]["summary"]["money"] == release.summary["money"]
    told = {each["id"]: each["data"] for each in sealed["records"] if each["id"].startswith("task:")}
    assert told[f"task:{story.done.code}"]["resources"]["years"][0]["planned"] == "2000000000"


def test_one_more_task_with_money_costs_no_more_queries(story: Story) -> None:

    with CaptureQueriesContext(connection) as one:
        take_snapshot(story.plan, at=NOON)
    for source in (make_funding("trung-uong", "Ngân sách trung ương"), make_funding()):
        make_money(story.late, story.world.unit_b, by=story.world.dung, source=source, confirmed_by=story.world.finance)
    with CaptureQueriesContext(connection) as more:
        take_snapshot(story.plan, at=NOON)
    assert len(more) == len(one)


rows = st.fixed_dictionaries(
    {
        "year": st.integers(2024, 2026),
        "kind": st.sampled_from(["planned", "allocated", "disbursed"]),
        "amount": st.integers(0, 10**15).map(Decimal),
        "as_of": st.dates(date(2024, 1, 1), date(2026, 12, 31)),
        "document": st.sampled_from(["", "QĐ 1"]),
        "decided_at": st.just(NOON),
        "source__code": st.sampled_from(["a", "b"]),
        "source__name": st.just("Nguồn"),
        "unit__code": st.sampled_from(["x", "y"]),
        "unit__name": st.just("Sở"),
    }
)


@given(st.lists(rows), st.lists(rows))
def test_the_summary_adds_up_to_its_sources_and_to_the_lines(first: list[Record], second: list[Record]) -> None:
    def kept(text: str | None) -> str | None:
        return text

    records = [
        {"code": code, "resources": {"years": years_of(held, clean=kept, day_of=lambda moment: moment.date())}}
        for code, held in (("T1", first), ("T2", second))
    ]
    summary = summary_of(records, [], clean=kept)
    for kind in ("planned", "allocated", "disbursed"):
        for year in summary["years"]:
            lines = [row["amount"] for row in first + second if (row["year"], row["kind"]) == (year["year"], kind)]
            told = [Decimal(source[kind]) for source in year["sources"] if source[kind] is not None]
            assert (year[kind] is None) == (not lines)
            assert Decimal(year[kind] or 0) == sum(lines) == sum(told)


def test_no_money_is_no_figure_and_never_zero() -> None:
    assert years_of([], clean=lambda text: text, day_of=lambda moment: moment.date()) == []
