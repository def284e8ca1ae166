"""Boundaries come from a file that may hold anything; only what can be drawn and belongs to a unit is taken."""

import json
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_unit
from tiendo.audit.models import Event
from tiendo.orgs import actions, boundaries
from tiendo.orgs.boundaries import BadBoundaries, Known, matched, read_boundaries
from tiendo.orgs.models import Boundary, UnitKind
from tiendo.orgs.queries import lay_of_the_land, tile_cells

SQUARE = [[103.0, 22.0], [103.5, 22.0], [103.5, 22.5], [103.0, 22.5], [103.0, 22.0]]
LAND = {"type": "Polygon", "coordinates": [SQUARE]}


def feature(geometry: object = LAND, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"code": "03637", "name": "Mường Kim"} | properties}


def collection(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def ring(*dots: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [list(dots)]}


def test_a_feature_gives_its_code_its_names_and_its_geometry_alone() -> None:
    [found] = read_boundaries(collection(feature(fullName="Xã Mường Kim", areaKm2=316.3)))
    assert (found.place, found.code, found.names) == (1, "03637", ("Xã Mường Kim", "Mường Kim"))
    assert found.geometry == LAND


def test_islands_stay_with_their_unit() -> None:
    islands = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]], "more": 1}
    [found] = read_boundaries(collection(feature(islands)))
    assert found.geometry == {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "không phải là JSON"),
        (b"[]", "FeatureCollection"),
        (collection(), "FeatureCollection"),
        (collection("x"), "Đối tượng 1: không có thuộc tính"),
        (collection(feature(), feature(None)), "Đối tượng 2: không phải là vùng"),
        (collection(feature({"type": "Point", "coordinates": [1, 2]})), "không phải là vùng"),
        (collection(feature({"type": "Polygon", "coordinates": []})), "vùng rỗng"),
        (collection(feature({"type": "Polygon", "coordinates": [[[10**400, 1]] * 4]})), "tọa độ"),
        (collection(feature(ring([1, 1], [2, 1], [1, 1]))), "không khép kín"),
        (collection(feature(ring([1, 1], [2, 1], [2, 2], [1, 2]))), "không khép kín"),
        (collection(feature(ring([1, 1], [2, 2], [3, 3], [1, 1]))), "không có diện tích"),
        (collection(feature(ring([577000, 2470000], [2, 1], [2, 2], [577000, 2470000]))), "kinh độ, vĩ độ"),
        (collection(feature(ring(["1", 1], [2, 1], [2, 2], ["1", 1]))), "kinh độ, vĩ độ"),
        (collection(feature(ring([True, 1], [2, 1], [2, 2], [True, 1]))), "kinh độ, vĩ độ"),
        (b'{"type":"FeatureCollection","features":' + b"[" * 100_000, "không phải là JSON"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_place(content: bytes, sentence: str) -> None:
    with pytest.raises(BadBoundaries, match=sentence):
        read_boundaries(content)


@pytest.mark.parametrize(("bound", "value"), [("MOST_BYTES", 100), ("MOST_FEATURES", 1), ("MOST_DOTS", 9)])
def test_a_file_beyond_the_bounds_is_refused(bound: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, bound, value)
    with pytest.raises(BadBoundaries):
        read_boundaries(collection(feature(), feature()))


KIM = Known("03637", frozenset({"UBND xã Mường Kim", "xã Mường Kim"}))
THAN = Known("03618", frozenset({"UBND xã Mường Than"}))


def test_by_code_the_unknown_the_second_and_the_missing_are_named() -> None:
    found = read_boundaries(collection(feature(), feature(code="99999"), feature()))
    made = matched(found, [KIM, THAN])
    assert list(made.geometries) == ["03637"]
    assert ([each.place for each in made.unknown], [each.place for each in made.twice]) == ([2], [3])
    assert made.without == ["03618"]


def test_by_name_level_words_marks_and_case_do_not_matter() -> None:
    found = read_boundaries(collection(feature(code="x", name="MUONG KIM"), feature(code="y", name="Xã Mường Than")))
    assert sorted(matched(found, [KIM, THAN], by_name=True).geometries) == ["03618", "03637"]


def test_a_name_that_two_units_share_belongs_to_neither() -> None:
    twin = Known("x", frozenset({"UBND phường Mường Kim"}))
    made = matched(read_boundaries(collection(feature())), [KIM, twin], by_name=True)
    assert (made.geometries, len(made.unknown)) == ({}, 1)


@pytest.fixture
def kim(db: None) -> object:
    return make_unit("03637", name="UBND xã Mường Kim", kind=UnitKind.COMMUNE)


def test_importing_replaces_what_was_known_and_is_recorded(kim: object, now: datetime) -> None:
    actions.import_boundaries(geometries={"03637": LAND}, source="Bản đồ A", by="quan-tri", at=now)
    later = now + timedelta(days=1)
    assert actions.import_boundaries(geometries={"03637": LAND}, source="Bản đồ B", by="quan-tri", at=later) == 1
    boundary = Boundary.objects.get()
    assert (boundary.source, boundary.imported_at, boundary.geometry) == ("Bản đồ B", later, LAND)
    event = Event.objects.order_by("seq").last()
    assert event is not None
    assert (event.act, event.actor, event.detail["units"]) == ("orgs.boundary.import", "quan-tri", ["03637"])


def test_a_code_nobody_has_writes_nothing(kim: object, now: datetime) -> None:
    with pytest.raises(KeyError):
        actions.import_boundaries(geometries={"03637": LAND, "nowhere": LAND}, source="A", by="x", at=now)
    assert not Boundary.objects.exists()
    assert not Event.objects.filter(act="orgs.boundary.import").exists()


def run(path: Path, *more: str) -> str:
    out = StringIO()
    call_command("import_boundaries", str(path), "--source", "Bản đồ A", *more, stdout=out)
    return out.getvalue()


def test_the_command_tells_what_it_would_do_and_then_does_it(kim: object, tmp_path: Path) -> None:
    make_unit("03618", name="UBND xã Mường Than", kind=UnitKind.COMMUNE)
    file = tmp_path / "a.geojson"
    file.write_bytes(collection(feature(), feature(code="1", name="Lạ")))
    told = run(file, "--dry-run")
    assert "Ghép được 1" in told
    assert "mã 1, tên Lạ" in told
    assert "Chưa có ranh giới: 03618" in told
    assert not Boundary.objects.exists()
    run(file, "--by", "quan-tri")
    assert Boundary.objects.get().unit.code == "03637"
    assert Event.objects.get(act="orgs.boundary.import").actor == "quan-tri"


@pytest.mark.parametrize("content", [b"{}", collection(feature(code="nobody"))])
def test_the_command_refuses_with_a_sentence(kim: object, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.geojson"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        run(file)
    with pytest.raises(CommandError, match="Không mở được"):
        run(tmp_path / "none")
    assert not Boundary.objects.exists()


def test_the_land_is_told_for_the_units_asked_for(kim: object, now: datetime) -> None:
    make_unit("03618", kind=UnitKind.COMMUNE)
    actions.import_boundaries(geometries={"03637": LAND, "03618": LAND}, source="Bản đồ A", by="x", at=now)
    lay = lay_of_the_land(["03637"])
    assert (list(lay.geometries), lay.source, list(lay.cells)) == (["03637"], "Bản đồ A", ["03637"])


def test_the_grid_gives_each_built_in_commune_a_cell_of_its_own() -> None:
    units = json.loads((Path(boundaries.__file__).parent / "data/units.json").read_text(encoding="utf-8"))["units"]
    communes = {unit["code"] for unit in units if unit["kind"] == "commune"}
    assert set(tile_cells()) == communes
    assert len(set(tile_cells().values())) == 38


def test_a_name_with_half_a_letter_can_be_shown() -> None:
    (found,) = read_boundaries(collection(feature(name="X? Than")).replace(b"X?", b"X\\ud800"))
    assert found.names == ("X? Than",)
