"""Who reports on time: all units for those who read everything, its own row for a unit."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_duty, make_period, make_plan
from tests.factories.reporting import DUE_AT
from tiendo.reporting.timeliness import Tally

pytestmark = pytest.mark.django_db
PAGE = "reporting:timeliness"


@pytest.fixture
def period(world):
    """Long past its due moment: unit A sent in time, unit B never."""
    year = timedelta(days=365)
    period = make_period(make_plan(world.province), due_at=DUE_AT - year, opens_at=DUE_AT - 2 * year)
    sent = DUE_AT - year - timedelta(hours=1)
    make_duty(period, world.unit_a, first_sent_at=sent, sent_at=sent, sent_by=world.binh)
    make_duty(period, world.unit_b)
    return period


def test_the_least_punctual_unit_stands_on_top(world, period, client_of):
    page = client_of(world.chi).get(reverse(PAGE))
    assert [row.unit for row in page.context["rows"]] == [world.unit_b, world.unit_a]
    assert page.context["columns"] == [(period, Tally(1, 0, 1))]
    assert "Chưa gửi" in page.content.decode()


def test_a_unit_sees_its_own_row_only(world, period, client_of):
    page = client_of(world.dung).get(reverse(PAGE))
    assert [row.unit for row in page.context["rows"]] == [world.unit_b]
    assert world.unit_a.short_name not in page.content.decode()


def test_a_level_of_units_is_chosen_by_the_address(world, period, client_of):
    assert client_of(world.chi).get(reverse(PAGE), {"cap": "xa"}).context["rows"] == []


def test_more_units_cost_no_more_queries(world, period, client_of):
    chi = client_of(world.chi)
    chi.get(reverse(PAGE))
    with CaptureQueriesContext(connection) as two:
        chi.get(reverse(PAGE))
    make_duty(period, world.finance_unit)
    with CaptureQueriesContext(connection) as three:
        chi.get(reverse(PAGE))
    assert len(three) == len(two)
