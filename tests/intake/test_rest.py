"""What was left out of an accepted document may still come in, from the very same file."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from tests.factories import World
from tests.intake.conftest import Accept
from tiendo.intake.actions import accept_import, decide_proposals, decide_sure, start_import, take_rest
from tiendo.intake.models import Import, Proposal
from tiendo.intake.queries import rest_of

pytestmark = pytest.mark.django_db
PLAN = "KẾ HOẠCH\nvề thư viện\n\nI. NHIỆM VỤ\n\n1. Sách\n\n- Mua máy chủ cho thư viện tỉnh.\n\n- Mở 20 điểm đọc sách.\n"


@pytest.fixture
def accepted(units: World, accept: Accept, now: datetime) -> Import:
    """A plan of two tasks of which the second was left out."""
    source, _new = start_import(data=PLAN.encode(), name="ke-hoach.txt", by=units.chi, at=now)
    second = source.proposals.filter(kind="task", key="I.1#2")
    decide_proposals(source=source, proposals=second, decision="rejected", by=units.chi, at=now)
    accept(source)
    source.refresh_from_db()
    return source


def test_the_rest_comes_in_and_what_is_there_stays(accepted: Import, units: World, now: datetime) -> None:
    assert [row.key for row in rest_of(accepted)] == ["I.1#2"]
    again = take_rest(source=accepted, by=units.chi, at=now)
    assert (again.status, again.base) == (Import.Status.PROPOSED, accepted.version)
    told = dict(again.proposals.filter(kind="task").values_list("key", "change"))
    assert told == {"I.1#1": "same", "I.1#2": "added"}
    version = accept_import(source=again, take_pending=True, by=units.chi, at=now)
    assert version.number == 2
    assert list(version.plan.tasks.values_list("title", flat=True)) == [
        "Mua máy chủ cho thư viện tỉnh",
        "Mở 20 điểm đọc sách",
    ]
    again.refresh_from_db()
    assert rest_of(again) == []


def test_asked_twice_it_is_one_comparison(accepted: Import, units: World, now: datetime) -> None:
    first = take_rest(source=accepted, by=units.chi, at=now)
    assert take_rest(source=accepted, by=units.chi, at=now) == first
    assert Import.objects.count() == 2


def test_the_same_file_uploaded_again_still_changes_nothing(accepted: Import, units: World, now: datetime) -> None:
    assert start_import(data=PLAN.encode(), name="ke-hoach.txt", by=units.chi, at=now) == (accepted, False)


def test_only_the_coordinator_and_only_of_what_was_accepted(accepted: Import, units: World, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        take_rest(source=accepted, by=units.an, at=now)
    waiting, _new = start_import(data=f"{PLAN}\n- Khác.".encode(), name="khac.txt", by=units.chi, at=now)
    with pytest.raises(PermissionDenied):
        take_rest(source=waiting, by=units.chi, at=now)


def test_the_page_offers_it_where_something_was_left_out(accepted: Import, units: World, client_of) -> None:
    chi = client_of(units.chi)
    page = reverse("intake:import-review", args=[accepted.pk])
    assert "Xem lại phần chưa lấy" in chi.get(page).content.decode()
    answer = chi.post(reverse("intake:import-rest", args=[accepted.pk]), follow=True)
    again = Import.objects.exclude(pk=accepted.pk).get()
    assert answer.redirect_chain[-1][0] == reverse("intake:import-review", args=[again.pk])
    accepted.proposals.update(decision=Proposal.Decision.ACCEPTED)
    assert "Xem lại phần chưa lấy" not in chi.get(page).content.decode()


def test_an_old_paper_takes_nothing_of_an_amendment_back(
    accepted: Import, units: World, accept: Accept, now: datetime
) -> None:
    changed = PLAN.replace("cho thư viện tỉnh", "cho thư viện tỉnh và huyện").replace("- Mở 20", "- Khai trương 20")
    plan = accepted.plan
    newer, _new = start_import(data=changed.encode(), name="moi.txt", by=units.chi, at=now, plan=plan)
    accept_import(source=newer, take_pending=True, by=units.chi, at=now)
    again = take_rest(source=accepted, by=units.chi, at=now)
    task = again.proposals.get(kind="task", key="I.1#1")
    assert (task.change, task.decision, task.sure) == ("changed", "rejected", False)
    for kind in ("task", "item"):
        decide_sure(source=again, kind=kind, by=units.chi, at=now)
    accept_import(source=again, take_pending=True, by=units.chi, at=now)
    assert plan.tasks.get(code="kh-001").title == "Mua máy chủ cho thư viện tỉnh và huyện"


def test_what_the_command_line_leaves_open_comes_with_a_changed_file(
    units: World, accept: Accept, now: datetime
) -> None:
    source, _new = start_import(data=PLAN.encode(), name="ke-hoach.txt", by=units.chi, at=now)
    first = source.proposals.filter(kind="task", key="I.1#1")
    decide_proposals(source=source, proposals=first, decision="accepted", by=units.chi, at=now)
    plan = accept(source, take_pending=False, leave_open=True).plan
    assert source.proposals.get(kind="task", key="I.1#2").decision == "pending"
    changed, _new = start_import(data=f"{PLAN}\n- Khác.".encode(), name="hai.txt", by=units.chi, at=now, plan=plan)
    told = dict(changed.proposals.filter(kind="task").values_list("key", "change"))
    assert told == {"I.1#1": "same", "I.1#2": "added", "I.1#3": "added"}


def test_a_change_does_not_reach_back_before_what_it_changes(accepted: Import, units: World, now: datetime) -> None:
    changed, _new = start_import(
        data=f"{PLAN}\n- Khác.".encode(), name="hai.txt", by=units.chi, at=now, plan=accepted.plan
    )
    version = accept_import(source=changed, take_pending=True, by=units.chi, at=now)
    assert version.in_force_from == localdate(now)
