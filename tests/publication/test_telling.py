"""The decision-maker hears of a proposal, the coordinator of the decision, and nobody else of either."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON
from tests.publication.release import Story
from tiendo.notices.models import Notice
from tiendo.publication.actions import approve_release, propose_release, reject_release


def told() -> list[tuple[str, str, str]]:
    return [(row.user.username, str(row.sentence), row.body) for row in Notice.objects.order_by("pk")]


def test_a_proposal_is_told_to_whoever_decides_and_its_approval_to_whoever_proposed(story: Story) -> None:
    release = propose_release(plan=story.plan, title="Đợt 1", by=story.world.chi, at=NOON)
    assert told() == [("chu-tich", "Đợt công bố “Đợt 1” chờ bạn phê duyệt.", "")]
    assert Notice.objects.get().url == f"/lam-viec/cong-bo/{release.pk}/"
    approve_release(release=release, by=story.world.decision_maker, at=NOON)
    assert told()[1:] == [("chi", "Đợt công bố “Đợt 1” đã được phê duyệt, mang số 1.", "")]


def test_a_rejection_comes_with_its_reason(story: Story) -> None:
    release = propose_release(plan=story.plan, title="Đợt 1", by=story.world.chi, at=NOON)
    reject_release(release=release, reason="Thiếu số liệu", by=story.world.decision_maker, at=NOON)
    assert told()[1:] == [("chi", "Đợt công bố “Đợt 1” không được phê duyệt.", "Thiếu số liệu")]


@pytest.mark.parametrize("who", ["officer", "head", "other_unit"])
def test_a_refused_proposal_tells_nobody(story: Story, who: str) -> None:
    with pytest.raises(PermissionDenied, match="Cơ quan đầu mối"):
        propose_release(plan=story.plan, title="Đợt 1", by=story.world.people[who], at=NOON)
    assert told() == []
