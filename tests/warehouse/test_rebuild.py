"""Through a copy: the figures of the working database are those of the stages; a wrong one is found and put right."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.evaluation.contents import make_content
from tests.factories import NOON, World, make_indicator, make_observation, make_target, make_unit, make_world
from tests.factories.changing import make_change
from tests.warehouse.test_scores import criterion
from tiendo.indicators.actions.refreshing import refresh_all
from tiendo.indicators.figures_reading import places, rules
from tiendo.indicators.models import Figure, Indicator
from tiendo.indicators.speaking import speaking
from tiendo.orgs.models import Unit
from tiendo.warehouse import scores
from tiendo.warehouse.build import build
from tiendo.warehouse.copies import reading
from tiendo.warehouse.figures import differing, recompute
from tiendo.warehouse.rules import places_of, rules_of

pytestmark = pytest.mark.django_db(transaction=True)
QUARTERS = (("2025-Q1", date(2025, 3, 31)), ("2025-Q2", date(2025, 6, 30)), ("2025-Q4", date(2025, 12, 31)))


@pytest.fixture
def filled(tmp_path: Path, settings: object) -> World:
    """Four indicators, one a percent of two others and one by a formula, in three communes over three quarters."""
    settings.TIENDO_HOME = tmp_path  # type: ignore[attr-defined]
    world = make_world()
    common = {"by": world.chi, "frequency": "quarter", "measured_kinds": ["commune"]}
    people = make_indicator("NGUOI", unit_code="person", over_units="sum", over_time="last", **common)  # type: ignore[arg-type]
    users = make_indicator("DUNG", unit_code="person", over_units="sum", over_time="last", **common)  # type: ignore[arg-type]
    make_indicator("TY-LE", over_units="ratio", numerator=users, denominator=people, **common)  # type: ignore[arg-type]
    make_indicator("CON-LAI", unit_code="person", expression="[NGUOI] - [DUNG]", over_time="last", **common)  # type: ignore[arg-type]
    mean = make_indicator("MUC", over_units="weighted", weight=people, over_time="mean", **common)  # type: ignore[arg-type]
    for indicator in Indicator.objects.exclude(code="CON-LAI"):
        make_target(indicator, "10", by=world.chi, purpose="baseline", due_on=date(2024, 12, 31))
        make_target(indicator, "40", by=world.chi, purpose="path", due_on=date(2025, 12, 31))
        make_target(indicator, "90", by=world.chi)
    for place in range(3):
        commune = make_unit(f"xa-{place}", f"Xã {place}", kind="commune", parent=world.province)
        for number, (period, end) in enumerate(QUARTERS):
            for indicator, value in (
                (people, 900 + 7 * place),
                (users, 150 * number + place),
                (mean, 33 * place + number),
            ):
                if (indicator, place, period) == (users, 2, "2025-Q4"):
                    continue  # a whole that is not finished, and what is made of it
                make_observation(indicator, commune, value, by=world.an, period=period, period_end=end,
                                 accepted_by=world.chi)  # fmt: skip
    refresh_all(at=NOON)
    return world


def test_the_copy_says_what_the_working_database_says(filled: World) -> None:
    with reading(build(at=NOON)) as connection:
        recompute(connection)
        assert list(differing(connection)) == []
        (count,) = connection.execute("SELECT count(*) FROM judged").fetchone() or (0,)
    unfinished = Figure.objects.filter(value__isnull=False, state="no_data")
    assert set(unfinished.values_list("indicator__code", flat=True)) == {"DUNG", "TY-LE", "CON-LAI", "MUC"}
    assert count == Figure.objects.count() > 80
    assert Figure.objects.filter(origin="computed", unit__kind="commune").exists()
    assert Figure.objects.filter(origin="rolled_up", unit__kind="committee", period="2025").exists()


def test_rules_and_units_are_read_from_a_copy_as_from_the_database(filled: World) -> None:
    with reading(build(at=NOON)) as connection:
        assert rules_of(connection) == rules()
        assert places_of(connection).all == places().all


def test_a_unit_that_moved_counts_with_the_whole_of_each_day_in_the_copy_too(filled: World) -> None:
    other = make_unit("ubnd-khac", kind="committee")
    make_change("move", Unit.objects.get(code="xa-1"), parent=other, on=date(2025, 6, 1))
    refresh_all(at=NOON)
    assert Figure.objects.filter(unit=other, period="2025-Q4").exists()
    assert not Figure.objects.filter(unit=other, period="2025-Q1").exists()
    with reading(build(at=NOON)) as connection:
        assert places_of(connection).members == places().members
        recompute(connection)
        assert list(differing(connection)) == []


def test_a_wrong_figure_is_found_and_put_right(filled: World, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Figure.objects.filter(indicator__code="TY-LE", unit__kind="committee", period="2025-Q2")
    before = wrong.get()
    wrong.update(value=99, progress=99)
    Figure.objects.filter(indicator__code="MUC", unit__code="xa-1", period="2025-H1").delete()
    with pytest.raises(CommandError, match=r"^2 "):
        call_command("rebuild_figures", "--check")
    assert wrong.get().value == 99
    call_command("rebuild_figures")
    assert "Số không khớp: 2" in capsys.readouterr().out
    after = wrong.get()
    assert (after.value, after.progress) == (before.value, before.progress)
    call_command("rebuild_figures", "--check")


def test_criteria_read_the_figure_that_speaks_in_the_days_of_the_data(filled: World) -> None:
    content = make_content(
        criterion(0, weight="50", reads="figure_progress"), criterion(1, weight="50", reads="figure_value")
    )
    codes = dict(Indicator.objects.values_list("code", "pk"))
    with reading(build(at=NOON)) as connection:
        recompute(connection)
        scores.put_criteria(connection, content, {"ct-0": codes["TY-LE"], "ct-1": codes["MUC"]})
        scores.put_cards(connection, "commune", data_from=date(2025, 1, 1), data_to=date(2025, 10, 1))
        scores.run_readings(connection)
        found = connection.execute("SELECT card, place, value FROM readings").fetchall()
    rows = Figure.objects.filter(slice="", period_end__lt=date(2025, 10, 1), unit__kind="commune")
    spoken = speaking(rows.filter(indicator__code__in=["TY-LE", "MUC"]).select_related("indicator")).values()
    wanted = {
        (row.unit_id, 0, row.progress) if row.indicator.code == "TY-LE" else (row.unit_id, 1, row.value)
        for row in spoken
    }
    assert set(found) == wanted
    assert len(found) == 6
