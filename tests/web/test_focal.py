"""Units without a named officer are listed (R080)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_plan, make_task, make_unit, make_user
from tiendo.accounts.models import Post, Role

pytestmark = pytest.mark.django_db


def test_a_unit_without_an_officer_stands_on_top_and_is_counted(world, client_of):
    Post.objects.filter(user=world.dung).update(valid_to=date(2025, 6, 1))
    page = client_of(world.chi).get(reverse("accounts:focal-list"))
    lacking = [world.coordinator_unit, world.finance_unit, world.inspection_unit, world.unit_b]
    rows = page.context["rows"]
    assert [row for row in rows if not row[1]] == rows[: len(lacking)]
    assert {unit for unit, people in rows if not people} == set(lacking)
    assert rows[-1] == (world.unit_a, [world.an])
    assert "4 đơn vị chưa có cán bộ đầu mối" in page.content.decode()


def test_another_unit_does_not_see_who_works_where(world, client_of):
    assert client_of(world.dung).get(reverse("accounts:focal-list")).status_code == 403


def test_three_units_cost_as_many_queries_as_one(world, client_of):
    chi = client_of(world.chi)
    chi.get(reverse("accounts:focal-list"))
    with CaptureQueriesContext(connection) as few:
        chi.get(reverse("accounts:focal-list"))
    for code in ("so-mot", "so-hai"):
        make_user(code, make_unit(code), Role.OFFICER)
    with CaptureQueriesContext(connection) as many:
        chi.get(reverse("accounts:focal-list"))
    assert len(many) == len(few)


def test_whoever_leads_or_helps_with_an_unfinished_task_needs_an_officer_too(world, client_of):
    """Only such units are listed; the others owe nobody a word."""
    leads, helps, idle = (make_unit(code, reports=False) for code in ("cty-a", "cty-b", "cty-c"))
    make_task(make_plan(world.province), by=world.chi, lead=leads, coordinating=[helps])
    units = {unit for unit, people in client_of(world.chi).get(reverse("accounts:focal-list")).context["rows"]}
    assert {leads, helps} <= units
    assert idle not in units
