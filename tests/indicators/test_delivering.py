"""Deliveries: every row accounted for, told again under its key, hostile files refused; rows put aside and resolved."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, World, make_indicator, make_source
from tiendo.audit.models import Event
from tiendo.indicators.actions.asides import drop_aside, mend_aside
from tiendo.indicators.actions.delivering import Delivered, OtherContent, PageFaults, deliver_file, deliver_rows
from tiendo.indicators.actions.observing import Decided, NotTaken, accept_observations
from tiendo.indicators.delivery import Row
from tiendo.indicators.models import Batch, Indicator, Observation, PutAside, Source
from tiendo.plans.files import RefusedFile

HEAD = "Mã chỉ tiêu;Mã đơn vị;Kỳ;Loại số liệu;Giá trị;Ghi chú\n"
CSV = HEAD + "CT1;so-xay-dung;2025;ước;45,5;\nCT1;so-xay-dung;2024;ước;bốn;\nCT9;so-xay-dung;2025;ước;1;\n"
GOOD = Row(1, "CT1", "so-xay-dung", "2025", "ước", "45,5")
Send = Callable[..., Delivered]


@pytest.fixture
def source(world: World) -> Source:
    return make_source("so-xd", keeper=world.unit_a)


@pytest.fixture
def indicator(world: World) -> Indicator:
    return make_indicator("CT1", by=world.chi, measured_kinds=["department"], first_period="2020")


@pytest.fixture
def send(world: World, indicator: Indicator, source: Source) -> Send:
    def deliver(*rows: Row, form: Batch.Form = Batch.Form.API, **change: Any) -> Delivered:
        asked = {"source": source, "by": world.an, "at": NOON, "form": form} | change
        return deliver_rows(rows=rows or [GOOD], **asked)

    return deliver


@pytest.fixture
def batch(world: World, indicator: Indicator, source: Source) -> Batch:
    return deliver_file(source=source, data=CSV.encode(), name="so-lieu.csv", by=world.an, at=NOON).batch


def _state() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Event, Batch, Observation, PutAside))


def _counts(batch: Batch) -> tuple[int, int, int, int]:
    return batch.row_count, batch.taken_count, batch.unchanged_count, batch.aside_count


def test_each_row_of_a_file_is_taken_unchanged_or_aside_with_its_excel_number(batch: Batch) -> None:
    assert _counts(batch) == (3, 1, 0, 2)
    asides = [(aside.row, aside.raw["value"], aside.reasons[0]["pattern"]) for aside in batch.asides.all()]
    assert asides == [
        (3, "bốn", "“{text}” không phải một số; viết như 45,5 hoặc 1.250.000."),
        (4, "1", "Không có chỉ tiêu mã “{code}”."),
    ]
    assert (batch.form, batch.file_name, batch.observations.get().value) == ("csv", "so-lieu.csv", 45.5)
    event = Event.objects.get(act="indicators.batch.receive")
    assert (event.detail["rows"], event.detail["observations"]) == (3, [batch.observations.get().pk])


def test_the_same_file_again_changes_nothing(batch: Batch, world: World, source: Source) -> None:
    again = deliver_file(source=source, data=CSV.encode(), name="so-lieu.csv", by=world.an, at=NOON).batch
    assert _counts(again) == (3, 0, 1, 2)
    assert Observation.objects.count() == 1


def test_an_empty_cell_never_erases(send: Send, world: World) -> None:
    send()
    assert _counts(send(replace(GOOD, value="")).batch) == (1, 0, 1, 0)
    assert Observation.objects.get().value is not None


def test_two_rows_for_one_cell_are_not_both_taken(send: Send) -> None:
    batch = send(GOOD, replace(GOOD, number=2, value="46")).batch
    assert _counts(batch) == (2, 1, 0, 1)
    assert batch.asides.get().reasons[0]["values"] == {"row": 1}


def test_rows_of_another_unit_are_put_aside(send: Send, world: World) -> None:
    batch = send(GOOD, replace(GOOD, number=2, unit="so-y-te")).batch
    assert _counts(batch) == (2, 1, 0, 1)
    assert not Observation.objects.filter(unit=world.unit_b).exists()


def test_the_same_key_gives_the_same_answer_and_writes_nothing(send: Send) -> None:
    first = send(GOOD, replace(GOOD, number=2, period="x"), key="k1")
    before = _state()
    second = send(GOOD, replace(GOOD, number=2, period="x"), key="k1")
    assert (second.is_repeat, second.batch.pk, second.batch.answer) == (True, first.batch.pk, first.batch.answer)
    assert _state() == before


def test_the_same_key_with_other_content_is_refused(send: Send, world: World) -> None:
    send(key="k1")
    before = _state()
    for change in ({"source": make_source("khac")}, {}):
        with pytest.raises(OtherContent):
            send(replace(GOOD, value="46" if not change else "45,5"), key="k1", **change)
    assert _state() == before
    assert send(replace(GOOD, value="47"), key="k1", by=world.binh).batch.received_from == world.binh


def test_a_page_is_taken_whole_or_not_at_all(send: Send) -> None:
    before = _state()
    with pytest.raises(PageFaults) as refused:
        send(GOOD, replace(GOOD, number=2, period="2024", value="bốn"), form=Batch.Form.PAGE)
    assert list(refused.value.faults) == [2]
    assert _state() == before


def test_who_may_not_deliver_leaves_nothing(send: Send, world: World) -> None:
    before = _state()
    for person in (world.dung, world.inspector, world.decision_maker, world.finance, world.administrator):
        with pytest.raises(PermissionDenied):
            send(by=person)
    assert _state() == before


def _bomb() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * (300 * 1024 * 1024))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("so-lieu.xlsx", b"MZ\x90"),
        ("so-lieu.xlsx", CSV.encode()),
        ("so-lieu.csv", b"PK\x03\x04\x00\x00"),
        ("so-lieu.xlsm", b"PK\x03\x04"),
        ("so-lieu.exe", b"MZ"),
        ("so-lieu.csv", b""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    name: str, data: bytes, world: World, source: Source, indicator: Indicator
) -> None:
    before = _state()
    with pytest.raises(RefusedFile):
        deliver_file(source=source, data=data, name=name, by=world.an, at=NOON)
    assert _state() == before


def test_a_file_that_swells_is_refused_before_it_is_unpacked(world: World, source: Source) -> None:
    with pytest.raises(RefusedFile):
        deliver_file(source=source, data=_bomb(), name="so-lieu.xlsx", by=world.an, at=NOON)


def test_one_query_count_for_one_row_and_five(send: Send) -> None:
    def queries(*values: int) -> int:
        rows = [replace(GOOD, number=at, period=str(at), value="1") for at in values]
        with CaptureQueriesContext(connection) as captured:
            assert send(*rows).batch.taken_count == len(rows)
        return len(captured)

    queries(2020)  # who asks is worked out once
    assert queries(2021) == queries(2022, 2023, 2024, 2025, 2026)


def test_a_row_put_aside_is_mended_and_goes_in_like_any_other(batch: Batch, world: World) -> None:
    aside = batch.asides.get(row=3)
    cells = aside.raw | {"value": "4,5"}
    line = mend_aside(aside=aside, cells=cells, by=world.an, at=NOON)
    aside.refresh_from_db()
    assert (str(line.value), line.standing, line.batch, line.period) == ("4.5", "pending", batch, "2024")
    assert (aside.outcome, aside.resolved_by, aside.raw["value"]) == ("mended", world.an, "bốn")
    event = Event.objects.get(act="indicators.aside.mend")
    assert event.detail["changed"] == ["value"]
    with pytest.raises(Decided):
        mend_aside(aside=aside, cells=cells, by=world.an, at=NOON)
    with pytest.raises(PermissionDenied):
        accept_observations(observations=[line.pk], by=world.an, at=NOON)


def test_a_row_mended_badly_stays_aside(batch: Batch, world: World) -> None:
    aside, before = batch.asides.get(row=3), _state()
    for change in ({"value": "năm"}, {"indicator": "CT9"}, {"unit": "khong-co"}):
        with pytest.raises(NotTaken):
            mend_aside(aside=aside, cells=aside.raw | change, by=world.an, at=NOON)
    aside.refresh_from_db()
    assert (_state(), aside.outcome) == (before, None)


def test_a_row_is_dropped_with_a_reason_by_its_sender_or_the_coordinator(batch: Batch, world: World) -> None:
    first, second = batch.asides.all()
    before = _state()
    for person in (world.binh, world.dung, world.inspector):
        with pytest.raises(PermissionDenied):
            drop_aside(aside=first, reason="Nhầm", by=person, at=NOON)
    with pytest.raises(NotTaken):
        drop_aside(aside=first, reason=" ", by=world.an, at=NOON)
    assert _state() == before
    assert drop_aside(aside=first, reason="Nhầm", by=world.an, at=NOON).outcome == "dropped"
    assert drop_aside(aside=second, reason="Nhầm", by=world.chi, at=NOON).outcome_note == "Nhầm"
