"""Who reports on time: all units for those who read everything, its own row for a unit."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_duty, make_period, make_plan
from tests.factories.reporting import DUE_AT
from tiendo.reporting.models import ProgrammeEntry
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


def test_a_period_not_yet_due_for_everybody_makes_no_trend(world, period, client_of):
    """Whoever is early would else make the last period look perfect."""
    chi, earlier = client_of(world.chi), timedelta(days=180)
    before = make_period(period.plan, due_at=period.due_at - earlier, opens_at=period.opens_at - earlier)
    make_duty(before, world.unit_a, first_sent_at=before.opens_at, sent_at=before.opens_at, sent_by=world.binh)
    running = make_period(period.plan, due_at=timezone.now() + earlier, opens_at=period.opens_at)
    make_duty(running, world.unit_a, first_sent_at=period.due_at, sent_at=period.due_at, sent_by=world.binh)
    make_duty(running, world.unit_b)
    page = chi.get(reverse(PAGE))
    assert page.context["trend"] == Decimal(-50)
    assert page.context["columns"][-1][1] == Tally(1, 0, 0, pending=1)


def test_a_period_of_the_programme_that_was_cancelled_is_left_out(world, period, client_of):
    chi = client_of(world.chi)
    earlier = {"due_at": DUE_AT - timedelta(days=30), "opens_at": DUE_AT - timedelta(days=60)}
    asked, cancelled = (make_period(period.plan, **earlier) for _ in range(2))
    for each in (asked, cancelled):
        make_duty(each, world.unit_a)
        ProgrammeEntry.objects.create(
            plan=period.plan,
            title="Họp",
            held_on=each.due_at.date(),
            report_due_on=each.due_at.date(),
            period=each,
            added_by=world.chi,
            added_at=each.opens_at,
        )
    assert {asked, cancelled} <= {shown for shown, _tally in chi.get(reverse(PAGE)).context["columns"]}
    cancelled.programme_entry.cancelled_at, cancelled.programme_entry.cancel_reason = cancelled.due_at, "Hoãn họp"
    cancelled.programme_entry.save()
    shown = {each for each, _tally in chi.get(reverse(PAGE)).context["columns"]}
    assert asked in shown
    assert cancelled not in shown
