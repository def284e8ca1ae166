from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import NOON, World, make_task
from tests.publication.release import Story, tell
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.plans.storage import read_file
from tiendo.publication.actions import propose_release, withhold_task
from tiendo.publication.models import Release

SignIn = Callable[[User], Client]


@pytest.fixture
def story(world: World) -> Story:
    return tell(world)


@pytest.fixture
def proposed(story: Story) -> Release:
    return propose_release(plan=story.plan, title="Sáu tháng đầu năm", by=story.world.chi, at=NOON)


def _page(release: Release, act: str = "detail") -> str:
    return reverse(f"publication:release-{act}", args=[release.pk])


@pytest.mark.parametrize("role", ["coordinator", "decision_maker", "inspector"])
def test_those_who_prepare_decide_or_inspect_see_proposals(
    proposed: Release, story: Story, client_of: SignIn, role: str
) -> None:
    client = client_of(story.world.people[role])
    assert "Sáu tháng đầu năm" in client.get(reverse("publication:release-list")).content.decode()
    assert client.get(_page(proposed)).status_code == 200


@pytest.mark.parametrize("role", ["officer", "head", "finance", "administrator", "other_unit"])
def test_others_see_only_what_is_public(proposed: Release, story: Story, client_of: SignIn, role: str) -> None:
    client = client_of(story.world.people[role])
    listed = client.get(reverse("publication:release-list"))
    assert "Sáu tháng đầu năm" not in listed.content.decode()
    for act in ("detail", "approve", "reject"):
        answer = client.get(_page(proposed)) if act == "detail" else client.post(_page(proposed, act), {"reason": "x"})
        assert answer.status_code == 404
    proposed.refresh_from_db()
    assert proposed.status == "proposed"


def test_nobody_gets_in_without_signing_in(proposed: Release, client: Client) -> None:
    for address in (reverse("publication:release-list"), reverse("publication:release-propose"), _page(proposed)):
        assert client.get(address).status_code == 302
    assert client.post(_page(proposed, "approve")).status_code == 302
    assert Release.objects.get().status == "proposed"


def test_propose_shows_what_would_be_public_and_freezes_it(story: Story, client_of: SignIn) -> None:
    client = client_of(story.world.chi)
    shown = client.get(reverse("publication:release-propose")).content.decode()
    assert "1 nhiệm vụ không công khai sẽ không xuất hiện" in shown
    assert not Release.objects.exists()
    answer = client.post(reverse("publication:release-propose"), {"plan": story.plan.pk, "title": "Đợt 1"}, follow=True)
    release = Release.objects.get()
    assert answer.redirect_chain[-1][0] == _page(release)
    assert (release.status, release.proposed_by) == ("proposed", story.world.chi)


@pytest.mark.parametrize("given", [{}, {"title": ""}, {"title": "Đợt 1", "plan": 999}])
def test_propose_says_what_is_missing(story: Story, client_of: SignIn, given: dict[str, object]) -> None:
    answer = client_of(story.world.chi).post(reverse("publication:release-propose"), given)
    assert (answer.status_code, Release.objects.exists()) == (200, False)
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("role", ["officer", "head", "decision_maker", "finance", "inspector", "administrator"])
def test_only_the_coordinator_opens_the_proposal(story: Story, client_of: SignIn, role: str) -> None:
    client = client_of(story.world.people[role])
    assert client.get(reverse("publication:release-propose")).status_code == 403
    answer = client.post(reverse("publication:release-propose"), {"plan": story.plan.pk, "title": "Đợt 1"})
    assert (answer.status_code, Release.objects.exists(), Event.objects.exists()) == (403, False, False)


def test_a_second_proposal_waits_for_the_first(proposed: Release, story: Story, client_of: SignIn) -> None:
    client = client_of(story.world.chi)
    assert "Không có kế hoạch nào cần đề xuất" in client.get(reverse("publication:release-propose")).content.decode()
    client.post(reverse("publication:release-propose"), {"plan": story.plan.pk, "title": "Đợt 2"})
    assert Release.objects.count() == 1


def test_approve_puts_it_on_the_public_page(proposed: Release, story: Story, client_of: SignIn) -> None:
    answer = client_of(story.world.decision_maker).post(_page(proposed, "approve"), follow=True)
    assert "Đã phê duyệt" in answer.content.decode()
    proposed.refresh_from_db()
    assert (proposed.number, proposed.status) == (1, "approved")
    assert proposed.seal in Client().get("/").content.decode()


@pytest.mark.parametrize("role", ["coordinator", "inspector"])
def test_those_who_only_look_cannot_decide(proposed: Release, story: Story, client_of: SignIn, role: str) -> None:
    client = client_of(story.world.people[role])
    page = client.get(_page(proposed)).content.decode()
    assert "Phê duyệt công bố" not in page
    events = Event.objects.count()
    for act in ("approve", "reject"):
        assert client.post(_page(proposed, act), {"reason": "Sai"}).status_code == 403
    proposed.refresh_from_db()
    assert (proposed.status, Event.objects.count()) == ("proposed", events)


def test_reject_keeps_the_reason(proposed: Release, story: Story, client_of: SignIn) -> None:
    client = client_of(story.world.decision_maker)
    client.post(_page(proposed, "reject"), {"reason": " "})
    proposed.refresh_from_db()
    assert proposed.status == "proposed"
    page = client.post(_page(proposed, "reject"), {"reason": "Thiếu số liệu Sở Y tế"}, follow=True).content.decode()
    proposed.refresh_from_db()
    assert (proposed.status, "Thiếu số liệu Sở Y tế" in page) == ("rejected", True)


def test_deciding_twice_is_told_and_changes_nothing(proposed: Release, story: Story, client_of: SignIn) -> None:
    client = client_of(story.world.decision_maker)
    client.post(_page(proposed, "approve"))
    seal = Release.objects.get().seal
    answer = client.post(_page(proposed, "approve"), follow=True)
    assert "đã được quyết định" in answer.content.decode()
    assert Release.objects.get().seal == seal


def test_acts_ask_for_post(proposed: Release, story: Story, client_of: SignIn) -> None:
    client = client_of(story.world.decision_maker)
    assert {client.get(_page(proposed, act)).status_code for act in ("approve", "reject")} == {405}


def test_the_page_shows_the_change_since_the_last_release(story: Story, client_of: SignIn) -> None:
    story.publish()
    for _ in range(3):
        make_task(story.plan, by=story.world.chi)
    release = propose_release(plan=story.plan, title="Đợt 2", by=story.world.chi, at=timezone.now())
    assert "+3" in client_of(story.world.decision_maker).get(_page(release)).content.decode()


@pytest.mark.parametrize("page", ["list", "detail"])
def test_the_number_of_queries_does_not_grow(story: Story, client_of: SignIn, page: str) -> None:
    client = client_of(story.world.chi)
    counted = []
    for days in (0, 1, 2):
        release = story.publish(f"Đợt {days}", days)
        make_task(story.plan, by=story.world.chi, lead=story.world.unit_a)
        address = reverse("publication:release-list") if page == "list" else _page(release)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counted.append(len(queries))
    # The first release has none before it to be compared with; the page of the second asks for one more row.
    assert counted[1] == counted[2] <= counted[0] + 1


@pytest.fixture
def withdrawn(story: Story) -> Release:
    release = story.publish("Đợt 1")
    withhold_task(task=story.late, reason="LYDORUT", by=story.world.decision_maker, at=timezone.now())
    release.refresh_from_db()
    return release


@pytest.mark.parametrize(
    ("role", "status"),
    [("decision_maker", 200), ("inspector", 200), ("coordinator", 403), ("officer", 404), ("other_unit", 404)],
)
def test_the_sealed_file_of_a_withdrawn_release_stays_with_those_who_decide_and_inspect(
    withdrawn: Release, story: Story, client_of: SignIn, role: str, status: int
) -> None:
    answer = client_of(story.world.people[role]).get(_page(withdrawn, "sealed"))
    assert answer.status_code == status
    assert status != 200 or answer.content == read_file(withdrawn.file)


def test_the_sealed_file_of_a_public_release_is_everybodys_and_a_proposal_has_none(
    withdrawn: Release, story: Story, client_of: SignIn
) -> None:
    correction = Release.objects.get(corrects=withdrawn)
    assert client_of(story.world.people["officer"]).get(_page(correction, "sealed")).status_code == 200
    waiting = propose_release(plan=story.plan, title="Chờ", by=story.world.chi, at=timezone.now())
    assert client_of(story.world.chi).get(_page(waiting, "sealed")).status_code == 403
    assert Client().get(_page(correction, "sealed")).status_code == 302


def test_the_pages_tell_what_was_withdrawn_why_and_what_replaced_it(
    withdrawn: Release, story: Story, client_of: SignIn
) -> None:
    client = client_of(story.world.decision_maker)
    page = client.get(_page(withdrawn)).content.decode()
    assert all(words in page for words in ("Đã rút", "LYDORUT", "được thay bằng đợt số 2"))
    assert "Tải bản niêm phong" not in client_of(story.world.chi).get(_page(withdrawn)).content.decode()
    correction = client.get(_page(Release.objects.get(corrects=withdrawn))).content.decode()
    assert all(words in correction for words in ("Đính chính", "đợt số 1"))


def test_hiding_a_task_says_that_it_corrects_and_corrects_at_once(story: Story, client_of: SignIn) -> None:
    story.publish("Đợt 1")
    client, address = client_of(story.world.decision_maker), reverse("plans:task-hide", args=[story.late.code])
    assert "Đợt công bố hiện hành sẽ được đính chính ngay" in client.get(address).content.decode()
    assert client.post(address, {"reason": "Bí mật kinh doanh"}).status_code == 302
    assert Client().get(f"/nhiem-vu/{story.late.code}/").status_code == 404
    assert list(Release.objects.order_by("number").values_list("status", flat=True)) == ["withdrawn", "approved"]
