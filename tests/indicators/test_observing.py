"""The ledger: lines are added, accepted by somebody else, returned with a reason; nothing is ever overwritten."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, World, make_indicator, make_source, make_user
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.indicators.actions.observing import (
    Decided,
    Evidence,
    NotTaken,
    accept_observations,
    record_observation,
    return_observation,
)
from tiendo.indicators.models import Figure, Indicator, Observation, Source
from tiendo.notices.kinds import Kind
from tiendo.notices.models import Notice
from tiendo.plans.files import RefusedFile
from tiendo.plans.storage import read_file

LATER = NOON + timedelta(hours=1)
Record = Callable[..., Observation]


@pytest.fixture
def source(world: World) -> Source:
    return make_source("so-xd", keeper=world.unit_a)


@pytest.fixture
def indicator(world: World) -> Indicator:
    kept = {"measured_kinds": ["department"], "owner": world.unit_a, "checks": {"jump_percent": "20"}}
    return make_indicator("CT1", by=world.chi, **kept)  # type: ignore[arg-type]


@pytest.fixture
def put(world: World, indicator: Indicator, source: Source) -> Record:
    def record(value: str | None = "45,5", status: str = "ước", **change: Any) -> Observation:
        cell = {"indicator": indicator, "unit": world.unit_a, "source": source, "period": "2025"}
        return record_observation(**(cell | {"value": value, "status": status, "by": world.an, "at": NOON} | change))

    return record


def _accept(by: User, *lines: Observation, **more: Any) -> tuple[int, ...]:
    return accept_observations(observations=[line.pk for line in lines], by=by, at=LATER, **more).accepted


def _state() -> tuple[int, int, list[tuple[str, bool]]]:
    lines = Observation.objects.order_by("pk").values_list("standing", "is_current")
    return Event.objects.count(), Figure.objects.count(), list(lines)


def test_a_line_waits_with_everything_that_was_said(put: Record, world: World) -> None:
    line = put(note="Theo CV 5", evidence=Evidence(b"%PDF-1.4\n%%EOF\n", "cv5.pdf"))
    line.refresh_from_db()
    assert (line.number, line.status, line.value, line.standing) == (1, "estimate", Decimal("45.5"), "pending")
    assert (line.is_current, line.recorded_by, line.note, line.evidence_name) == (
        False,
        world.an,
        "Theo CV 5",
        "cv5.pdf",
    )
    assert line.evidence is not None
    assert read_file(line.evidence) == b"%PDF-1.4\n%%EOF\n"
    event = Event.objects.get(act="indicators.observation.record")
    assert event.detail["value"] == "45.5"
    assert event.detail["indicator"] == "CT1"


def test_evidence_that_is_not_what_its_name_says_leaves_nothing(put: Record) -> None:
    with pytest.raises(RefusedFile):
        put(evidence=Evidence(b"MZ not a pdf", "cv5.pdf"))
    assert not Observation.objects.exists()


def test_a_value_goes_from_estimate_to_official_to_revised_and_every_line_stays(put: Record, world: World) -> None:
    for value, status in (("45,5", "ước"), ("44", "chính thức"), ("44,5", "điều chỉnh")):
        assert _accept(world.chi, put(value, status, note="Rà soát"))
    lines = list(Observation.objects.order_by("number").values_list("number", "status", "value", "is_current"))
    assert lines == [
        (1, "estimate", Decimal("45.5"), False),
        (2, "official", Decimal(44), False),
        (3, "revised", Decimal("44.5"), True),
    ]


def test_an_estimate_never_follows_an_official_value(put: Record, world: World) -> None:
    _accept(world.chi, put("44", "chính thức"))
    before = _state()
    for value, status, note in (("45", "ước", ""), ("45", "chính thức", ""), ("45", "điều chỉnh", "")):
        with pytest.raises(NotTaken):
            put(value, status, note=note)
    assert _state() == before


def test_the_same_again_is_nothing_new(put: Record) -> None:
    put()
    with pytest.raises(NotTaken, match="không có gì mới"):
        put()
    assert Observation.objects.count() == 1


def test_a_reason_for_no_value_stands_in_the_ledger(put: Record, world: World) -> None:
    line = put(None, no_value="chưa đo")
    assert (line.value, line.no_value) == (None, "not_measured")
    assert _accept(world.chi, line) == (line.pk,)


def test_dung_records_nothing_of_unit_a_and_others_do_their_own(put: Record, world: World) -> None:
    before = _state()
    for person in (world.dung, world.inspector, world.finance, world.decision_maker, world.administrator):
        with pytest.raises(PermissionDenied):
            put(by=person)
    assert _state() == before
    assert [
        put(value, by=person).number for value, person in (("1", world.an), ("2", world.binh), ("3", world.chi))
    ] == [
        1,
        2,
        3,
    ]


def test_a_source_of_another_unit_is_refused(put: Record, world: World) -> None:
    theirs = make_source("so-yt", keeper=world.unit_b)
    with pytest.raises(PermissionDenied, match="đơn vị khác giữ"):
        put(source=theirs)
    assert put(source=make_source("chung")).source.code == "chung"


def test_the_coordinator_or_the_owners_head_accepts_and_never_who_recorded_it(put: Record, world: World) -> None:
    mine, heads, chis = put("1"), put("2", by=world.binh), put("3", by=world.chi)
    before = _state()
    refused = [(world.an, mine), (world.dung, mine), (world.inspector, mine), (world.binh, heads), (world.chi, chis)]
    for person, line in refused:
        with pytest.raises(PermissionDenied):
            _accept(person, line)
        with pytest.raises(PermissionDenied):
            return_observation(observation=line, reason="Sai", by=person, at=LATER)
    assert _state() == before
    assert _accept(world.binh, mine) == (mine.pk,)
    assert _accept(world.chi, heads) == (heads.pk,)


def test_one_line_of_another_persons_refuses_the_whole_bulk(put: Record, world: World) -> None:
    theirs, own = put("1"), put("2", by=world.chi)
    before = _state()
    with pytest.raises(PermissionDenied):
        _accept(world.chi, theirs, own)
    assert _state() == before


def test_the_second_of_two_acceptances_is_told_who_was_first(put: Record, world: World) -> None:
    line = put()
    second = make_user("chi-hai", world.coordinator_unit, Role.COORDINATOR, full_name="Tẩn Hai")
    _accept(second, line)
    before = _state()
    with pytest.raises(Decided, match="Tẩn Hai đã xác nhận số liệu này trước bạn"):
        _accept(world.chi, line)
    with pytest.raises(Decided):
        return_observation(observation=line, reason="Sai", by=world.chi, at=LATER)
    assert _state() == before


def test_lines_with_warnings_wait_for_a_look_of_their_own(put: Record, world: World, indicator: Indicator) -> None:
    _accept(world.chi, put("50", period="2025"))
    doubtful, clean = put("80", period="2026"), put("51", period="2025", status="chính thức")
    assert doubtful.warnings
    found = accept_observations(observations=[doubtful.pk, clean.pk], by=world.chi, at=LATER)
    assert (found.accepted, [pk for pk, _why in found.left]) == ((clean.pk,), [doubtful.pk])
    assert _accept(world.chi, doubtful, doubtful=True) == (doubtful.pk,)


def test_an_older_line_never_overtakes_a_newer_one(put: Record, world: World) -> None:
    old, new = put("1"), put("2")
    _accept(world.chi, new)
    old.refresh_from_db()
    assert (old.standing, old.reason) == ("returned", "Đã có dòng mới hơn của ô này được xác nhận.")
    assert old.value == 1
    with pytest.raises(Decided):
        _accept(world.chi, old)


def test_a_bulk_of_one_cell_leaves_the_newest_current(put: Record, world: World) -> None:
    lines = [put(str(value)) for value in (1, 2, 3)]
    assert _accept(world.chi, *reversed(lines)) == tuple(line.pk for line in lines)
    assert list(Observation.objects.current().values_list("value", flat=True)) == [3]


def test_a_returned_line_keeps_what_was_submitted_and_the_cell_goes_on(put: Record, world: World) -> None:
    line = put()
    for reason in ("", "  "):
        with pytest.raises(NotTaken):
            return_observation(observation=line, reason=reason, by=world.chi, at=LATER)
    return_observation(observation=line, reason="Thiếu nguồn", by=world.chi, at=LATER)
    line.refresh_from_db()
    assert (line.value, line.standing, line.reason, line.decided_by) == (
        Decimal("45.5"),
        "returned",
        "Thiếu nguồn",
        world.chi,
    )
    assert put().number == 2


def test_a_returned_value_is_told_to_its_recorder_and_the_people_of_the_unit(put: Record, world: World) -> None:
    line = put()
    return_observation(observation=line, reason="Thiếu nguồn", by=world.chi, at=LATER)
    told = Notice.objects.filter(kind=Kind.VALUE_RETURNED)
    assert {notice.user for notice in told} == {world.an, world.binh}
    assert {(notice.body, notice.way) for notice in told} == {("Thiếu nguồn", "at_once")}
    assert {str(notice.sentence) for notice in told} == {f"Số liệu CT1, năm 2025 của {world.unit_a} bị trả lại."}
    assert {notice.url for notice in told} == {f"/lam-viec/chi-tieu/so-lieu/so-cai/CT1/{world.unit_a.code}/2025/"}


def test_a_line_overtaken_by_another_persons_is_told_and_ones_own_is_not(put: Record, world: World) -> None:
    put("41")
    _accept(world.chi, put("42"))
    assert not Notice.objects.filter(kind=Kind.VALUE_RETURNED).exists()
    put("43")
    later = put("44", by=world.binh)
    _accept(world.chi, later)
    told = Notice.objects.filter(kind=Kind.VALUE_RETURNED)
    assert {notice.user for notice in told} == {world.an, world.binh}
    assert {notice.body for notice in told} == {"Đã có dòng mới hơn của ô này được xác nhận."}


def test_every_acceptance_is_one_event_and_refreshes_the_figure(put: Record, world: World) -> None:
    lines = [put("1"), put("2", period="2026")]
    _accept(world.chi, *lines)
    events = Event.objects.filter(act="indicators.observation.accept")
    assert [event.subject for event in events] == [f"indicators.observation:{line.pk}" for line in lines]
    figures = Figure.objects.filter(unit=world.unit_a).order_by("period").values_list("period", "value", "status")
    assert list(figures) == [("2025", 1, "estimate"), ("2026", 2, "estimate")]
