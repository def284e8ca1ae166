"""Days at the ends of the calendar and numbers nobody has are answered, never with a fault of ours."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import World
from tests.factories.registering import make_call
from tiendo.accounts.models import User
from tiendo.plans.models import Plan, Task

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
ODD = ["0001-01-01", "9999-12-31", "x", "9" * 40, "9" * 5000, "=1+1"]


@pytest.fixture
def addresses(world: World, plan: Plan, task: Task) -> list[str]:
    call = make_call(plan, world)
    return [
        reverse("plans:plan-as-at", args=[plan.code]) + "?ngay={}",
        reverse("plans:plan-differences", args=[plan.code]) + "?tu={0}&den={0}",
        reverse("oversight:unit-plan-list", args=[call.pk]) + "?ngay={0}&tinh_trang={0}",
        reverse("oversight:meeting-brief") + "?on={0}&level={0}&unit={0}&plan={0}",
        reverse("oversight:direction-add") + "?cuoc_hop={0}&nhiem_vu={0}",
        reverse("oversight:inspection-surprise") + "?don-vi={}",
        reverse("oversight:follow-up-list") + "?trang_thai={0}&unit={0}&source={0}&plan={0}&q={0}&page={0}",
        reverse("oversight:difficulty-list") + "?tinh_trang={0}&o={0}&loai={0}&don_vi={0}&ke_hoach={0}&q={0}",
        reverse("oversight:supervision-desk") + "?loc={0}&page={0}",
        reverse("oversight:branch-list") + "?ke-hoach={}",
        reverse("oversight:bottleneck-list") + "?ke_hoach={}",
        reverse("oversight:inspection-list") + "?page={}",
        reverse("oversight:commendation-add") + "?plan={0}&unit={0}",
        reverse("oversight:pilot-begin") + "?nhiem_vu={}",
        reverse("oversight:unit-plan-enter", args=[call.pk]) + "?don_vi={}",
        reverse("oversight:difficulty-add") + "?bao_cao={}",
        reverse("oversight:difficulty-add") + "?soan={}",
        reverse("oversight:difficulty-told") + "?page={}",
        reverse("plans:task-history", args=[task.code]) + "?loai={0}&page={0}",
    ]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
def test_an_odd_value_in_an_address_is_answered(
    world: World, addresses: list[str], client_of: ClientOf, odd: str
) -> None:
    client = client_of(world.chi)
    client.raise_request_exception = False
    answers = {address: client.get(address.format(odd)).status_code for address in addresses}
    assert {address: status for address, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
def test_an_odd_count_of_lines_is_one_line(world: World, plan: Plan, client_of: ClientOf, odd: str) -> None:
    client = client_of(world.chi)
    client.raise_request_exception = False
    assert client.post(reverse("oversight:direction-add"), {"count": odd}).status_code < 500
