from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, TODAY, World, make_duty, make_entry, make_submission, make_task, make_unit
from tests.publication.release import Story
from tiendo.orgs.models import Succession
from tiendo.plans.models import Assignment, Plan, Task
from tiendo.plans.queries import CELLS, overview
from tiendo.publication.records import Record
from tiendo.publication.snapshot import Snapshot, take_snapshot


def _record(snapshot: Snapshot, task: Task) -> Record:
    [row] = [row for row in snapshot.tasks if row["code"] == task.code]
    return row["data"]


def test_the_four_numbers_are_those_of_the_signed_in_overview(story: Story) -> None:
    for days, state in ((-1, "in_progress"), (3, "in_progress"), (5, "completed"), (9, "cancelled"), (2, "paused")):
        due = TODAY + timedelta(days=days)
        make_task(
            story.plan, by=story.world.chi, due_on=due, state=state, completed_on=due if state == "completed" else None
        )
    snapshot = take_snapshot(story.plan, at=NOON)
    inside = overview(Task.objects.filter(plan=story.plan).published(), on=TODAY)
    counts = snapshot.summary["counts"]
    names = [*CELLS, "due_soon", "without_lead", "without_report"]
    assert {name: counts[name] for name in names} == {name: inside.counts[name] for name in names}
    assert (counts["total"], counts["cancelled"]) == (inside.total, inside.cancelled)
    assert sum(counts[cell] for cell in CELLS) == counts["total"]


def test_the_three_groups_of_a_reported_task(story: Story) -> None:
    record = _record(take_snapshot(story.plan, at=NOON), story.done)
    assert record["progress"] | {"origin": None} == {
        "state": "completed",
        "percent": "100",
        "completed_on": "2026-06-20",
        "updated_on": "2026-07-01",
        "cell": "done_on_time",
        "side": "in_time",
        "origin": None,
    }
    assert record["resources"]["money_used"] == "1250000000"
    [report] = record["results"]["reports"]
    assert report["text"].startswith("Đã phủ sóng 12 xã.")
    assert report["evidence"] == [{"number": "12/BC-SXD", "date": "2026-06-20"}]


def test_every_figure_names_the_report_it_comes_from(story: Story) -> None:
    record = _record(take_snapshot(story.plan, at=NOON), story.done)
    origin = {
        "unit": "Sở Xây dựng",
        "period": story.period.name,
        "submission": 1,
        "submitted_on": "2026-07-01",
        "accepted_on": "2026-07-01",
    }
    assert record["progress"]["origin"] == record["resources"]["origin"] == origin
    assert record["results"]["reports"][0]["origin"] == origin
    assert record["origins"]["title"]["quote"] == "Phủ sóng 5G"


def test_a_task_without_accepted_report_keeps_its_empty_groups(story: Story) -> None:
    record = _record(take_snapshot(story.plan, at=NOON), story.late)
    assert record["progress"]["origin"] is None
    assert record["progress"]["cell"] == "open_overdue"
    assert record["resources"] == {"money_used": None, "period": None, "origin": None, "years": []}
    assert record["results"] == {"reports": []}
    assert [step["state"] for step in record["history"]] == ["not_started"]


def test_history_tells_each_accepted_state_with_its_day(story: Story) -> None:
    history = _record(take_snapshot(story.plan, at=NOON), story.done)["history"]
    assert [(step["on"], step["state"], step["percent"]) for step in history] == [
        ("2025-01-01", "not_started", None),
        ("2026-07-01", "completed", "100"),
    ]


def test_a_task_kept_from_the_public_is_a_number_and_nothing_more(story: Story) -> None:
    snapshot = take_snapshot(story.plan, at=NOON)
    assert snapshot.summary["not_public"] == 1
    assert snapshot.summary["counts"]["total"] == len(snapshot.tasks) == 2
    assert story.hidden.item.path not in [item["path"] for item in snapshot.items]
    unit = next(unit for unit in snapshot.units if unit["code"] == "so-xay-dung")
    assert (unit["counts"]["total"], unit["counts"]["charged"]) == (1, 1)


def test_what_hangs_under_a_hidden_passage_hangs_on_the_branch_above(story: Story) -> None:
    version = story.plan.version
    branch = version.items.create(
        path="III", position=90, kind="section", text="Mục", where={}, document=version.document
    )
    story.hidden.item.parent = branch
    story.hidden.item.save()
    below = {"position": 99, "kind": "bullet", "text": "Ý tiếp", "where": {}, "document": version.document}
    version.items.create(path="III#1", parent=story.hidden.item, **below)
    items = {item["path"]: item["parent_path"] for item in take_snapshot(story.plan, at=NOON).items}
    assert items["III#1"] == "III"


def test_the_successor_answers_and_the_named_unit_is_told(story: Story) -> None:
    new = make_unit("so-moi", "Sở Mới")
    kind = {"kind": "merge", "effective_on": date(2026, 3, 1), "decision": "Nghị quyết"}
    Succession.objects.create(predecessor=story.world.unit_a, successor=new, **kind)
    snapshot = take_snapshot(story.plan, at=NOON)
    lead = _record(snapshot, story.done)["lead"]
    assert lead == {"code": "so-moi", "name": "Sở Mới", "named": {"code": "so-xay-dung", "name": "Sở Xây dựng"}}
    units = {unit["code"]: unit for unit in snapshot.units}
    assert units["so-moi"]["counts"]["total"] == 1
    assert units["so-xay-dung"]["successor_code"] == "so-moi"
    assert units["so-xay-dung"]["counts"]["charged"] == 1


def test_a_unit_not_recognised_stays_as_printed(story: Story) -> None:
    Assignment.objects.create(
        task=story.late, role="coordinating", printed="Các doanh nghiệp viễn thông", started_at=NOON
    )
    record = _record(take_snapshot(story.plan, at=NOON), story.late)
    assert record["coordinating"] == [{"code": None, "name": "Các doanh nghiệp viễn thông", "named": None}]


def _grow(plan: Plan, world: World, period: object, more: int) -> None:
    duty = make_duty(period, world.coordinator_unit)  # type: ignore[arg-type]
    for _ in range(more):
        task = make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b])
        make_submission(make_entry(duty, task), by=world.binh, accepted_by=world.chi)


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(story: Story) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        take_snapshot(story.plan, at=NOON)
    _grow(story.plan, story.world, story.period, 5)
    with CaptureQueriesContext(connection) as many:
        assert len(take_snapshot(story.plan, at=NOON).tasks) == 7
    assert len(many) == len(few)


def test_a_deadline_without_a_last_day_keeps_its_words(story: Story) -> None:
    make_task(story.plan, by=story.world.chi, due_on=None, due_kind="recurring", title="Hằng năm")
    line = story.plan.tasks.last().deadline_lines.get()  # type: ignore[union-attr]
    line.raw = "Hằng năm"
    line.save()
    row = take_snapshot(story.plan, at=NOON).tasks[-1]
    assert (row["due_on"], row["due_text"], row["side"], row["cell"]) == (
        None,
        "Hằng năm",
        "no_deadline",
        "open_in_time",
    )


def test_a_changed_deadline_names_its_paper_and_the_first_its_document(story: Story) -> None:
    line = {"kind": "moment", "reason": "Chờ", "recorded_by": story.world.chi, "recorded_at": NOON}
    source = "Công văn 15/UBND-KGVX"
    story.done.deadline_lines.create(number=2, due_on=date(2027, 3, 31), source=source, **line)
    ledger = _record(take_snapshot(story.plan, at=NOON), story.done)["deadline"]["ledger"]
    assert [line["source"] for line in ledger] == [None, source]
