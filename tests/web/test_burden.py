"""The pages of the burden meter: who sees them, what they say, what they hand out."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.factories import NOON, World, make_duty, make_entry, make_period, make_task, make_unit
from tiendo.accounts.models import User
from tiendo.plans.models import Plan, Task
from tiendo.reporting.models import Duty, Period

SignIn = Callable[[User], Client]


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"reporting:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def written(world: World, duty: Duty, task: Task) -> Duty:
    make_entry(duty, task, saved_by=world.an)
    return duty


def test_the_coordinator_reaches_it_from_the_period(client_of: SignIn, world: World, written: Duty) -> None:
    client = client_of(world.chi)
    assert reverse("reporting:burden-period", args=[written.period_id]) in page(
        client, "period-detail", written.period_id
    )
    shown = page(client, "burden-period", written.period_id)
    assert "Sở Xây dựng" in shown
    assert f"{reverse('reporting:burden-trend')}?don_vi=so-xay-dung" in shown


def test_the_trend_of_one_unit_leaves_out_periods_it_owed_nothing_in(
    client_of: SignIn, world: World, plan: Plan, written: Duty
) -> None:
    empty = make_period(plan, "Quý trước", due_at=NOON - timedelta(days=100), opens_at=NOON - timedelta(days=120))
    client = client_of(world.chi)
    assert empty.name in page(client, "burden-trend")
    of_unit = page(client, "burden-trend", query="?don_vi=so-xay-dung")
    assert written.period.name in of_unit
    assert empty.name not in of_unit


def test_both_files_hold_the_same_rows_and_no_formula(
    client_of: SignIn, world: World, plan: Plan, period: Period
) -> None:
    make_duty(period, make_unit("la", "=Sở lạ"))
    client = client_of(world.chi)
    text = client.get(reverse("reporting:burden-file", args=[period.pk, "csv"])).content.decode("utf-8-sig")
    book = client.get(reverse("reporting:burden-file", args=[period.pk, "xlsx"])).content
    in_csv = list(csv.reader(io.StringIO(text)))[-1]
    in_xlsx = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()[-1]
    assert in_csv[:3] == ["la", "'=Sở lạ", "0"]
    assert in_xlsx[:3] == ["la", "=Sở lạ", 0.0]
    assert client.get(reverse("reporting:burden-file", args=[period.pk, "ods"])).status_code == 404


def test_a_unit_reads_only_the_line_on_its_own_report(client_of: SignIn, world: World, written: Duty) -> None:
    client = client_of(world.an)
    assert "Kỳ này hỏi bạn 7 ô" in page(client, "duty-detail", written.pk)
    assert "Kỳ này hỏi bạn" not in page(client_of(world.chi), "duty-detail", written.pk)
    for person in (world.an, world.binh, world.dung):
        assert client_of(person).get(reverse("reporting:burden-period", args=[written.period_id])).status_code == 403


def test_as_many_queries_for_three_units_as_for_one(client_of: SignIn, world: World, plan: Plan, written: Duty) -> None:
    client = client_of(world.chi)
    page(client, "burden-period", written.period_id)
    with CaptureQueriesContext(connection) as one:
        page(client, "burden-period", written.period_id)
    for unit in (world.unit_b, world.finance_unit):
        make_entry(make_duty(written.period, unit), make_task(plan, by=world.chi, lead=unit), saved_by=world.an)
    with CaptureQueriesContext(connection) as three:
        page(client, "burden-period", written.period_id)
    assert len(three) == len(one)
