"""The copy holds what the database holds, to the digit; the new one takes the old one's place or nothing changes."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import NOON, World, make_indicator, make_observation, make_target, make_world
from tiendo.indicators.models import Observation
from tiendo.warehouse import build as building
from tiendo.warehouse.build import Failed, build
from tiendo.warehouse.copies import copies_home, find_current, reading
from tiendo.warehouse.manifest import Damaged, check
from tiendo.warehouse.tables import TABLES, Kind, Table, Vendor

# The process that writes the copy is another one: it sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

KINDS = {
    "BigAutoField": Kind.WHOLE,
    "ForeignKey": Kind.WHOLE,
    "PositiveIntegerField": Kind.WHOLE,
    "PositiveSmallIntegerField": Kind.WHOLE,
    "CharField": Kind.TEXT,
    "TextField": Kind.TEXT,
    "SlugField": Kind.TEXT,
    "JSONField": Kind.TEXT,
    "DateField": Kind.DAY,
    "DateTimeField": Kind.TEXT,  # only whether there is one is asked
    "BooleanField": Kind.FLAG,
    "DecimalField": Kind.AMOUNT,
}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: object) -> None:
    settings.TIENDO_HOME = tmp_path  # type: ignore[attr-defined]


def fill(world: World, *values: str | None) -> None:
    indicator = make_indicator(by=world.chi)
    make_target(indicator, "99.5", by=world.chi)
    for year, value in enumerate(values, 2000):
        make_observation(indicator, world.unit_a, value, by=world.an, period=str(year), accepted_by=world.chi)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_are_those_of_the_tables(table: Table) -> None:
    (model,) = [each for each in apps.get_models() if each._meta.db_table == table.source]
    kinds = {
        field.column: KINDS[field.get_internal_type()]
        for field in model._meta.local_concrete_fields
        if field.column in table.columns
    }
    assert kinds == dict(table.columns)


def test_values_are_those_of_the_database_to_the_digit() -> None:
    values = ["0.1", "-0.000001", "99.6", "59000", "999999999.999999", "1234567890123.5", "-12345678901234", None]
    fill(make_world(), *values)
    copy = build(at=NOON)
    with reading(copy) as asked:
        found = asked.execute("SELECT value FROM observations ORDER BY period").fetchall()
    stored = Observation.objects.order_by("period").values_list("value", flat=True)
    assert [value for (value,) in found] == list(stored) == [value and Decimal(value) for value in values]


def test_the_manifest_counts_and_a_changed_file_is_found() -> None:
    fill(make_world(), "1", "2")
    copy = build(at=NOON)
    assert copy.manifest.tables["observations"].rows == 2
    assert copy.manifest.vendor == connection.vendor
    assert find_current() == copy
    check(copy.folder, copy.manifest)
    (copy.folder / "units.parquet").write_bytes(b"")
    with pytest.raises(Damaged, match="units"):
        check(copy.folder, copy.manifest)


def test_nothing_is_in_use_before_the_first_and_when_it_is_lost() -> None:
    assert find_current() is None
    make_world()
    copy = build(at=NOON)
    (copy.folder / "manifest.json").unlink()
    assert find_current() is None


def test_a_new_copy_takes_the_place_and_one_older_is_kept() -> None:
    world, copies = make_world(), []
    for day in range(4):
        fill(world, str(day))
        copies.append(build(at=NOON + timedelta(days=day)))
    assert find_current() == copies[-1]
    assert [copy.folder.exists() for copy in copies] == [False, False, True, True]
    assert sorted(each.name for each in copies_home().iterdir() if each.name.startswith(("making", "reading"))) == []


def test_a_copy_that_fails_leaves_the_old_one_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    make_world()
    copy = build(at=NOON)
    broken = building.Source(Vendor.SQLITE, "/nowhere/at/all.sqlite3")
    monkeypatch.setattr(building, "_source", lambda beside: broken)
    with pytest.raises(Failed, match="nowhere"):
        build(at=NOON + timedelta(days=1))
    with pytest.raises(CommandError, match="bản sao"):
        call_command("build_warehouse")
    assert find_current() == copy
    assert [each for each in copies_home().iterdir() if each.name.startswith("making")] == []


def test_a_reader_reaches_nothing_outside_the_copy(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n")
    make_world()
    with reading(build(at=NOON)) as asked:
        for statement in (
            f"SELECT * FROM read_csv('{tmp_path}/secret.csv')",
            f"COPY units TO '{tmp_path}/out.csv'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(Exception, match=r"(?i)disabled|locked|permission"):
                asked.execute(statement)


def test_the_command_says_what_it_made(capsys: pytest.CaptureFixture[str]) -> None:
    fill(make_world(), "1")
    call_command("build_warehouse")
    copy = find_current()
    assert copy is not None
    assert copy.manifest.version in capsys.readouterr().out


def test_the_file_in_use_is_never_handed_to_the_other_engine(tmp_path: Path) -> None:
    source = building._source(tmp_path)
    if connection.vendor == "sqlite":
        assert source.address == str(tmp_path / "source.sqlite3")
    else:
        assert (source.address, source.environment["PGDATABASE"]) == ("", connection.settings_dict["NAME"])
