"""Figures made again: what a change touches, what stays, and that parts and whole come to the same."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON, World, make_unit
from tests.factories.changing import make_change
from tests.factories.indicators import make_indicator, make_observation, make_source, make_target
from tiendo.indicators.actions.refreshing import (
    CONTENT,
    Cell,
    Refreshed,
    refresh,
    refresh_all,
    refresh_wholes,
)
from tiendo.indicators.keeping import sentences_again
from tiendo.indicators.models import Figure, Indicator, Observation, Passport
from tiendo.indicators.spans import span_of
from tiendo.orgs.models import Unit

COUNT: dict[str, Any] = {
    "unit_code": "person",
    "unit_text": "người",
    "measured_kinds": ["department"],
    "frequency": "quarter",
}
LATER = NOON + timedelta(days=1)


def accept(
    world: World, indicator: Indicator, unit: Unit, value: Any, period: str = "2025", **fields: Any
) -> Refreshed:
    """A value recorded by An and accepted by Chi, and what it touches refreshed."""
    made = make_observation(
        indicator, unit, value, by=world.an, accepted_by=world.chi, period=period,
        period_end=span_of(period).last_day, **fields,
    )  # fmt: skip
    return refresh([Cell(indicator.pk, unit.pk, period, made.slice)], at=NOON)


def figure(indicator: Indicator, unit: Unit, period: str = "2025", slice: str = "") -> Figure:
    return Figure.objects.get(indicator=indicator, unit=unit, period=period, slice=slice)


def values(indicator: Indicator, unit: Unit) -> dict[str, Decimal | None]:
    return dict(Figure.objects.filter(indicator=indicator, unit=unit).values_list("period", "value"))


def said(kept: Iterable[Any]) -> list[str]:
    return [str(sentence) for sentence in sentences_again(kept)]


def content() -> dict[Cell, tuple[Any, ...]]:
    rows = Figure.objects.values_list("indicator_id", "unit_id", "period", "slice", *CONTENT)
    return {Cell(*row[:4]): row[4:] for row in rows}


class TestEntered:
    def test_an_accepted_value_is_judged_against_its_target(self, world: World) -> None:
        phones = make_indicator("5G", by=world.chi)
        make_target(phones, 50, by=world.chi, purpose="baseline", due_on=span_of("2024").last_day)
        end = make_target(phones, 100, by=world.chi)
        accept(world, phones, world.province, 60)
        row = figure(phones, world.province)
        assert (row.value, row.progress, row.state, row.distance) == (Decimal(60), Decimal(20), "not_met", Decimal(-40))
        assert (row.target, row.origin, row.status, row.period_end) == (
            end,
            "entered",
            "official",
            span_of("2025").last_day,
        )
        assert row.made_from["basis"] == "baseline"

    def test_a_pending_or_returned_line_counts_for_nothing(self, world: World) -> None:
        phones = make_indicator("5G", by=world.chi)
        make_observation(phones, world.province, 60, by=world.an)
        assert refresh([Cell(phones.pk, world.province.pk, "2025")], at=NOON).written == 0
        assert not Figure.objects.exists()

    def test_no_value_keeps_its_reason(self, world: World) -> None:
        phones = make_indicator("5G", by=world.chi)
        accept(world, phones, world.province, None)
        row = figure(phones, world.province)
        assert (row.value, row.state, row.progress) == (None, "no_data", None)
        assert said([row.no_value, row.not_computable]) == ["chưa đo, chưa thống kê", "Chưa có số liệu."]

    def test_a_value_nothing_asks_for_is_neither_met_nor_missed(self, world: World) -> None:
        phones = make_indicator("5G", by=world.chi)
        accept(world, phones, world.province, 60)
        assert figure(phones, world.province).state == "no_target"

    def test_an_estimate_becomes_official_and_the_figure_follows(self, world: World) -> None:
        phones = make_indicator("5G", by=world.chi)
        accept(world, phones, world.province, 60, status="estimate")
        assert figure(phones, world.province).status == "estimate"
        accept(world, phones, world.province, 58)
        row = figure(phones, world.province)
        assert (row.value, row.status) == (Decimal(58), "official")
        assert Figure.objects.count() == 1

    def test_of_several_sources_the_one_of_the_passport_wins_and_the_others_are_told(self, world: World) -> None:
        sector, survey = make_source("nganh", "CSDL ngành"), make_source("dieu-tra", "Điều tra")
        phones = make_indicator("5G", by=world.chi, source=sector, checks={"tolerance_percent": "5"})
        accept(world, phones, world.province, 60, source=sector)
        accept(world, phones, world.province, 63, source=survey)
        assert figure(phones, world.province).flags == []  # exactly 5 % apart
        accept(world, phones, world.province, Decimal("63.1"), source=survey)
        row = figure(phones, world.province)
        assert (row.value, said(row.flags)) == (Decimal(60), ["Nguồn “Điều tra” ghi 63,1."])
        assert len(row.made_from["observations"]) == 2

    def test_a_category_has_its_own_target(self, world: World) -> None:
        slices = [{"code": "pham-vi", "name": "Phạm vi", "values": ["Đông Nam Á", "thế giới"]}]
        rank = make_indicator("HANG", by=world.chi, unit_code="rank", direction="down", slices=slices)
        make_target(rank, 3, by=world.chi, comparator="le", category="Đông Nam Á")
        make_target(rank, 50, by=world.chi, comparator="le", category="thế giới")
        accept(world, rank, world.province, 4, slice="pham-vi=Đông Nam Á")
        accept(world, rank, world.province, 50, slice="pham-vi=thế giới")
        states = Figure.objects.order_by("slice").values_list("slice", "state")
        assert dict(states) == {"pham-vi=thế giới": "met", "pham-vi=Đông Nam Á": "not_met"}

    def test_the_line_between_milestones_only_where_it_is_set(self, world: World, settings: Any) -> None:
        phones = make_indicator("5G", by=world.chi)
        make_target(phones, 0, by=world.chi, purpose="baseline", due_on=span_of("2024").last_day)
        make_target(phones, 60, by=world.chi)
        accept(world, phones, world.province, 20)
        assert figure(phones, world.province).distance == -40
        settings.TIENDO_STRAIGHT_PATH = True
        refresh_all(at=NOON)
        assert round(figure(phones, world.province).distance or 0) == 10


class TestRolledUp:
    def test_units_add_up_to_the_whole_and_say_how_many_of_how_many(self, world: World) -> None:
        staff = make_indicator("CB", by=world.chi, over_units="sum", over_time="last", **COUNT)
        accept(world, staff, world.unit_a, 40, "2025-Q1")
        accept(world, staff, world.unit_b, 2, "2025-Q1", status="estimate")
        row = figure(staff, world.province, "2025-Q1")
        assert (row.value, row.origin, row.status) == (Decimal(42), "rolled_up", "estimate")
        assert (row.made_from["parts"], row.made_from["expected"]) == (2, 5)
        assert "thanh-tra" in row.made_from["missing"]
        assert said(row.flags)[0].startswith("Mới có 2 trên 5 phần; thiếu ")

    def test_a_unit_to_which_it_does_not_apply_is_no_part(self, world: World) -> None:
        staff = make_indicator("CB", by=world.chi, over_units="sum", **COUNT)
        for unit in (world.coordinator_unit, world.finance_unit, world.inspection_unit, world.unit_b):
            accept(world, staff, unit, None, "2025-Q1", no_value="not_applicable")
        accept(world, staff, world.unit_a, 40, "2025-Q1")
        row = figure(staff, world.province, "2025-Q1")
        assert (row.value, row.made_from["expected"], row.flags) == (Decimal(40), 1, [])

    def test_a_unit_counts_while_it_is_in_force(self, world: World) -> None:
        staff = make_indicator("CB", by=world.chi, over_units="sum", **COUNT)
        gone = make_unit("cu", parent=world.province, valid_to=span_of("2025-Q3").first_day)
        accept(world, staff, gone, 5, "2025-Q2")
        accept(world, staff, gone, 5, "2025-Q3")
        accept(world, staff, world.unit_a, 1, "2025-Q3")
        assert values(staff, world.province)["2025-Q2"] == 5
        assert values(staff, world.province)["2025-Q3"] == 1

    def test_quarters_make_half_years_and_years(self, world: World) -> None:
        staff = make_indicator("CB", by=world.chi, over_time="sum", over_units="sum", **COUNT)
        for quarter, value in enumerate([1, 2, 4, 8], start=1):
            accept(world, staff, world.unit_a, value, f"2025-Q{quarter}")
        of_a = {"2025-Q1": 1, "2025-Q2": 2, "2025-Q3": 4, "2025-Q4": 8, "2025-H1": 3, "2025-H2": 12, "2025": 15}
        assert values(staff, world.unit_a) == values(staff, world.province) == of_a

    def test_what_adds_up_is_judged_by_the_year_and_each_unit_has_its_own_share(self, world: World) -> None:
        staff = make_indicator("CB", by=world.chi, over_time="sum", over_units="sum", **COUNT)
        make_target(staff, 10, by=world.chi, due_on=span_of("2025").last_day)
        make_target(staff, 100, by=world.chi, due_on=span_of("2025").last_day, unit=world.province)
        for quarter in range(1, 5):
            accept(world, staff, world.unit_a, 3, f"2025-Q{quarter}")
            for unit in (world.coordinator_unit, world.finance_unit, world.inspection_unit, world.unit_b):
                accept(world, staff, unit, 0, f"2025-Q{quarter}")
        assert figure(staff, world.unit_a, "2025-Q1").state == "no_target"
        assert figure(staff, world.unit_a, "2025").state == "exceeded"
        assert figure(staff, world.province, "2025").state == "not_met"

    @pytest.mark.parametrize(("direction", "comparator", "first"), [("down", "le", 60), ("up", "ge", 140)])
    def test_a_year_of_which_quarters_are_missing_is_not_judged(
        self, world: World, direction: str, comparator: str, first: int
    ) -> None:
        cases = make_indicator("VV", by=world.chi, over_time="sum", direction=direction, **COUNT)
        make_target(cases, 100, by=world.chi, due_on=span_of("2025").last_day, comparator=comparator, unit=world.unit_a)
        accept(world, cases, world.unit_a, first, "2025-Q1")
        row = figure(cases, world.unit_a, "2025")
        assert (row.value, row.state, row.progress, row.distance, row.target) == (first, "no_data", None, None, None)
        assert said([row.not_computable]) == ["Mới có 1 trên 4 phần; thiếu 2025-Q2, 2025-Q3, 2025-Q4."]
        for quarter in (2, 3, 4):
            accept(world, cases, world.unit_a, 60, f"2025-Q{quarter}")
        row = figure(cases, world.unit_a, "2025")
        assert row.state == ("not_met" if direction == "down" else "exceeded")

    def test_a_whole_of_which_units_are_silent_is_not_judged_nor_is_what_is_made_of_it(self, world: World) -> None:
        rate = make_indicator("TL", by=world.chi, over_units="mean", over_time="mean", **COUNT)
        double = make_indicator("GD", by=world.chi, expression="[TL] * 2", **COUNT)
        units = (world.coordinator_unit, world.finance_unit, world.inspection_unit, world.unit_b, world.unit_a)
        for each in (rate, double):
            make_target(each, 50, by=world.chi, due_on=span_of("2025-Q1").last_day)
        for number, unit in enumerate(units, 1):
            accept(world, rate, unit, 90, "2025-Q1")
            expected = "exceeded" if number == len(units) else "no_data"
            assert [figure(each, world.province, "2025-Q1").state for each in (rate, double)] == [expected, expected]
        assert figure(rate, world.province, "2025").state == "no_data"  # five units, each with one quarter of four

    def test_of_a_level_the_last_part_tells(self, world: World) -> None:
        rate = make_indicator("TL", by=world.chi, over_time="last", **COUNT)
        make_target(rate, 50, by=world.chi, due_on=span_of("2025").last_day)
        accept(world, rate, world.unit_a, 90, "2025-Q3")
        assert figure(rate, world.unit_a, "2025").state == "no_data"
        accept(world, rate, world.unit_a, 90, "2025-Q4")
        assert figure(rate, world.unit_a, "2025").state == "exceeded"

    def test_a_ratio_of_sums_per_unit_and_for_the_whole(self, world: World) -> None:
        trained = make_indicator("DT", by=world.chi, over_units="sum", **COUNT)
        staff = make_indicator("CB", by=world.chi, over_units="sum", **COUNT)
        share = make_indicator(
            "TL", by=world.chi, over_units="ratio", numerator=trained, denominator=staff,
            measured_kinds=["department"], frequency="quarter",
        )  # fmt: skip
        make_target(share, 100, by=world.chi)
        for unit, over, under in ((world.unit_a, 90, 100), (world.unit_b, 1, 10)):
            accept(world, trained, unit, over, "2025-Q1")
            accept(world, staff, unit, under, "2025-Q1")
        accept(world, trained, world.finance_unit, 7, "2025-Q1")  # its denominator has not come
        assert [figure(share, unit, "2025-Q1").value for unit in (world.unit_a, world.unit_b)] == [90, 10]
        whole = figure(share, world.province, "2025-Q1")
        assert (whole.value, whole.made_from["parts"]) == (Decimal("82.727273"), 2)
        assert figure(share, world.unit_a, "2025").value == 90

    def test_a_weighted_mean_follows_its_weights(self, world: World) -> None:
        people = make_indicator("DS", by=world.chi, **COUNT)
        rate = make_indicator(
            "TL", by=world.chi, over_units="weighted", weight=people, measured_kinds=["department"], frequency="quarter"
        )
        accept(world, rate, world.unit_a, 10, "2025-Q1")
        accept(world, rate, world.unit_b, 20, "2025-Q1")
        assert figure(rate, world.province, "2025-Q1").value is None
        accept(world, people, world.unit_a, 3, "2025-Q1")
        accept(world, people, world.unit_b, 1, "2025-Q1")
        assert figure(rate, world.province, "2025-Q1").value == Decimal("12.5")
        assert figure(rate, world.province, "2025").value == Decimal("12.5")

    def test_what_is_entered_for_the_whole_wins_and_the_sum_is_told(self, world: World) -> None:
        staff = make_indicator("CB", by=world.chi, over_units="sum", **COUNT)
        accept(world, staff, world.unit_a, 40, "2025-Q1")
        accept(world, staff, world.province, 45, "2025-Q1")
        row = figure(staff, world.province, "2025-Q1")
        assert (row.value, row.origin, said(row.flags)) == (Decimal(45), "entered", ["Gộp từ các phần cho 40."])

    def test_a_whole_that_waits_for_all_its_parts(self, world: World) -> None:
        staff = make_indicator("CB", by=world.chi, over_units="sum", checks={"parts": "all"}, **COUNT)
        accept(world, staff, world.unit_a, 40, "2025-Q1")
        row = figure(staff, world.province, "2025-Q1")
        assert (row.value, row.state) == (None, "no_data")
        assert said([row.no_value])[0].startswith("Mới có 1 trên 5 phần")


class TestComputed:
    @pytest.fixture
    def share(self, world: World) -> tuple[Indicator, Indicator, Indicator]:
        done = make_indicator(
            "HS-TT", by=world.chi, unit_code="dossier", over_units="sum", measured_kinds=["department"]
        )
        every = make_indicator("HS", by=world.chi, unit_code="dossier", over_units="sum", measured_kinds=["department"])
        rate = make_indicator("TL", by=world.chi, expression="[HS-TT] / [HS] * 100")
        make_target(rate, 80, by=world.chi)
        return done, every, rate

    def test_a_formula_over_the_same_unit_and_period_names_what_is_missing(
        self, world: World, share: tuple[Indicator, Indicator, Indicator]
    ) -> None:
        done, every, rate = share
        accept(world, done, world.unit_a, 30)
        row = figure(rate, world.unit_a)
        assert (row.value, row.origin, row.state) == (None, "computed", "no_data")
        assert said([row.no_value]) == ["Không tính được vì thiếu HS."]
        accept(world, every, world.unit_a, 40)
        assert (figure(rate, world.unit_a).value, figure(rate, world.province).value) == (Decimal(75), Decimal(75))
        accept(world, every, world.unit_b, 60)
        assert figure(rate, world.province).value == 30
        assert figure(rate, world.unit_b).value is None

    def test_a_denominator_of_0_is_no_number(self, world: World, share: tuple[Indicator, Indicator, Indicator]) -> None:
        done, every, rate = share
        accept(world, done, world.unit_a, 0)
        accept(world, every, world.unit_a, 0)
        assert said([figure(rate, world.unit_a).no_value]) == ["Không tính được vì mẫu số bằng 0."]

    def test_formulas_of_formulas_follow_in_their_order(
        self, world: World, share: tuple[Indicator, Indicator, Indicator]
    ) -> None:
        done, every, _rate = share
        rest = make_indicator("CON", by=world.chi, expression="100 - [TL]")
        accept(world, done, world.unit_a, 30)
        accept(world, every, world.unit_a, 40)
        assert figure(rest, world.unit_a).value == 25

    def test_a_withdrawn_input_takes_its_figures_away(
        self, world: World, share: tuple[Indicator, Indicator, Indicator]
    ) -> None:
        done, _every, _rate = share
        accept(world, done, world.unit_a, 30)
        Observation.objects.update(is_current=False)
        got = refresh([Cell(done.pk, world.unit_a.pk, "2025")], at=NOON)
        assert (got.written, got.removed) == (0, 4)
        assert not Figure.objects.exists()


def grow(world: World, units: int) -> tuple[Indicator, list[Unit]]:
    """A sum over communes with a formula beside it, and others that have nothing to do with it."""
    counted: dict[str, Any] = {
        "unit_code": "person",
        "measured_kinds": ["commune"],
        "over_units": "sum",
        "frequency": "quarter",
    }
    people = make_indicator("DS", by=world.chi, **counted)
    make_indicator("GAP-DOI", by=world.chi, unit_code="person", expression="[DS] * 2", frequency="quarter")
    other = make_indicator("KHAC", by=world.chi, **counted)
    communes = [make_unit(f"xa-{number}", kind="commune", parent=world.province) for number in range(units)]
    for unit in communes:
        for indicator in (people, other):
            accept(world, indicator, unit, 10, "2025-Q1")
    return people, communes


class TestOnlyWhatDepends:
    def test_one_new_value_writes_only_what_is_made_of_it(self, world: World) -> None:
        people, communes = grow(world, 3)
        before = dict(Figure.objects.values_list("pk", "made_at"))
        make_observation(
            people, communes[0], 11, by=world.an, accepted_by=world.chi, period="2025-Q1",
            period_end=span_of("2025-Q1").last_day,
        )  # fmt: skip
        got = refresh([Cell(people.pk, communes[0].pk, "2025-Q1")], at=LATER)
        changed = Figure.objects.filter(made_at=LATER)
        # The commune and the whole, for the quarter, the half and the year, and as much again by the formula.
        assert got.written == changed.count() == 2 * 3 * 2
        assert set(changed.values_list("indicator__code", flat=True)) == {"DS", "GAP-DOI"}
        assert {
            pk: at for pk, at in Figure.objects.values_list("pk", "made_at") if at == NOON
        }.items() <= before.items()

    def test_an_unchanged_value_writes_nothing(self, world: World) -> None:
        people, communes = grow(world, 2)
        assert refresh([Cell(people.pk, communes[0].pk, "2025-Q1")], at=LATER).written == 0
        assert refresh([], at=LATER) == Refreshed()

    def test_the_number_of_queries_grows_neither_with_units_nor_with_cells(self, world: World) -> None:
        people, communes = grow(world, 2)
        counts = []
        for cells in (communes[:1], communes):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                refresh([Cell(people.pk, unit.pk, "2025-Q1") for unit in cells], at=LATER)
            counts.append(len(queries))
        make_unit("xa-moi", kind="commune", parent=world.province)
        with CaptureQueriesContext(connection) as queries:
            refresh([Cell(people.pk, communes[0].pk, "2025-Q1")], at=LATER)
        assert counts[0] == counts[1] <= 12
        assert len(queries) <= counts[0] + 1  # one more unit is expected now, so the whole is written

    def test_a_passport_or_a_target_that_changes_is_refreshed_by_its_cells(self, world: World) -> None:
        people, _communes = grow(world, 2)
        make_target(people, 20, by=world.chi, unit=world.province, due_on=span_of("2025").last_day)
        cells = [
            Cell(*row)
            for row in Figure.objects.filter(indicator=people).values_list("indicator", "unit", "period", "slice")
        ]
        refresh(cells, at=LATER)
        assert figure(people, world.province, "2025-Q1").state == "met"
        Passport.objects.filter(indicator=people).update(over_units="mean")
        refresh(cells, at=LATER)
        assert figure(people, world.province, "2025-Q1").value == 10


def test_a_formula_going_round_in_a_circle_writes_nothing(world: World) -> None:
    one = make_indicator("A", by=world.chi, expression="[B]")
    make_indicator("B", by=world.chi, expression="[A]")
    with pytest.raises(ValueError, match="quay vòng: A → B → A"):
        refresh([Cell(one.pk, world.province.pk, "2025")], at=NOON)


def test_the_command_makes_everything_again_and_says_so(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    grow(world, 2)
    expected = content()
    call_command("refresh_figures")
    assert "ghi 0 dòng, bỏ 0 dòng" in capsys.readouterr().out
    Figure.objects.all().delete()
    call_command("refresh_figures")
    assert f"ghi {len(expected)} dòng" in capsys.readouterr().out
    assert content() == expected


def test_what_stands_where_nothing_is_known_is_taken_away(world: World) -> None:
    _people, _communes = grow(world, 1)
    Observation.objects.all().delete()
    assert refresh_all(at=LATER).removed > 0
    assert not Figure.objects.exists()


class TestUnitsThatChange:
    """A value stands with the unit it was measured in; a whole counts the units in force on the period's last day."""

    def changing(self, world: World) -> Indicator:
        counted = make_indicator("LD", by=world.chi, over_units="sum", **COUNT)
        for period in ("2025-Q4", "2026-Q1"):
            accept(world, counted, world.unit_a, 3, period)
            accept(world, counted, world.unit_b, 4, period)
        return counted

    def test_former_periods_keep_their_whole_and_later_ones_count_the_units_there_are(self, world: World) -> None:
        counted = self.changing(world)
        assert {"2025-Q4": 7, "2026-Q1": 7}.items() <= values(counted, world.province).items()
        Unit.objects.filter(pk=world.unit_b.pk).update(valid_to=date(2026, 3, 1))
        refresh_wholes(since=date(2026, 3, 1), at=LATER)
        assert {"2025-Q4": 7, "2026-Q1": 3}.items() <= values(counted, world.province).items()
        assert {"2025-Q4": 4, "2026-Q1": 4}.items() <= values(counted, world.unit_b).items()
        before = content()
        refresh_all(at=LATER)
        assert content() == before

    def test_a_unit_whose_making_was_undone_is_waited_for_no_more(self, world: World) -> None:
        counted = self.changing(world)
        made = make_unit("so-moi", parent=world.province, valid_from=date(2026, 3, 1))
        refresh_wholes(since=date(2026, 3, 1), at=LATER)
        missing = figure(counted, world.province, "2026-Q1").made_from
        Unit.objects.filter(pk=made.pk).update(withdrawn_at=LATER)
        refresh_wholes(since=date(2026, 3, 1), at=LATER)
        assert figure(counted, world.province, "2026-Q1").made_from != missing
        before = content()
        refresh_all(at=LATER)
        assert content() == before

    def test_a_unit_that_moves_counts_with_its_old_whole_before_and_its_new_one_after(self, world: World) -> None:
        counted = self.changing(world)
        other = make_unit("ubnd-khac", kind="committee")
        make_change("move", world.unit_a, parent=other, on=date(2026, 3, 1))
        refresh_wholes(since=date(2026, 3, 1), at=LATER)
        assert {"2025-Q4": 7, "2026-Q1": 4}.items() <= values(counted, world.province).items()
        assert values(counted, other)["2026-Q1"] == 3
        assert "2025-Q4" not in values(counted, other)
        before = content()
        refresh_all(at=LATER)
        assert content() == before

    def test_a_late_value_for_a_former_period_reaches_the_whole_of_that_day(self, world: World) -> None:
        counted = self.changing(world)
        other = make_unit("ubnd-khac", kind="committee")
        make_change("move", world.unit_a, parent=other, on=date(2026, 3, 1))
        accept(world, counted, world.unit_a, 30, "2025-Q3")
        accept(world, counted, world.unit_a, 50, "2026-Q2")
        assert values(counted, world.province)["2025-Q3"] == 30
        assert "2026-Q2" not in values(counted, world.province)
        assert values(counted, other)["2026-Q2"] == 50
