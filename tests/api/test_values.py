"""Values brought by programs: with a key only, exact, bounded, told again, never in a cache."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.factories import NOON, World, make_indicator, make_source
from tiendo.accounts.actions import deactivate_user, end_api_key, issue_api_key
from tiendo.accounts.models import ApiKey, User
from tiendo.api import v1_values
from tiendo.api.v1_values import BatchNow, BatchResult
from tiendo.audit.models import Event
from tiendo.indicators.actions.observing import accept_observations
from tiendo.indicators.models import Batch, Observation, PutAside

ROW = {"indicator": "CT1", "unit": "so-xay-dung", "period": "2025", "status": "official", "value": "45.5"}
Send = Callable[..., Any]


@pytest.fixture
def token(world: World) -> str:
    make_source("so-xd", keeper=world.unit_a)
    make_indicator("CT1", by=world.chi, measured_kinds=["department"], first_period="2020", decimals=6)
    return issue_api_key(user=world.an, name="Phần mềm", by=world.administrator, at=NOON)[1]


@pytest.fixture
def send(token: str) -> Send:
    def post(*rows: object, body: str | bytes | None = None, source: str = "so-xd", **headers: str | None) -> Any:
        given = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}  # type: ignore[misc]
        kept = {name: value for name, value in given.items() if value is not None}
        content = body if body is not None else json.dumps(rows or [ROW])
        return Client().post(f"/api/v1/values?source={source}", content, "application/json", headers=kept)

    return post


def _read(answer: HttpResponse, status: int = 200) -> dict[str, Any]:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json"), answer.content
    assert "no-store" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer
    told: dict[str, Any] = json.loads(answer.content)
    return told


def _state() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Event, Batch, Observation, PutAside))


def test_a_list_is_taken_in_the_persons_name_and_waits(send: Send, world: World) -> None:
    told = _read(send(ROW, ROW | {"period": "2024", "value": None, "no_value": "late_source"}, ROW | {"unit": "x"}))
    BatchResult.model_validate(told)
    assert (told["rows"], told["taken"], told["unchanged"], told["aside"]) == (3, 2, 0, 1)
    assert told["asides"] == [{"row": 3, "reasons": ["Không có đơn vị mã “x”."]}]
    line = Observation.objects.get(period="2025")
    assert (line.value, line.standing, line.recorded_by) == (Decimal("45.5"), "pending", world.an)
    assert ApiKey.objects.get().last_used_on == timezone.localdate()


@pytest.mark.parametrize(
    ("written", "kept"),
    [('"1.234"', "1.234"), ("1.234", "1.234"), ("0.1", "0.1"), ("1e2", "100"),
     ("999999999.123456", "999999999.123456"), ("-3", "-3")],
)  # fmt: skip
def test_no_digit_is_lost_on_the_way(send: Send, written: str, kept: str) -> None:
    told = _read(send(body=json.dumps([ROW]).replace('"45.5"', written)))
    assert (told["taken"], Observation.objects.get().value) == (1, Decimal(kept))


def test_a_number_that_a_database_would_round_is_put_aside(send: Send) -> None:
    told = _read(send(ROW | {"value": "1234567890123456"}))
    assert told["asides"][0]["reasons"] == ["Số quá lớn hoặc quá nhiều chữ số; hãy xem lại đơn vị tính."]


def test_the_same_key_and_content_gives_the_same_answer_and_writes_nothing(send: Send) -> None:
    first = send(ROW, ROW | {"period": "x"})
    before = _state()
    second = send(ROW, ROW | {"period": "x"})
    assert first.content == second.content
    assert (first["Idempotent-Replay"], second["Idempotent-Replay"]) == ("false", "true")
    assert _state() == before


def test_the_same_key_with_other_content_is_refused(send: Send) -> None:
    send()
    before = _state()
    assert "đã dùng" in _read(send(ROW | {"value": "46"}), 409)["detail"]
    assert _state() == before


def test_a_session_opens_nothing_here(send: Send, world: World, client_of: Callable[[User], Client]) -> None:
    client, before = client_of(world.an), _state()
    answer = client.post("/api/v1/values?source=so-xd", json.dumps([ROW]), "application/json")
    assert "khóa truy cập" in _read(answer, 401)["detail"]
    assert answer["WWW-Authenticate"] == "Bearer"
    assert _read(client.get("/api/v1/values/batches/1"), 401)
    assert _state() == before


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic YTpi", "Bearer " + "a" * 5000])
def test_without_a_known_key_the_answer_is_401(send: Send, header: str | None) -> None:
    before = _state()
    _read(send(Authorization=header), 401)
    assert _state() == before


def test_an_ended_key_and_a_closed_account_are_unknown(send: Send, world: World) -> None:
    end_api_key(key=ApiKey.objects.get(), by=world.administrator, at=NOON)
    _read(send(), 401)
    _key, token = issue_api_key(user=world.an, name="Khác", by=world.administrator, at=NOON)
    deactivate_user(user=world.an, by=world.administrator, at=NOON)
    _read(send(Authorization=f"Bearer {token}"), 401)
    assert not Batch.objects.exists()


def test_the_key_opens_no_more_than_the_person_may(send: Send, world: World) -> None:
    tokens = [
        issue_api_key(user=person, name="Khác", by=world.administrator, at=NOON)[1]
        for person in (world.dung, world.inspector)
    ]
    before = _state()
    for token in tokens:
        assert _read(send(Authorization=f"Bearer {token}"), 403)["detail"]
    assert _state() == before
    _read(send(source="khong-co"), 404)


@pytest.mark.parametrize(
    "body",
    ["", "{", "null", "{}", "[]", "[1]", '[{"indicator": "CT1"}]', "[" * 100_000, '["' + "a" * 9, b"\xff\xfe",
     json.dumps([ROW]).replace('"45.5"', "NaN"), json.dumps([ROW]).replace('"45.5"', "1e999999999"),
     json.dumps([ROW]).replace('"45.5"', "9" * 5000), json.dumps([ROW]).replace('"45.5"', "true"),
     json.dumps([ROW | {"valu": 1}]), json.dumps([ROW | {"value": {"a": 1}}]), json.dumps([ROW] * 5001)],
)  # fmt: skip
def test_a_body_of_another_shape_is_refused_in_vietnamese_and_leaves_nothing(send: Send, body: str | bytes) -> None:
    before = _state()
    told = _read(send(body=body), 422)
    assert set(told) == {"detail", "faults"}
    assert all("Giá trị" in fault["message"] or "." in fault["message"] for fault in told["faults"])
    assert _state() == before


def test_a_wrong_field_is_named_with_its_place(send: Send) -> None:
    told = _read(send(ROW, ROW | {"valu": 1}), 422)
    assert told["faults"] == [{"where": "1.valu", "message": "Không có trường này."}]


def test_without_an_idempotency_key_nothing_is_taken(send: Send) -> None:
    _read(send(Idempotency_Key=None), 422)
    assert not Batch.objects.exists()


def test_a_body_over_the_limit_is_not_read_to_its_end(send: Send) -> None:
    _read(send(body=b"[" + b" " * (2 * 1024 * 1024 + 1)), 413)


def test_deliveries_of_a_minute_are_bounded_and_repeats_are_free(
    send: Send, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(v1_values, "PER_MINUTE", 2)
    assert [send(Idempotency_Key=str(number)).status_code for number in range(3)] == [200, 200, 429]
    assert send(Idempotency_Key="9")["Retry-After"] == "60"
    assert send(Idempotency_Key="1").status_code == 200
    Batch.objects.update(received_at=timezone.now() - timedelta(minutes=2))
    assert send(Idempotency_Key="9").status_code == 200


def test_the_sender_alone_reads_what_became_of_a_delivery(send: Send, token: str, world: World) -> None:
    number = _read(send(ROW, ROW | {"period": "2024"}, ROW | {"period": "x"}))["batch"]
    line = Observation.objects.get(period="2025")
    accept_observations(observations=[line.pk], by=world.chi, at=NOON, doubtful=True)
    mine = {"Authorization": f"Bearer {token}"}
    told = _read(Client().get(f"/api/v1/values/batches/{number}", headers=mine))
    BatchNow.model_validate(told)
    assert (told["taken"], told["pending"], told["accepted"], told["returned"], told["aside_open"]) == (2, 1, 1, 0, 1)
    theirs = issue_api_key(user=world.chi, name="Khác", by=world.administrator, at=NOON)[1]
    _read(Client().get(f"/api/v1/values/batches/{number}", headers={"Authorization": f"Bearer {theirs}"}), 404)


def test_the_description_says_how_values_are_sent(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    sending = told["paths"]["/api/v1/values"]["post"]
    assert set(sending["responses"]) == {"200", "401", "403", "404", "409", "413", "422", "429"}
    assert sending["security"] == [{"ByKey": []}]
    names = {parameter["name"] for parameter in sending["parameters"]}
    assert names == {"source", "Idempotency-Key"}
    row = told["components"]["schemas"]["ValueRow"]["properties"]
    assert set(row) == {"indicator", "unit", "period", "status", "value", "no_value", "slice", "note"}


@pytest.mark.parametrize("field", ["indicator", "unit", "period", "status", "value", "no_value", "slice", "note"])
def test_a_zero_byte_is_named_and_nothing_is_kept(send: Send, field: str) -> None:
    before = _state()
    told = _read(send(ROW | {field: "a\x00b"}), 422)
    assert {fault["where"].split(".")[1] for fault in told["faults"]} == {field}
    assert _state() == before
