"""Keys by which programs act as people: shown once, kept as a hash, ended for good."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOON, World
from tiendo.accounts.actions import deactivate_user, end_api_key, issue_api_key
from tiendo.accounts.models import ApiKey, User
from tiendo.audit.models import Event

LIST = reverse("accounts:api-key-list")


def test_a_key_is_known_by_its_token_and_only_a_hash_is_kept(world: World) -> None:
    key, token = issue_api_key(user=world.an, name="Cổng", by=world.administrator, at=NOON)
    other, other_token = issue_api_key(user=world.an, name="Cổng", by=world.administrator, at=NOON)
    assert ApiKey.objects.all().known_by(token) == key
    assert ApiKey.objects.all().known_by(other_token) == other
    assert ApiKey.objects.all().known_by(key.token_hash) is None
    stored = repr(list(ApiKey.objects.values_list())) + repr(list(Event.objects.values_list("detail")))
    assert token not in stored
    assert len(token) > 40


def test_an_ended_key_and_a_closed_account_open_nothing(world: World) -> None:
    key, token = issue_api_key(user=world.an, name="Cổng", by=world.administrator, at=NOON)
    _second, second_token = issue_api_key(user=world.dung, name="Cổng", by=world.administrator, at=NOON)
    end_api_key(key=key, by=world.administrator, at=NOON)
    again = end_api_key(key=key, by=world.administrator, at=NOON + timedelta(days=1))
    deactivate_user(user=world.dung, by=world.administrator, at=NOON)
    assert again.ended_at == NOON
    assert [ApiKey.objects.all().known_by(each) for each in (token, second_token, "")] == [None, None, None]
    with pytest.raises(PermissionDenied):
        issue_api_key(user=world.dung, name="Cổng", by=world.administrator, at=NOON)


def test_only_the_administrator_keeps_keys(world: World) -> None:
    key, _token = issue_api_key(user=world.an, name="Cổng", by=world.administrator, at=NOON)
    before = Event.objects.count()
    for person in (world.an, world.binh, world.chi, world.dung, world.inspector):
        with pytest.raises(PermissionDenied):
            issue_api_key(user=world.an, name="Cổng", by=person, at=NOON)
        with pytest.raises(PermissionDenied):
            end_api_key(key=key, by=person, at=NOON)
    with pytest.raises(ValidationError):
        issue_api_key(user=world.an, name=" ", by=world.administrator, at=NOON)
    assert (Event.objects.count(), ApiKey.objects.count()) == (before, 1)


def test_the_day_of_the_last_use_is_written_once_a_day(world: World) -> None:
    key, _token = issue_api_key(user=world.an, name="Cổng", by=world.administrator, at=NOON)
    for day in (date(2026, 7, 2), date(2026, 7, 1)):
        ApiKey.objects.filter(pk=key.pk).note_use(day)
    key.refresh_from_db()
    assert key.last_used_on == date(2026, 7, 2)


def test_the_page_shows_a_new_key_once_and_is_not_kept(world: World, client_of: Callable[[User], Client]) -> None:
    client = client_of(world.administrator)
    answer = client.post(LIST, {"user": "an", "name": "Cổng dịch vụ công"})
    token = answer.context["token"]
    assert token in answer.text
    assert "no-store" in answer["Cache-Control"]
    again = client.get(LIST)
    assert token not in again.text
    assert "Cổng dịch vụ công" in again.text
    assert client.post(LIST, {"user": "khong-co", "name": ""}).status_code == 422
    key = ApiKey.objects.get()
    client.post(reverse("accounts:api-key-end", args=[key.pk]))
    assert ApiKey.objects.all().known_by(token) is None


def test_the_list_asks_as_often_for_three_keys_as_for_one(world: World, client_of: Callable[[User], Client]) -> None:
    client, counts = client_of(world.administrator), []
    for number in (1, 2):
        for _each in range(number):
            issue_api_key(user=world.an, name="Cổng", by=world.administrator, at=NOON)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]
