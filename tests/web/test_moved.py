"""The page under an issued report that says which figures have moved."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from tests.factories import World, make_duty, make_entry, make_submission
from tiendo.accounts.models import User
from tiendo.plans.models import Task
from tiendo.reporting import actions
from tiendo.reporting.models import IssuedReport, Period

SignedIn = Callable[[User], Client]


@pytest.fixture
def issued(world: World, task: Task, period: Period, now: datetime) -> IssuedReport:
    entry = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an, money_used=Decimal(2_000_000))
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    return actions.issue_report(period=period, by=world.chi, at=now, confirmed=True)


def test_what_moved_is_told_with_the_act(
    world: World, task: Task, issued: IssuedReport, client_of: SignedIn, now: datetime
) -> None:
    address = f"/lam-viec/bao-cao/tong-hop/{issued.pk}/da-doi/"
    chi = client_of(world.chi)
    assert "Số liệu chưa đổi" in chi.get(address).content.decode()
    entry = task.entries.get()
    entry.money_used = Decimal(5_000_000)
    entry.save()
    make_submission(entry, by=world.binh, at=now + timedelta(hours=1), accepted_by=world.chi)
    text = chi.get(address).content.decode()
    assert "Số liệu đã đổi từ" in text
    assert "2.000.000" in text
    assert "5.000.000" in text
    assert f'tiếp nhận báo cáo <a href="/lam-viec/bao-cao/{entry.duty_id}/">{task.code}</a>' in text


def test_the_page_of_the_report_leads_there(world: World, issued: IssuedReport, client_of: SignedIn) -> None:
    text = client_of(world.chi).get(f"/lam-viec/bao-cao/tong-hop/{issued.pk}/").content.decode()
    assert f"/lam-viec/bao-cao/tong-hop/{issued.pk}/da-doi/" in text
    assert f"/lam-viec/bao-cao/tong-hop/{issued.pk}/chu-ky/" in text
    assert f"/xac-minh/{issued.code}/" in text


def test_others_do_not_see_it(world: World, issued: IssuedReport, client_of: SignedIn) -> None:
    for who in (world.an, world.binh, world.dung):
        assert client_of(who).get(f"/lam-viec/bao-cao/tong-hop/{issued.pk}/da-doi/").status_code == 404
