"""What of money, figures and scores waits for a person is said on the first page, and to nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import World, make_indicator, make_money, make_observation, make_task
from tests.factories.evaluation import make_assessor, make_card, make_criteria, make_cycle
from tests.factories.reorganising import make_succession
from tiendo.accounts.models import User
from tiendo.indicators.models import Passport
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan
from tiendo.web.reporting.errands import errands_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 7, 1, 5, tzinfo=UTC)
ClientOf = Callable[[User], Client]


def said_to(client_of: ClientOf, person: User) -> dict[str, str]:
    page = client_of(person).get(reverse("reporting:my-work"))
    assert page.status_code == 200
    return {errand.words: errand.url for errand in page.context["errands"]}


def test_money_that_waits_stands_on_the_first_page_of_finance(world: World, plan: Plan, client_of: ClientOf) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    for kind in ("planned", "disbursed"):
        make_money(task, world.unit_a, by=world.an, kind=kind)
    assert said_to(client_of, world.finance) == {"2 số kinh phí chờ bạn xác nhận": reverse("budget:money-queue")}
    assert said_to(client_of, world.an) == said_to(client_of, world.dung) == {}


def test_money_that_came_back_is_told_to_its_unit(world: World, plan: Plan, client_of: ClientOf) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    back = {"state": "returned", "decided_by": world.finance, "decided_at": NOON, "reason": "Thiếu chứng từ."}
    make_money(task, world.unit_a, by=world.an, kind="planned", **back)
    told = {"1 số kinh phí bị trả lại": reverse("budget:money-list")}
    assert said_to(client_of, world.an) == said_to(client_of, world.binh) == told
    assert said_to(client_of, world.dung) == said_to(client_of, world.finance) == {}


def test_a_head_is_asked_for_the_card_and_an_assessor_for_the_appraisal(
    world: World, plan: Plan, client_of: ClientOf
) -> None:
    cycle = make_cycle(make_criteria(plan, by=world.chi, decided_by=world.decision_maker), by=world.chi)
    card = make_card(cycle, world.unit_a)
    words = f"Gửi phiếu tự đánh giá: {cycle.title}"
    assert said_to(client_of, world.binh) == {words: reverse("evaluation:card-detail", args=[card.pk])}
    assert said_to(client_of, world.an) == said_to(client_of, world.dung) == {}
    type(cycle).objects.filter(pk=cycle.pk).update(stage="appraisal")
    make_assessor(cycle, world.dung, by=world.chi)
    assert said_to(client_of, world.binh) == {}
    here = reverse("evaluation:cycle-detail", args=[cycle.pk])
    assert said_to(client_of, world.dung) == {f"Thẩm định: {cycle.title}": here}


def test_values_past_their_day_are_told_to_the_unit_that_enters_them(world: World, client_of: ClientOf) -> None:
    """Those of one period open its form, of several the list; what was entered is asked of nobody."""
    kind = world.unit_a.kind
    Unit.objects.filter(pk=world.unit_b.pk).update(kind="commune")
    last = str(timezone.localdate().year - 1)
    first, second = (make_indicator(by=world.chi, measured_kinds=[kind], first_period=last) for _each in range(2))
    form = reverse("indicators:value-enter", args=[world.unit_a.code, last])
    words = f"Thiếu {{}} số liệu chỉ tiêu đã quá hạn: {world.unit_a}"
    assert said_to(client_of, world.an) == said_to(client_of, world.binh) == {words.format(2): form}
    assert said_to(client_of, world.dung) == said_to(client_of, world.chi) == {}
    make_observation(first, world.unit_a, 40, by=world.an, period=last)
    assert said_to(client_of, world.an) == {words.format(1): form}
    Passport.objects.filter(indicator=second).update(first_period=str(int(last) - 1))
    assert said_to(client_of, world.an) == {words.format(2): f"{reverse('indicators:value-due')}?don-vi=so-xay-dung"}


def test_more_units_and_indicators_cost_no_more_questions(world: World, client_of: ClientOf) -> None:
    last = str(timezone.localdate().year - 1)

    def count() -> int:
        user = User.objects.get(pk=world.an.pk)
        _ = user.access
        with CaptureQueriesContext(connection) as caught:
            assert errands_of(user, on=timezone.localdate())
        return len(caught)

    make_indicator(by=world.chi, measured_kinds=[world.unit_a.kind], first_period=last)
    one = count()
    for _each in range(2):
        make_indicator(by=world.chi, measured_kinds=[world.unit_a.kind], first_period=last)
    make_succession(world.unit_b, world.unit_a)
    assert count() == one
