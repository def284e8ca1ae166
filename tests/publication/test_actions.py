import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, make_user
from tests.publication.release import SECRETS, Story, leaks
from tiendo.accounts.models import Post, Role, User
from tiendo.audit.models import Event
from tiendo.plans.storage import read_file
from tiendo.publication.actions import approve_release, propose_release, reject_release
from tiendo.publication.models import PublishedTask, Release
from tiendo.publication.workflow import IllegalMove


def _snapshot_of(release: Release) -> list[dict]:
    rows = [list(rows.values()) for rows in (release.items, release.units, release.tasks)]
    return json.loads(json.dumps([rows, release.summary], default=str))


def test_propose_freezes_and_records(story: Story) -> None:
    release = propose_release(plan=story.plan, title="Đợt 1", by=story.world.chi, at=NOON)
    assert (release.status, release.number, release.data_as_of) == ("proposed", None, NOON)
    assert [task.code for task in release.tasks.all()] == [story.done.code, story.late.code]
    event = Event.objects.get(act="publication.release.propose")
    assert (event.actor, event.detail["tasks"]) == ("chi", 2)


@pytest.mark.parametrize("role", ["officer", "head", "decision_maker", "finance", "inspector", "administrator"])
def test_only_the_coordinator_proposes(story: Story, role: str) -> None:
    with pytest.raises(PermissionDenied, match="Cơ quan đầu mối"):
        propose_release(plan=story.plan, title="Đợt 1", by=story.world.people[role], at=NOON)
    assert not Release.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("title", ["", "   "])
def test_a_release_needs_a_title(story: Story, title: str) -> None:
    with pytest.raises(IllegalMove, match="đặt tên"):
        propose_release(plan=story.plan, title=title, by=story.world.chi, at=NOON)


def test_one_proposal_of_a_plan_at_a_time(story: Story) -> None:
    propose_release(plan=story.plan, title="Đợt 1", by=story.world.chi, at=NOON)
    with pytest.raises(IllegalMove, match="chờ phê duyệt"):
        propose_release(plan=story.plan, title="Đợt 2", by=story.world.chi, at=NOON)
    assert Release.objects.count() == 1


def test_approve_numbers_seals_and_prints_the_head(story: Story) -> None:
    release = story.publish()
    event = Event.objects.get(act="publication.release.approve")
    assert (release.number, release.status, release.decided_by) == (1, "approved", story.world.decision_maker)
    assert (release.log_seq, release.log_head) == (event.seq, event.hash)
    assert (event.detail["seal"], event.detail["number"]) == (release.seal, 1)
    sealed = json.loads(read_file(release.file))
    assert sealed["seal"] == release.seal
    assert sealed["header"]["log_head"] == event.prev_hash


def test_numbers_follow_without_a_gap(story: Story) -> None:
    numbers = []
    for days in (0, 1, 2):
        numbers.append(story.publish(f"Đợt {days}", days).number)
        refused = propose_release(
            plan=story.plan, title="Bỏ", by=story.world.chi, at=NOON + timedelta(days=days, hours=5)
        )
        reject_release(release=refused, reason="Chưa đủ", by=story.world.decision_maker, at=NOON)
    assert numbers == [1, 2, 3]


def _both_roles(story: Story) -> User:
    """One person who coordinates and decides."""
    person = make_user("hai-vai", story.world.province, Role.DECISION_MAKER, full_name="Người Hai Vai")
    role = {"role": Role.COORDINATOR, "title": "Phó Giám đốc", "valid_from": date(2025, 1, 1)}
    Post.objects.create(user=person, unit=story.world.coordinator_unit, **role)
    return person


@pytest.mark.parametrize("act", [approve_release, lambda **given: reject_release(reason="Sai", **given)])
def test_the_proposer_cannot_decide(story: Story, act: object) -> None:
    person = _both_roles(story)
    release = propose_release(plan=story.plan, title="Đợt 1", by=person, at=NOON)
    events = Event.objects.count()
    with pytest.raises(PermissionDenied, match="người khác phải phê duyệt"):
        act(release=release, by=person, at=NOON)
    release.refresh_from_db()
    assert (release.status, release.number, release.file_id, Event.objects.count()) == ("proposed", None, None, events)


@pytest.mark.parametrize("role", ["officer", "head", "coordinator", "finance", "inspector", "administrator"])
def test_only_the_decision_maker_approves(story: Story, role: str) -> None:
    release = propose_release(plan=story.plan, title="Đợt 1", by=story.world.chi, at=NOON)
    events = Event.objects.count()
    with pytest.raises(PermissionDenied):
        approve_release(release=release, by=story.world.people[role], at=NOON)
    assert (Release.objects.get().status, Event.objects.count()) == ("proposed", events)


def test_a_decided_proposal_is_not_decided_again(story: Story) -> None:
    release, by = story.publish(), story.world.decision_maker
    seal = release.seal
    for act in (lambda: approve_release(release=release, by=by, at=NOON), lambda: _reject(release, story)):
        with pytest.raises(IllegalMove, match="đã được quyết định"):
            act()
    release.refresh_from_db()
    assert (release.number, release.seal, release.status) == (1, seal, "approved")


def _reject(release: Release, story: Story, reason: str = "Số liệu sai") -> Release:
    return reject_release(release=release, reason=reason, by=story.world.decision_maker, at=NOON)


def test_reject_needs_a_reason_and_publishes_nothing(story: Story) -> None:
    release = propose_release(plan=story.plan, title=SECRETS["rejected_release"], by=story.world.chi, at=NOON)
    with pytest.raises(IllegalMove, match="lý do"):
        _reject(release, story, " ")
    _reject(release, story)
    assert not Release.objects.approved().exists()
    assert Event.objects.get(act="publication.release.reject").detail["reason"] == "Số liệu sai"


def test_a_proposal_older_than_what_is_public_is_refused(story: Story) -> None:
    old = propose_release(plan=story.plan, title="Cũ", by=story.world.chi, at=NOON - timedelta(days=3))
    Release.objects.filter(pk=old.pk).update(status="rejected", decided_by=story.world.decision_maker)
    story.publish()
    Release.objects.filter(pk=old.pk).update(status="proposed", decided_by=None)
    with pytest.raises(IllegalMove, match="mới hơn"):
        approve_release(release=old, by=story.world.decision_maker, at=NOON)


def test_nothing_that_happens_afterwards_changes_a_release(story: Story) -> None:
    release = story.publish()
    before, file = _snapshot_of(release), read_file(release.file)
    story.late.title, story.late.state, story.late.not_public_reason = "Đổi tên", "paused", "mật"
    story.late.save()
    story.world.unit_a.name = "Sở Đổi Tên"
    story.world.unit_a.save()
    story.plan.version.items.update(text="đổi chữ")
    story.period.name = "Kỳ đổi tên"
    story.period.save()
    release.refresh_from_db()
    assert (_snapshot_of(release), read_file(release.file)) == (before, file)


def test_no_secret_stands_in_the_sealed_file(story: Story) -> None:
    text = read_file(story.publish().file).decode()
    assert "Đã phủ sóng 12 xã" in text
    assert leaks(text, story.world) == []


def test_no_secret_stands_in_the_frozen_rows(story: Story) -> None:
    release = story.publish()
    text = json.dumps(_snapshot_of(release), ensure_ascii=False)
    assert leaks(text, story.world) == []
    assert not PublishedTask.objects.filter(folded__contains="nhiemvukin").exists()
