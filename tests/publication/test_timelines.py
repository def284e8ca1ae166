"""The public history of a task: every public fact on its day, none that is not public, and old releases still open."""

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories import NOON, make_unit
from tests.publication.release import SECRETS, Story
from tiendo.orgs.models import Succession, UnitChange
from tiendo.oversight.models import Commendation
from tiendo.plans.models import Assignment, DeadlineLine, Handover, Task, TaskTerms
from tiendo.plans.timeline import WHATS
from tiendo.publication.models import PublishedTask
from tiendo.publication.snapshot import take_snapshot

LATER = NOON + timedelta(days=1)
MARCH, SEPTEMBER = date(2025, 3, 1), date(2026, 9, 1)


def lines_of(story: Story, task: Task, at: datetime = LATER) -> list[tuple[str, str, dict[str, str]]]:
    [row] = [row for row in take_snapshot(story.plan, at=at).tasks if row["code"] == task.code]
    return [(line["on"], line["what"], line["values"]) for line in row["data"]["timeline"]]


def test_a_reported_task_tells_from_its_first_day_to_its_end(story: Story) -> None:
    found = lines_of(story, story.done)
    assert found[0] == ("2025-01-01", "set", {})
    assert ("2026-07-01", "state_percent", {"state": "completed", "percent": "100"}) in found
    assert ("2026-06-20", "completed", {"day": "2026-06-20"}) in found
    assert "unit_given" in {what for _on, what, _values in found}
    assert found == sorted(found, key=lambda line: line[0])
    assert {what for _on, what, _values in found} <= set(WHATS)


def test_a_deadline_moved_and_a_unit_ended_are_told_with_their_days(story: Story) -> None:
    line = story.late.deadline_lines.get()
    moved = {
        "kind": "moment",
        "due_on": date(2026, 9, 30),
        "reason": SECRETS["deadline_reason"],
        "source": "CV 15/UBND",
    }
    DeadlineLine.objects.create(task=story.late, number=2, recorded_by=line.recorded_by, recorded_at=LATER, **moved)
    Assignment.objects.filter(task=story.late).update(ended_at=LATER)
    told = [(what, values) for _on, what, values in lines_of(story, story.late)]
    assert ("due_moved", {"was": "2026-06-30", "day": "2026-09-30"}) in told
    assert ("unit_ended", {"unit": "Sở Y tế", "role": "lead"}) in told


def test_who_answers_after_whom_and_a_handover_of_one_task(story: Story) -> None:
    """Unit A is split: its tasks pass to one successor by default, this one to the other."""
    world, first, second = story.world, make_unit("so-mot", "Sở Một"), make_unit("so-hai", "Sở Hai")
    change = UnitChange.objects.create(
        kind="split", effective_on=MARCH, decision="NQ 15", recorded_by="x", recorded_at=NOON
    )
    common = {"predecessor": world.unit_a, "effective_on": MARCH, "decision": "NQ 15", "change": change}
    Succession.objects.create(successor=first, kind="split", is_default=True, **common)
    Succession.objects.create(successor=second, kind="split", is_default=False, **common)
    passing = ("2025-03-01", "unit_succeeded", {"was": "Sở Xây dựng", "unit": "Sở Một", "how": "split"})
    assert passing in lines_of(story, story.done)
    Handover.objects.create(
        task=story.done,
        predecessor=world.unit_a,
        successor=second,
        change=change,
        source="QĐ 9",
        recorded_by=world.chi,
        recorded_at=NOON,
    )
    assert ("2025-03-01", "unit_handed", {"was": "Sở Xây dựng", "unit": "Sở Hai"}) in lines_of(story, story.done)
    assert passing not in lines_of(story, story.done)
    UnitChange.objects.update(undone_at=NOON, undone_by="x", undone_because="Nhầm")
    Succession.objects.update(undone_at=NOON)
    assert not {"unit_succeeded", "unit_handed"} & {what for _on, what, _values in lines_of(story, story.done)}


def test_versions_and_commendations_are_told_by_their_papers(story: Story) -> None:
    version, world = story.plan.version, story.world
    second = story.plan.versions.create(
        number=version.number + 1, document=version.document, in_force_from=SEPTEMBER, created_at=NOON
    )
    for each, title in ((version, "Cũ"), (second, "Mới")):
        TaskTerms.objects.create(version=each, task=story.done, terms={"title": title, "dropped": False})
    praise = Commendation.objects.create(
        plan=story.plan,
        unit=world.unit_a,
        form="Bằng khen",
        decision="QĐ 7/QĐ-UBND",
        decided_on=SEPTEMBER,
        reason=SECRETS["draft"],
        person=world.an.full_name,
        recorded_by=world.chi,
        recorded_at=NOON,
    )
    praise.tasks.set([story.done, story.hidden])
    snapshot = take_snapshot(story.plan, at=LATER)
    [row] = [row for row in snapshot.tasks if row["code"] == story.done.code]
    told = {line["what"]: line for line in row["data"]["timeline"]}
    assert told["terms_changed"]["values"] == {"fields": "title"}
    assert told["terms_changed"]["document"]["kind"] == version.document.kind
    assert told["commended"]["values"] == {"unit": "Sở Xây dựng", "form": "Bằng khen"}
    assert told["commended"]["source"] == "QĐ 7/QĐ-UBND"
    assert world.an.full_name not in str(row["data"]["timeline"])


@pytest.mark.parametrize("hidden", sorted(SECRETS.values()))
def test_nothing_kept_inside_stands_in_any_history(story: Story, hidden: str) -> None:
    told = [row["data"]["timeline"] for row in take_snapshot(story.plan, at=LATER).tasks]
    assert hidden not in str(told)


def test_the_public_page_tells_it_and_a_release_from_before_still_opens(story: Story, client: Client) -> None:
    story.publish()
    page = reverse("portal:task", args=[story.done.code])
    text = client.get(page).text
    for told in (
        "Lịch sử nhiệm vụ",
        "Được giao trong kế hoạch",
        "Giao Sở Xây dựng chủ trì",
        "Hoàn thành ngày 20/06/2026",
    ):
        assert told in text, told
    row = PublishedTask.objects.get(code=story.done.code)
    without = {name: value for name, value in row.data.items() if name != "timeline"}
    PublishedTask.objects.filter(pk=row.pk).update(data=without)
    cache.clear()
    text = client.get(page).text
    assert "Lịch sử trạng thái" in text
    assert "bắt đầu theo dõi" in text
