from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tiendo.plans.states import WorkState
from tiendo.reporting.flags import Code, Flag, Limits, Neighbour, Severity, flags
from tiendo.reporting.rules import Values

FROM, TO, TODAY = date(2026, 1, 1), date(2026, 7, 1), date(2026, 7, 5)
LONG = "Đã lắp đặt 12 trạm phát sóng tại các xã vùng cao, nghiệm thu 10 trạm"
CLEAN = Values(
    state=WorkState.IN_PROGRESS,
    percent=Decimal(60),
    result=LONG,
    money_used=Decimal(500),
    money_allocated=Decimal(900),
    percent_estimate=Decimal(90),
)
BEFORE = Values(state=WorkState.IN_PROGRESS, percent=Decimal(40), result="Đã khảo sát vị trí", money_used=Decimal(300))


def found(values: Values = CLEAN, before: Values | None = BEFORE, **given: object) -> tuple[Flag, ...]:
    known: dict[str, object] = {"evidence": 1, "on": TODAY, "data_from": FROM, "data_to": TO}
    return flags(values, before, **(known | given))  # type: ignore[arg-type]


def codes(values: Values = CLEAN, before: Values | None = BEFORE, **given: object) -> set[Code]:
    return {flag.code for flag in found(values, before, **given)}


def test_a_usual_report_is_clean() -> None:
    assert found() == ()
    assert found(before=None) == ()


@pytest.mark.parametrize(("percent", "flagged"), [("89.99", False), ("90", True), ("90.01", True), ("40", False)])
def test_a_rise_of_exactly_the_limit_is_a_jump(percent: str, flagged: bool) -> None:
    risen = replace(CLEAN, percent=Decimal(percent), percent_estimate=None)
    assert (Code.JUMP in codes(risen)) is flagged


def test_the_limit_of_a_jump_is_a_setting() -> None:
    assert Code.JUMP in codes(limits=Limits(jump=Decimal(20)))
    assert Code.JUMP not in codes(limits=Limits(jump=Decimal("20.01")))


@pytest.mark.parametrize(("percent", "flagged"), [("39.99", True), ("40", False), ("40.01", False)])
def test_a_fall_of_the_percentage_is_a_regression(percent: str, flagged: bool) -> None:
    assert (Code.REGRESSION in codes(replace(CLEAN, percent=Decimal(percent)))) is flagged


def test_a_flag_says_both_values() -> None:
    fallen = next(f for f in found(replace(CLEAN, percent=Decimal("39.5"))) if f.code == Code.REGRESSION)
    assert fallen.sentence == "Tỷ lệ giảm còn 39,5%, trước đó là 40%."
    assert fallen.severity == Severity.WARNING


@pytest.mark.parametrize(
    ("then", "now", "flagged"),
    [
        (WorkState.COMPLETED, WorkState.IN_PROGRESS, True),
        (WorkState.IN_PROGRESS, WorkState.NOT_STARTED, True),
        (WorkState.PAUSED, WorkState.NOT_STARTED, True),
        (WorkState.IN_PROGRESS, WorkState.PAUSED, False),
        (WorkState.PAUSED, WorkState.IN_PROGRESS, False),
        (WorkState.NOT_STARTED, WorkState.IN_PROGRESS, False),
        (WorkState.CANCELLED, WorkState.IN_PROGRESS, False),
    ],
)
def test_a_state_moved_backwards(then: WorkState, now: WorkState, flagged: bool) -> None:
    assert (Code.BACKWARDS in codes(replace(CLEAN, state=now), replace(BEFORE, state=then))) is flagged


@pytest.mark.parametrize(
    ("state", "percent", "evidence", "flagged"),
    [
        (WorkState.COMPLETED, None, 0, True),
        (WorkState.IN_PROGRESS, Decimal(100), 0, True),
        (WorkState.IN_PROGRESS, Decimal("99.99"), 0, False),
        (WorkState.COMPLETED, Decimal(100), 1, False),
    ],
)
def test_done_without_evidence(state: WorkState, percent: Decimal | None, evidence: int, flagged: bool) -> None:
    done = replace(CLEAN, state=state, percent=percent, percent_estimate=None)
    assert (Code.NO_EVIDENCE in codes(done, evidence=evidence)) is flagged


@pytest.mark.parametrize(("used", "flagged"), [("900", False), ("901", True), ("0", False)])
def test_money_over_what_was_allocated(used: str, flagged: bool) -> None:
    assert (Code.MONEY_OVER in codes(replace(CLEAN, money_used=Decimal(used)), None)) is flagged


@pytest.mark.parametrize(("used", "flagged"), [("299", True), ("300", False)])
def test_money_falls_within_a_year_only(used: str, flagged: bool) -> None:
    spent = replace(CLEAN, money_used=Decimal(used))
    assert (Code.MONEY_FALLEN in codes(spent)) is flagged
    assert Code.MONEY_FALLEN not in codes(spent, same_year=False)  # counted from 1 January anew


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FROM, set()),
        (FROM - timedelta(days=1), {Code.DATE_OUTSIDE}),
        (TO - timedelta(days=1), set()),
        (TO, {Code.DATE_OUTSIDE}),
        (TODAY, {Code.DATE_OUTSIDE}),
        (TODAY + timedelta(days=1), {Code.DATE_OUTSIDE, Code.DATE_AHEAD}),
    ],
)
def test_a_day_of_completion_outside_the_window(day: date, expected: set[Code]) -> None:
    assert codes(replace(CLEAN, state=WorkState.COMPLETED, completed_on=day)) == expected


def test_a_day_of_completion_before_the_task_was_given() -> None:
    done = replace(CLEAN, state=WorkState.COMPLETED, completed_on=date(2026, 3, 1))
    assert codes(done, given_on=date(2026, 3, 1)) == set()
    assert codes(done, given_on=date(2026, 3, 2)) == {Code.DATE_EARLY}


def test_a_day_accepted_before_is_not_held_against_this_window() -> None:
    day = date(2025, 11, 3)
    done = replace(CLEAN, state=WorkState.COMPLETED, completed_on=day)
    assert codes(done, replace(BEFORE, completed_on=day)) == set()


@pytest.mark.parametrize(("estimate", "flagged"), [("59.99", True), ("60", False)])
def test_an_estimate_below_what_is_reached(estimate: str, flagged: bool) -> None:
    assert (Code.ESTIMATE_LOW in codes(replace(CLEAN, percent_estimate=Decimal(estimate)))) is flagged


def test_words_repeated_from_the_last_period_whatever_their_marks() -> None:
    again = replace(CLEAN, result="DA KHAO SAT VI TRI.")
    assert codes(again) == {Code.SAME_AS_BEFORE}
    assert Code.SAME_AS_BEFORE not in codes(replace(CLEAN, result=""), replace(BEFORE, result=""))


def test_words_of_another_unit_name_the_unit() -> None:
    other = Neighbour("Sở Y tế", LONG.replace("10", "11"))
    flag = found(neighbours=[Neighbour("Sở Nội vụ", "Việc khác hẳn " * 5), other])[0]
    assert flag.code == Code.SAME_AS_OTHER
    assert "Sở Y tế" in flag.sentence
    assert len([f for f in found(neighbours=[other, other]) if f.code == Code.SAME_AS_OTHER]) == 1


def test_short_words_are_no_copy() -> None:
    short = replace(CLEAN, result="Đang thực hiện theo kế hoạch")
    assert codes(short, neighbours=[Neighbour("Sở Y tế", short.result)]) == set()
    exactly = replace(CLEAN, result="a" * 40)
    assert codes(exactly, neighbours=[Neighbour("Sở Y tế", exactly.result)]) == {Code.SAME_AS_OTHER}
