"""A published task is kept from the public: the correction, what is withdrawn, and what the log says."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.factories import NOON, make_item, make_plan, make_task, make_unit
from tests.publication.release import Story
from tests.publication.test_sealing import PROGRAM
from tiendo.audit.models import Event
from tiendo.plans.models import PlanItem, Task
from tiendo.plans.storage import read_file
from tiendo.publication.actions import approve_release, propose_release, withhold_task
from tiendo.publication.answers import current
from tiendo.publication.models import Release
from tiendo.publication.queries import latest_release
from tiendo.publication.snapshot import take_snapshot
from tiendo.publication.workflow import IllegalMove

WHEN = NOON + timedelta(days=10)


def _withhold(story: Story, task: Task, reason: str = "Bí mật kinh doanh") -> Task:
    return withhold_task(task=task, reason=reason, by=story.world.decision_maker, at=WHEN)


def _everything(release: Release) -> str:
    rows = [list(rows.values()) for rows in (release.items, release.units, release.tasks)]
    sealed = read_file(release.file).decode() if release.file else ""
    return json.dumps([rows, release.summary], default=str, ensure_ascii=False) + sealed


def _with_a_row(story: Story) -> Task:
    """A task that came from a row of its own, led by a unit nothing else names, with a passage hanging under it."""
    item = make_item(story.plan.version, "III.1.1#7", "Việc CANRUT trong bảng")
    task = make_task(
        story.plan, by=story.world.chi, lead=story.world.unit_a, title="Việc CANRUT", product="SANPHAMRUT", item=item
    )
    PlanItem.objects.filter(pk=make_item(story.plan.version, "III.1.1#7.1", "Đoạn dưới").pk).update(parent=item)
    return task


def test_a_task_never_published_is_only_hidden(story: Story) -> None:
    task = _withhold(story, story.late)
    assert (task.not_public_reason, Release.objects.count()) == ("Bí mật kinh doanh", 0)
    assert [event.act for event in Event.objects.all()] == ["plans.task.hide"]


def test_the_release_is_said_again_without_the_task(story: Story) -> None:
    task = _with_a_row(story)
    wrong = story.publish("Đợt 1")
    assert "CANRUT" in _everything(wrong)
    _withhold(story, task)
    right = latest_release()
    assert (right.number, right.title, right.corrects) == (2, "Đợt 1 (đính chính)", wrong)
    assert (right.status, right.data_as_of, right.decided_at) == ("approved", wrong.data_as_of, WHEN)
    for word in ("CANRUT", "SANPHAMRUT", task.code):
        assert word not in _everything(right)
    kept = dict(wrong.tasks.values_list("code", "data"))
    assert dict(right.tasks.values_list("code", "data")) == {k: v for k, v in kept.items() if k != task.code}


def test_the_correction_is_what_a_snapshot_without_the_task_would_have_been(story: Story) -> None:
    task = _with_a_row(story)
    wrong = story.publish()
    _withhold(story, task)
    right, fresh = latest_release(), take_snapshot(story.plan, at=wrong.data_as_of)
    assert right.summary == json.loads(json.dumps(fresh.summary))
    for rows, expected in ((right.tasks, fresh.tasks), (right.units, fresh.units), (right.items, fresh.items)):
        assert list(rows.values(*expected[0])) == [json.loads(json.dumps(r, default=str)) | _kept(r) for r in expected]


def _kept(row: dict) -> dict:
    """Values that come back from the database as they went in."""
    return {name: value for name, value in row.items() if not isinstance(value, dict)}


@pytest.mark.parametrize(("reports", "counts"), [(True, [0]), (False, [])])
def test_a_unit_that_only_this_task_named_goes_with_it_unless_it_reports(
    story: Story, reports: bool, counts: list[int]
) -> None:
    unit = make_unit("hoi-rieng", "Hội Riêng", reports=reports)
    task = make_task(story.plan, by=story.world.chi, lead=unit, title="Việc riêng")
    assert story.publish().units.get(code="hoi-rieng").counts["charged"] == 1
    _withhold(story, task)
    left = latest_release().units.filter(code="hoi-rieng")
    assert [unit.counts["charged"] for unit in left] == counts


def test_a_passage_with_another_task_stays(story: Story) -> None:
    Task.objects.filter(pk=story.late.pk).update(item=story.done.item)
    story.publish()
    _withhold(story, story.late)
    assert latest_release().items.filter(path=story.done.item.path).exists()


def test_every_release_that_named_it_is_withdrawn(story: Story) -> None:
    first = story.publish("Đợt 1")
    later = make_task(story.plan, by=story.world.chi, title="Việc mới")
    second = story.publish("Đợt 2", days=1)
    _withhold(story, story.late)
    third = latest_release()
    for release in (first, second):
        release.refresh_from_db()
        assert (release.status, release.replaced_by, release.withdrawn_at) == ("withdrawn", third, WHEN)
        assert release.reason == "Bí mật kinh doanh"
    assert (third.corrects, third.number, Release.objects.approved().count()) == (second, 3, 1)
    assert third.tasks.filter(code=later.code).exists()


def test_the_sealed_title_does_not_follow_the_language_of_whoever_acts(story: Story) -> None:
    story.publish("Đợt 1")
    with translation.override("en"):
        _withhold(story, story.late)
    assert latest_release().title == "Đợt 1 (đính chính)"


def test_a_release_that_never_named_it_stays(story: Story) -> None:
    first = story.publish("Đợt 1")
    later = make_task(story.plan, by=story.world.chi, title="Việc mới")
    story.publish("Đợt 2", days=1)
    _withhold(story, later)
    first.refresh_from_db()
    assert first.status == "approved"


def test_an_old_release_is_withdrawn_without_a_correction_when_the_newest_is_clean(story: Story) -> None:
    old = story.publish("Đợt 1")
    Task.objects.filter(pk=story.late.pk).update(not_public_reason="mật")
    new = story.publish("Đợt 2", days=1)
    before = current()
    _withhold(story, story.late)
    old.refresh_from_db()
    assert (old.status, old.replaced_by, Release.objects.count()) == ("withdrawn", new, 2)
    assert current() != before


def test_a_correction_is_corrected_in_its_turn(story: Story) -> None:
    story.publish("Đợt 1")
    _withhold(story, story.late)
    _withhold(story, story.done)
    release = latest_release()
    assert (release.number, release.title, release.tasks.count()) == (3, "Đợt 1 (đính chính)", 0)
    assert release.summary["not_public"] == 3
    assert list(Release.objects.order_by("number").values_list("status", flat=True)) == ["withdrawn"] * 2 + ["approved"]


def test_another_plan_is_left_alone(story: Story) -> None:
    story.publish("Đợt 1")
    other = make_plan(story.world.province, code="kh-2")
    make_task(other, by=story.world.chi, title="Việc khác")
    mine = propose_release(plan=other, title="Khác", by=story.world.chi, at=NOON + timedelta(days=1))
    approve_release(release=mine, by=story.world.decision_maker, at=NOON + timedelta(days=1))
    before = current()
    _withhold(story, story.late)
    assert latest_release() == mine
    assert current() != before  # kept answers about the first plan are out of reach


def test_the_log_tells_it_in_order(story: Story) -> None:
    story.publish("Đợt 1")
    _withhold(story, story.late)
    told = list(Event.objects.order_by("-seq")[:3])[::-1]
    assert [event.act for event in told] == [
        "plans.task.hide",
        "publication.release.correct",
        "publication.release.withdraw",
    ]
    right = latest_release()
    assert (told[1].detail["seal"], told[1].detail["number"], told[1].detail["corrects"]) == (right.seal, 2, 1)
    assert (told[2].detail["number"], told[2].detail["replaced_by"]) == (1, 2)
    assert (right.log_seq, right.log_head) == (told[1].seq, told[1].hash)


def test_the_independent_program_accepts_the_correction(story: Story, tmp_path: Path) -> None:
    story.publish("Đợt 1")
    _withhold(story, story.late)
    release, file, log = latest_release(), tmp_path / "release.json", tmp_path / "log.jsonl"
    file.write_bytes(read_file(release.file))
    call_command("export_log", str(log))
    assert json.loads(file.read_bytes())["header"]["corrects"] == 1
    command = [sys.executable, "-I", str(PROGRAM), "--log", str(log), "--release", str(file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, "sự kiện duyệt bản công bố này" in answer.stdout) == (0, True)


@pytest.mark.parametrize("role", ["officer", "head", "coordinator", "finance", "inspector", "administrator"])
def test_others_change_nothing(story: Story, role: str) -> None:
    story.publish()
    events = Event.objects.count()
    with pytest.raises(PermissionDenied):
        withhold_task(task=story.late, reason="Thử", by=story.world.people[role], at=WHEN)
    story.late.refresh_from_db()
    assert (story.late.not_public_reason, Release.objects.get().status) == (None, "approved")
    assert Event.objects.count() == events


def test_without_a_reason_nothing_changes(story: Story) -> None:
    story.publish()
    with pytest.raises(PermissionDenied, match="lý do"):
        _withhold(story, story.late, " ")
    assert Release.objects.get().status == "approved"


def test_a_waiting_proposal_that_names_it_cannot_be_approved(story: Story) -> None:
    proposed = propose_release(plan=story.plan, title="Chờ", by=story.world.chi, at=NOON)
    _withhold(story, story.late)
    with pytest.raises(IllegalMove, match="nay không công khai"):
        approve_release(release=proposed, by=story.world.decision_maker, at=WHEN)
    assert not Release.objects.approved().exists()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("release_withdrawn_says_why_and_what_instead", {"status": "withdrawn"}),
        ("release_withdrawn_says_why_and_what_instead", {"withdrawn_at": WHEN}),
        ("release_approved_is_numbered_and_sealed", {"seal": None}),
    ],
)
def test_the_database_refuses_half_a_withdrawal(story: Story, name: str, values: dict[str, object]) -> None:
    release = story.publish()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**values)


def test_kept_answers_are_dropped(story: Story, django_capture_on_commit_callbacks: object) -> None:
    story.publish()
    cache.set("kept", b"old")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        _withhold(story, story.late)
    assert cache.get("kept") is None
