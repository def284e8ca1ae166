"""Progress, state and distance: the defects found in other systems, each by its name, and what must always hold."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.oracles.progress import progress_by_hand, state_by_hand
from tiendo.indicators.courses import STEP, Course, Point, Threshold
from tiendo.indicators.progress import Basis, judge, reach
from tiendo.indicators.states import Comparator, Direction, Measure, Purpose, State
from tiendo.ui.formats import percent_text

END = date(2030, 12, 31)
RANK = {State.NOT_MET: 0, State.ON_TRACK: 1, State.MET: 2, State.EXCEEDED: 3}


def d(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def course(
    final: str | None = "100",
    *,
    baseline: str | None = None,
    direction: Direction = Direction.UP,
    comparator: Comparator = Comparator.AT_LEAST,
    upper: str | None = None,
    full: str | None = None,
    path: tuple[tuple[int, str], ...] = (),
    measure: Measure = Measure.NUMBER,
    straight_line: bool = False,
) -> Course:
    """A course to the end of 2030 from the end of 2024, with milestones at the ends of years."""
    points = [
        Point(date(year, 12, 31), Threshold(comparator, Decimal(value)), Purpose.PATH, key=year) for year, value in path
    ]
    if final is not None:
        points.append(Point(END, Threshold(comparator, Decimal(final), d(upper), d(full)), key=2030))
    return Course(direction, tuple(points), d(baseline), date(2024, 12, 31), measure, straight_line)


DOWN = {"direction": Direction.DOWN, "comparator": Comparator.AT_MOST}


class TestDefectsFoundElsewhere:
    """Each of them was wrong in a system in use."""

    def test_falling_from_60000_to_50000_at_59000_is_10_percent(self) -> None:
        got = judge(Decimal(59000), END, course("50000", baseline="60000", **DOWN))  # type: ignore[arg-type]
        assert (got.progress, got.state) == (Decimal(10), State.NOT_MET)

    def test_115_of_100_is_115_percent(self) -> None:
        got = judge(Decimal(115), END, course("100", baseline="0"))
        assert (got.progress, got.state) == (Decimal(115), State.EXCEEDED)

    def test_115_of_100_without_a_baseline_is_115_percent_too_and_says_what_it_is(self) -> None:
        got = judge(Decimal(115), END, course("100"))
        assert (got.progress, got.basis) == (Decimal(115), Basis.RATIO)

    @pytest.mark.parametrize("value", ["99.6", "99.96", "99.999999"])
    def test_99_6_is_never_shown_as_100(self, value: str) -> None:
        got = judge(Decimal(value), END, course("100", baseline="0"))
        assert got.progress is not None
        assert got.progress < 100
        assert not percent_text(got.progress).startswith("100")
        assert got.state is State.NOT_MET

    def test_a_baseline_that_is_not_0_is_not_progress(self) -> None:
        assert judge(Decimal(50), END, course("100", baseline="50")).progress == 0
        assert judge(Decimal(75), END, course("100", baseline="50")).progress == 50

    def test_a_falling_target_of_0_is_reached_at_0(self) -> None:
        falling = course("0", baseline="40", **DOWN)  # type: ignore[arg-type]
        assert judge(Decimal(10), END, falling).progress == 75
        done = judge(Decimal(0), END, falling)
        assert (done.progress, done.state) == (Decimal(100), State.MET)

    def test_a_rising_target_of_0_from_below_is_a_way_like_any_other(self) -> None:
        assert judge(Decimal(-5), END, course("0", baseline="-20")).progress == 75

    @pytest.mark.parametrize("target", ["0", "-3"])
    def test_a_target_of_0_or_below_without_a_baseline_is_not_computable(self, target: str) -> None:
        got = judge(Decimal(1), END, course(target))
        assert (got.progress, got.state) == (None, State.EXCEEDED)
        assert got.not_computable == "Đích không lớn hơn 0 mà không có mức xuất phát."

    def test_a_falling_target_without_a_baseline_is_not_computable(self) -> None:
        got = judge(Decimal(5), END, course("3", **DOWN))  # type: ignore[arg-type]
        assert (got.progress, got.state) == (None, State.NOT_MET)
        assert got.not_computable == "Không có mức xuất phát nên không biết đã đi được bao nhiêu."

    @pytest.mark.parametrize(("value", "state"), [("79", "not_met"), ("80", "met"), ("81", "exceeded")])
    def test_a_target_equal_to_the_baseline_is_not_computable_but_has_a_state(self, value: str, state: str) -> None:
        got = judge(Decimal(value), END, course("80", baseline="80"))
        assert (got.progress, got.state) == (None, State(state))
        assert got.not_computable == "Mức xuất phát bằng đích nên không có quãng đường để tính."

    def test_a_target_the_baseline_already_meets_is_not_computable_and_no_fall_is_progress(self) -> None:
        got = judge(Decimal(70), END, course("80", baseline="90"))
        assert (got.progress, got.state) == (None, State.NOT_MET)
        assert got.not_computable == "Mức xuất phát đã đạt đích nên không có quãng đường để tính."

    def test_overshoot_is_not_cut(self) -> None:
        assert judge(Decimal(45000), END, course("50000", baseline="60000", **DOWN)).progress == 150  # type: ignore[arg-type]

    def test_the_wrong_direction_is_negative(self) -> None:
        assert judge(Decimal(61000), END, course("50000", baseline="60000", **DOWN)).progress == -10  # type: ignore[arg-type]
        assert judge(Decimal(40), END, course("100", baseline="50")).progress == -20

    @pytest.mark.parametrize("threshold", ["-10", "80", "100"])
    @pytest.mark.parametrize(
        ("comparator", "met"), [("ge", True), ("gt", False), ("eq", True), ("le", True), ("lt", False)]
    )
    def test_a_value_exactly_on_a_threshold_counts_by_its_comparator(
        self, threshold: str, comparator: str, met: bool
    ) -> None:
        direction = Direction.DOWN if comparator in {"le", "lt"} else Direction.UP
        aim = course(threshold, comparator=Comparator(comparator), direction=direction)
        assert judge(Decimal(threshold), END, aim).state is (State.MET if met else State.NOT_MET)

    def test_no_value_is_no_data_and_never_a_number(self) -> None:
        got = judge(None, END, course("100", baseline="0"))
        assert (got.state, got.progress, got.distance) == (State.NO_DATA, None, None)
        assert got.not_computable == "Chưa có số liệu."

    def test_nothing_asked_for_is_neither_met_nor_missed(self) -> None:
        got = judge(Decimal(7), END, course(None))
        assert (got.state, got.progress, got.not_computable) == (State.NO_TARGET, None, "Chưa đặt mục tiêu.")


class TestComparatorsAndLevels:
    def test_more_than_at_its_threshold_is_one_step_short(self) -> None:
        got = judge(Decimal("0.7"), END, course("0.7", baseline="0.6", comparator=Comparator.MORE_THAN))
        assert (got.progress, got.state) == (100 - STEP, State.NOT_MET)
        assert percent_text(got.progress or Decimal(0)) == "99,9\N{NO-BREAK SPACE}%"

    def test_equal_knows_no_more(self) -> None:
        exactly = course("9", baseline="0", comparator=Comparator.EQUAL)
        assert judge(Decimal(9), END, exactly).state is State.MET
        beyond = judge(Decimal(10), END, exactly)
        assert (beyond.state, (beyond.progress or 0) < 100) == (State.NOT_MET, True)

    def test_a_milestone_of_equal_may_be_ahead(self) -> None:
        aim = course("9", baseline="0", comparator=Comparator.EQUAL, path=((2026, "4"),))
        assert judge(Decimal(5), date(2026, 12, 31), aim).state is State.ON_TRACK

    @pytest.mark.parametrize(
        ("value", "up", "down", "within"),
        [
            ("15.9", "not_met", "exceeded", "not_met"),
            ("16", "met", "met", "met"),
            ("17", "met", "met", "met"),
            ("18", "met", "met", "met"),
            ("18.1", "exceeded", "not_met", "not_met"),
        ],
    )
    def test_a_range_by_the_good_direction(self, value: str, up: str, down: str, within: str) -> None:
        between = Threshold(Comparator.BETWEEN, Decimal(16), Decimal(18))
        got = [reach(Decimal(value), between, direction) for direction in Direction]
        assert got == [State(up), State(down), State(within)]

    def test_a_range_to_stay_in_is_neared_from_either_side(self) -> None:
        aim = course("16", upper="18", baseline="10", comparator=Comparator.BETWEEN, direction=Direction.WITHIN)
        assert [judge(Decimal(value), END, aim).progress for value in (10, 13, 16, 18, 21, 24)] == [
            0,
            50,
            100,
            100,
            50,
            0,
        ]

    @pytest.mark.parametrize(("value", "state"), [("1", "not_met"), ("2", "met"), ("3", "met"), ("4", "exceeded")])
    def test_a_pair_of_pass_and_full_values(self, value: str, state: str) -> None:
        assert judge(Decimal(value), END, course("2", full="3", baseline="0")).state is State(state)

    @pytest.mark.parametrize(("value", "state"), [("3", "met"), ("2", "exceeded"), ("4", "not_met")])
    def test_a_rank_is_better_when_lower(self, value: str, state: str) -> None:
        got = judge(Decimal(value), END, course("3", baseline="6", **DOWN))  # type: ignore[arg-type]
        assert got.state is State(state)

    def test_a_scale_of_levels_has_a_state_and_no_percent(self) -> None:
        got = judge(Decimal(3), END, course("3", baseline="1", measure=Measure.LEVEL))
        assert (got.state, got.progress) == (State.MET, None)
        assert got.not_computable == "Thang mức chỉ có thứ bậc, không chia được thành phần trăm."

    def test_a_sign_against_the_good_direction_is_not_computable(self) -> None:
        got = judge(Decimal(5), END, course("3", baseline="1", comparator=Comparator.AT_MOST))
        assert (got.state, got.progress) == (State.NOT_MET, None)
        assert got.not_computable == "Dấu so sánh của đích trái với chiều tốt của chỉ tiêu."

    def test_a_way_too_short_to_divide_by_is_not_computable(self) -> None:
        got = judge(Decimal(10) ** 17, END, course("0.000001", baseline="0"))
        assert got.progress is None
        assert "quá gần đích" in str(got.not_computable)


class TestPath:
    PATH = ((2025, "20"), (2026, "40"))

    @pytest.mark.parametrize(
        ("on", "value", "state", "target"),
        [
            (date(2025, 6, 30), "10", "on_track", 2025),  # no milestone due yet: not worse than the baseline
            (date(2025, 6, 30), "9.9", "not_met", 2025),
            (date(2025, 12, 30), "19.9", "on_track", 2025),
            (date(2025, 12, 31), "19.9", "not_met", 2025),  # the day itself
            (date(2025, 12, 31), "20", "on_track", 2025),
            (date(2026, 12, 30), "20", "on_track", 2025),  # the milestone due last stays in force
            (date(2026, 12, 31), "20", "not_met", 2026),
            (date(2028, 12, 31), "40", "on_track", 2026),
            (date(2030, 12, 31), "99", "not_met", 2030),
            (date(2030, 12, 31), "100", "met", 2030),
            (date(2031, 12, 31), "99", "not_met", 2030),  # a past end stays in force
            (date(2025, 12, 31), "100", "met", 2025),  # there before the day
        ],
    )
    def test_the_milestone_due_last_decides(self, on: date, value: str, state: str, target: int) -> None:
        got = judge(Decimal(value), on, course("100", baseline="10", path=self.PATH))
        assert (got.state, got.target and got.target.key) == (State(state), target)

    def test_without_milestones_nothing_is_on_track(self) -> None:
        assert judge(Decimal(90), date(2026, 12, 31), course("100", baseline="10")).state is State.NOT_MET

    def test_without_baseline_nothing_is_on_track_before_the_first_milestone(self) -> None:
        assert judge(Decimal(19), date(2025, 6, 30), course("100", path=self.PATH)).state is State.NOT_MET

    def test_milestones_without_an_end_have_the_last_as_their_end(self) -> None:
        aim = course(None, baseline="10", path=self.PATH)
        assert judge(Decimal(40), date(2026, 12, 31), aim).state is State.MET
        assert judge(Decimal(25), date(2025, 12, 31), aim).progress == 50

    def test_distance_is_the_value_less_the_milestone(self) -> None:
        aim = course("100", baseline="10", path=self.PATH)
        assert judge(Decimal(15), date(2026, 6, 30), aim).distance == -5
        assert judge(Decimal(45), date(2026, 12, 31), aim).distance == 5

    def test_distance_to_a_range_is_to_its_nearer_end(self) -> None:
        aim = course("16", upper="18", comparator=Comparator.BETWEEN, direction=Direction.WITHIN)
        assert [judge(Decimal(value), END, aim).distance for value in ("15", "17", "20")] == [-1, 0, 2]

    def test_distance_to_the_straight_line_only_where_asked_for(self) -> None:
        aim = course("100", baseline="10", path=self.PATH, straight_line=True)
        middle = date(2026, 7, 1)  # 182 of 365 days between the milestones
        line = Decimal(20) + Decimal(20) * 182 / 365
        assert judge(Decimal(30), middle, aim).distance == Decimal(30) - line.quantize(STEP)
        assert judge(Decimal(30), date(2026, 12, 31), aim).distance == -10
        assert judge(Decimal(30), date(2035, 1, 1), aim).distance == -70
        assert judge(Decimal(30), date(2020, 1, 1), aim).distance == 20


VALUES = st.decimals(-10_000, 10_000, places=3)
SIGNS = st.sampled_from(
    [Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.EQUAL, Comparator.AT_MOST, Comparator.LESS_THAN]
)
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@st.composite
def courses(draw: st.DrawFn, signs: st.SearchStrategy[Comparator] = SIGNS) -> Course:
    """Rising and falling courses with up to three milestones, with or without an end and a baseline."""
    comparator = draw(signs)
    rising = {
        Comparator.AT_LEAST: True,
        Comparator.MORE_THAN: True,
        Comparator.AT_MOST: False,
        Comparator.LESS_THAN: False,
    }
    up = rising.get(comparator, True) if comparator in rising else draw(st.booleans())
    years = draw(st.lists(st.integers(2025, 2029), unique=True, max_size=3))
    points = [Point(date(year, 12, 31), Threshold(comparator, draw(VALUES)), Purpose.PATH) for year in years]
    if draw(st.booleans()):
        points.append(Point(END, Threshold(comparator, draw(VALUES))))
    baseline = draw(st.none() | VALUES)
    return Course(Direction.UP if up else Direction.DOWN, tuple(points), baseline, date(2024, 12, 31))


ONE_SIDED = courses(st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST]))


@given(VALUES, DAYS, courses())
def test_the_state_is_the_one_worked_out_by_hand(value: Decimal, on: date, aim: Course) -> None:
    assert judge(value, on, aim).state is state_by_hand(Fraction(value), on, aim)


@given(VALUES, DAYS, ONE_SIDED)
def test_the_progress_is_the_one_worked_out_by_hand_cut_towards_less(value: Decimal, on: date, aim: Course) -> None:
    assume(aim.points)
    got, exact = judge(value, on, aim).progress, progress_by_hand(Fraction(value), on, aim)
    assert (got is None) == (exact is None)
    if got is not None and exact is not None:
        assert 0 <= exact - Fraction(got) < Fraction(STEP)


@given(VALUES, DAYS, courses())
def test_there_is_a_progress_or_a_reason_and_never_both(value: Decimal, on: date, aim: Course) -> None:
    got = judge(value, on, aim)
    assert (got.progress is None) == (got.not_computable is not None) == (got.basis is None)


@given(VALUES, DAYS, courses())
def test_100_percent_is_there_exactly_when_the_end_is_reached(value: Decimal, on: date, aim: Course) -> None:
    got = judge(value, on, aim)
    if got.progress is not None:
        assert (got.progress >= 100) == (got.state in {State.MET, State.EXCEEDED})


@given(VALUES, VALUES, DAYS, ONE_SIDED)
def test_a_better_value_never_has_a_worse_state_or_less_progress(
    one: Decimal, other: Decimal, on: date, aim: Course
) -> None:
    worse, better = sorted([one, other], reverse=aim.direction is Direction.DOWN)
    low, high = judge(worse, on, aim), judge(better, on, aim)
    if aim.points:
        assert RANK[low.state] <= RANK[high.state]
    if low.progress is not None and high.progress is not None:
        assert low.progress <= high.progress


def moved(aim: Course, factor: Decimal, shift: Decimal) -> Course:
    """The same course told in another unit of measure."""
    points = tuple(
        Point(each.due_on, Threshold(each.threshold.comparator, each.threshold.value * factor + shift), each.purpose)
        for each in aim.points
    )
    baseline = None if aim.baseline is None else aim.baseline * factor + shift
    return Course(aim.direction, points, baseline, aim.baseline_on)


@given(VALUES, DAYS, courses(), st.sampled_from(["0.001", "0.5", "3", "1000"]), st.integers(-500, 500))
def test_another_unit_of_measure_changes_neither_state_nor_progress(
    value: Decimal, on: date, aim: Course, factor: str, shift: int
) -> None:
    """A shift moves the zero, so it is allowed only where 0 % is a baseline; a ratio to the target needs its zero."""
    moving = Decimal(shift) if aim.baseline is not None else Decimal(0)
    before, after = (
        judge(value, on, aim),
        judge(value * Decimal(factor) + moving, on, moved(aim, Decimal(factor), moving)),
    )
    assert (before.state, before.progress) == (after.state, after.progress)


@given(st.integers(-1000, 1000), SIGNS)
def test_on_the_threshold_itself_the_sign_decides(value: int, comparator: Comparator) -> None:
    direction = Direction.DOWN if comparator in {Comparator.AT_MOST, Comparator.LESS_THAN} else Direction.UP
    strict = comparator in {Comparator.MORE_THAN, Comparator.LESS_THAN}
    got = reach(Decimal(value), Threshold(comparator, Decimal(value)), direction)
    assert got is (State.NOT_MET if strict else State.MET)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(VALUES, DAYS, courses())
def test_a_milestone_far_ahead_changes_nothing_once_another_is_due(value: Decimal, on: date, aim: Course) -> None:
    assume(any(each.due_on <= on for each in aim.points) and any(each.purpose is Purpose.FINAL for each in aim.points))
    later = Point(max(on, END) + timedelta(days=1), Threshold(Comparator.AT_LEAST, Decimal(1)), Purpose.PATH)
    longer = Course(aim.direction, (*aim.points, later), aim.baseline, aim.baseline_on)
    assert judge(value, on, longer) == judge(value, on, aim)
