from datetime import date
from decimal import Decimal

import pytest

from tiendo.audit.chain import digest
from tiendo.audit.sealing import SCHEMA, seal

HEADER = {"number": 1, "approved_on": date(2026, 7, 1)}


def records(*names):
    return [{"id": name, "data": {"title": name}} for name in names]


def test_each_record_holds_the_one_before_and_the_last_is_the_seal():
    release = seal(records("a", "b"), HEADER)
    start = digest({"schema": SCHEMA, "header": release["header"], "count": 2})
    first, second = release["records"]
    assert first["prev"] == start
    assert second["prev"] == first["digest"] == digest({"id": "a", "prev": start, "data": {"title": "a"}})
    assert release["seal"] == second["digest"]
    assert (release["schema"], release["count"]) == ("tiendo.release/1", 2)


def test_values_become_plain():
    release = seal([{"id": "a", "data": {"percent": Decimal("98.60"), "on": date(2026, 6, 30)}}], HEADER)
    assert release["header"] == {"number": 1, "approved_on": "2026-07-01"}
    assert release["records"][0]["data"] == {"percent": "98.60", "on": "2026-06-30"}


def test_seal_depends_on_everything():
    seals = {
        seal(given, header)["seal"]
        for given, header in [
            (records("a", "b"), HEADER),
            (records("b", "a"), HEADER),
            (records("a"), HEADER),
            (records(), HEADER),
            (records("a", "b"), {**HEADER, "number": 2}),
        ]
    }
    assert len(seals) == 5


def test_the_same_facts_give_the_same_seal():
    turned = [dict(reversed(record.items())) for record in records("a", "b")]
    assert seal(turned, dict(reversed(HEADER.items())))["seal"] == seal(records("a", "b"), HEADER)["seal"]


def test_floats_are_refused():
    with pytest.raises(TypeError, match="float"):
        seal([{"id": "a", "data": {"percent": 98.6}}], HEADER)
    with pytest.raises(TypeError, match="float"):
        seal(records("a"), {"rate": 0.5})


@pytest.mark.parametrize(
    "record", [{"id": "a"}, {"id": 1, "data": {}}, {"id": "", "data": {}}, {"id": "a", "data": 1, "x": 2}]
)
def test_records_of_another_form_are_refused(record):
    with pytest.raises(ValueError, match="a record reads"):
        seal([record], HEADER)


def test_one_id_twice_is_refused():
    with pytest.raises(ValueError, match="'a' comes twice"):
        seal(records("a", "b", "a"), HEADER)
