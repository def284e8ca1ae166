"""Scores of snapshots: the worked example of the method page, thresholds, missing, bands, quotas, ranks."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import tiendo_recompute
from tests.evaluation.contents import (
    FIGURE,
    OVERALL,
    QUALITY,
    REPORTS,
    TASKS,
    make_card,
    make_content,
    make_snapshot,
    make_task,
)
from tests.repository import ROOT
from tiendo.evaluation import content as parts
from tiendo.evaluation.content import CardOf, Held, JudgementOf, Outcome, ReliabilityOf, ReportsOf, Snapshot
from tiendo.evaluation.criteria import AtQuota, Base, Content, Deadline, Quota
from tiendo.evaluation.describing import number
from tiendo.evaluation.ranking import competition_ranks, most_of
from tiendo.evaluation.results import Result
from tiendo.evaluation.scoring import results_data, score
from tiendo.evaluation.shaping import Misfit
from tiendo.evaluation.shipped import preset
from tiendo.evaluation.states import Subject, Voice

D = Decimal
EXAMPLE = ROOT / "tests/documents/diem-vi-du.json"


def one(content: Content, card: CardOf) -> Result:
    return score(make_snapshot(content, card)).cards[0]


def points(content: Content, card: CardOf) -> Decimal:
    return one(content, card).criteria[0].points


def worked_example() -> Snapshot:
    """The department of docs/reference/scoring.md."""
    due = {"original_due": date(2026, 6, 30), "due": date(2026, 6, 30), "completed_on": date(2026, 6, 30)}
    first = make_task("T1", **due, outcomes=(Outcome("ct", "2026", "indicators.figure:1", D(80), "on_track"),))
    second = make_task("T2", **(due | {"completed_on": date(2026, 8, 1)}), roles=(Held("coordinating"),))
    third = make_task(
        "T3", **(due | {"completed_on": None}), state="in_progress", reported=None, record=None, evidence=()
    )
    said = (
        JudgementOf(1, "trach-nhiem", Voice.ASSESSOR, 3, None),
        JudgementOf(2, "trach-nhiem", Voice.ASSESSOR, 2, None),
        JudgementOf(3, "phoi-hop", Voice.COORDINATOR, 3, None),
        JudgementOf(4, "phoi-hop", Voice.SELF, 1, None),
    )
    audit = ReliabilityOf(10, 8, D("0.8"), D("0.44"), D("0.97"), D("0.95"))
    card = make_card("so-khcn", first, second, third, judgements=said, reliability=audit, group="so-nganh", figures=())
    content = preset("335-2025-nd-cp")
    weights = replace(content.task_weights, items={"1": "high"})
    snapshot = make_snapshot(
        replace(content, task_weights=weights),
        replace(card, name="Sở Khoa học và Công nghệ", reports=ReportsOf(4, 3, 1, 0, ("reporting.duty:1",))),
    )
    cycle = parts.CycleOf(1, "Đánh giá năm 2026", 2026, Subject.UNIT, date(2026, 1, 1), date(2027, 1, 1))
    return replace(snapshot, cycle=cycle, taken_on=date(2027, 1, 10), resamplings=20)


def test_worked_example_of_the_method_page() -> None:
    made = score(worked_example()).cards[0]
    assert made.score == D("57.89")
    assert made.band_name == "Hoàn thành nhiệm vụ"
    assert {each.code: each.points for each in made.criteria} == {
        "ky-luat": D("8.75"), "trach-nhiem": D(6), "phoi-hop": D(10), "nhiem-vu": D("33.139241"),
    }  # fmt: skip
    page = (ROOT / "docs/reference/scoring.md").read_text(encoding="utf-8")
    for each in made.criteria:
        row = next(line for line in page.splitlines() if line.startswith(f"| `{each.code}` |"))
        assert row.endswith(f"| {number(each.points)} |")
    assert f"**{number(made.score)}**" in page
    assert f"as reported is {number(made.reported_completion)} %" in page
    assert f"by outcomes {number(made.outcome_completion)} %" in page


def test_the_example_in_the_repository_is_that_one() -> None:
    snapshot = worked_example()
    assert EXAMPLE.read_bytes() == parts.export(snapshot, results_data(score(snapshot)))
    assert tiendo_recompute.checked(tiendo_recompute.read(str(EXAMPLE)))[1] == []
    assert parts.parse(json.loads(EXAMPLE.read_bytes())["snapshot"]) == snapshot


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        ("-10", 0),
        ("49.999999", 0),
        ("50", 5),
        ("79.99", 5),
        ("80", 8),
        ("99.6", 8),
        ("100", 10),
        ("115", 10),
    ],
)
def test_a_value_on_a_threshold_belongs_to_the_band_that_starts_there(progress: str, expected: int) -> None:
    figure = replace(make_card().figures[0], progress=D(progress))
    assert points(make_content(FIGURE), make_card(figures=(figure,))) == expected


def test_what_is_missing_gives_nothing_and_says_so() -> None:
    silent = make_card("A", make_task(reported=None), figures=(), judgements=(), reports=ReportsOf(2, 0, 0, 2))
    made = one(make_content(), silent)
    assert {each.code for each in made.criteria if each.missing} == {"kinh-te-so", "chi-dao"}
    lines = [line.text for each in made.criteria if each.missing for line in each.lines]
    assert sum("thiếu: tính 0 điểm" in line for line in lines) == 2
    assert any("thiếu báo cáo" in line.text for line in made.criteria[0].lines)


def test_without_any_task_the_results_of_tasks_are_missing() -> None:
    later = make_task(original_due=date(2027, 1, 1), due=date(2027, 1, 1))
    made = one(make_content(TASKS), make_card("A", later))
    assert made.score == 0
    assert made.criteria[0].missing
    assert made.reported_completion is None


def test_every_line_leads_to_records() -> None:
    made = one(make_content(), make_card())
    by_code = {each.code: each for each in made.criteria}
    assert "reporting.submission:T1" in by_code["nhiem-vu"].lines[0].ids
    assert by_code["kinh-te-so"].lines[0].ids == ("indicators.figure:A",)
    assert by_code["chi-dao"].lines[0].ids == ("evaluation.judgement:1",)
    assert by_code["bao-cao"].lines[0].ids == ("reporting.duty:1",)


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        ([(Voice.SELF, 3)], "0"),
        ([(Voice.COORDINATOR, 2), (Voice.SELF, 3)], "6"),
        ([(Voice.COORDINATOR, 1), (Voice.ASSESSOR, 3), (Voice.ASSESSOR, 3)], "10"),
        ([(Voice.ASSESSOR, 3), (Voice.ASSESSOR, 2)], "6"),
        ([(Voice.ASSESSOR, 3), (Voice.ASSESSOR, 1), (Voice.REFEREE, 3)], "10"),
        ([(Voice.ASSESSOR, 9)], "0"),
    ],
)
def test_whose_word_counts(voices: list[tuple[Voice, int]], expected: str) -> None:
    said = tuple(JudgementOf(number, "chi-dao", voice, level, None) for number, (voice, level) in enumerate(voices))
    assert points(make_content(QUALITY), make_card(judgements=said)) == D(expected)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "60"),
        ({"completed_on": date(2025, 7, 1)}, "45"),
        ({"completed_on": date(2025, 7, 1), "cause": "cv:1"}, "60"),
        ({"failed_checks": (parts.FailedCheck("c:1", "sai"), parts.FailedCheck("c:2", "sai", "cv:1"))}, "45"),
        ({"completed_on": date(2025, 7, 1), "failed_checks": (parts.FailedCheck("c:1", "sai"),)}, "30"),
        ({"failed_checks": tuple(parts.FailedCheck(f"c:{n}", "sai") for n in range(5))}, "0"),
        ({"evidence": ()}, "0"),
        ({"state": "in_progress", "completed_on": None, "reported": D(40)}, "18"),
    ],
)
def test_penalties_take_a_quarter_each_unless_a_cause_is_confirmed(changed: dict[str, Any], expected: str) -> None:
    """The last was not finished in time: 40 % less a quarter of it, of 60 points."""
    assert points(make_content(TASKS), make_card("A", make_task(**changed))) == D(expected)


@pytest.mark.parametrize("day", [(date(2025, 6, 29), False), (date(2025, 6, 30), False), (date(2025, 7, 1), True)])
def test_the_due_date_itself_is_in_time(day: tuple[date, bool]) -> None:
    finished, late = day
    made = one(make_content(TASKS), make_card("A", make_task(completed_on=finished)))
    assert (made.score < 60) is late


def test_lateness_by_the_original_or_the_present_deadline() -> None:
    extended = make_card("A", make_task(due=date(2025, 9, 30), completed_on=date(2025, 9, 1)))
    assert points(make_content(TASKS, deadline=Deadline.CURRENT), extended) == 60
    assert points(make_content(TASKS, deadline=Deadline.ORIGINAL), extended) == 45


def test_rounded_once_half_away_from_zero() -> None:
    card = make_card("A", make_task(reported=D("33.335"), state="in_progress", completed_on=None, due=None))
    assert one(make_content(replace(TASKS, weight=D(100)), decimals=2), card).score == D("33.34")
    assert one(make_content(replace(TASKS, weight=D(100)), decimals=0), card).score == D("33")


def beyond(*share: bool) -> CardOf:
    return make_card("A", *(make_task(f"T{n}", beyond="bb:1" if each else None) for n, each in enumerate(share)))


def test_overall_bands_ask_for_their_conditions() -> None:
    """366-QĐ/TW: from 90, all on time and 30 % beyond; else good; one late of five is completed; of four it is not."""
    content = make_content()
    assert one(content, beyond(True, False, False)).band == "excellent"
    assert one(content, beyond(True, *[False] * 3)).band == "good"
    late = make_task("T9", completed_on=date(2025, 8, 1))
    one_of_five = one(content, make_card("A", *[make_task(f"T{n}") for n in range(4)], late))
    one_of_four = one(content, make_card("A", *[make_task(f"T{n}") for n in range(3)], late))
    assert (one_of_five.score >= 90, one_of_five.band, one_of_four.band) == (True, "completed", "failed")
    assert any("chậm quá" in line.text for line in one_of_four.band_lines)


def with_quota(quota: Quota, scores: list[int]) -> list[str]:
    """Bands of cards whose only difference is a number of reports in time."""
    overall = (replace(OVERALL[0], conditions=()), replace(OVERALL[1], conditions=()), OVERALL[3])
    content = make_content(replace(REPORTS, weight=D(100)), overall=overall, quota=quota)
    cards = [make_card(f"K{n}", reports=ReportsOf(100, each, 0, 100 - each)) for n, each in enumerate(scores)]
    return [card.band for card in score(make_snapshot(content, *cards)).cards]


def test_the_best_are_at_most_a_fifth_of_those_ranked_good() -> None:
    quota = Quota("excellent", "good", D(20))
    assert with_quota(quota, [99, 95, 92, 80, 80, 75, 75, 75, 72, 71, 30]).count("excellent") == 2
    assert with_quota(quota, [99, 80, 80]).count("excellent") == 0


def test_cards_tied_at_the_edge_of_the_quota_are_treated_alike() -> None:
    scores = [99, 95, 95, 80, 80, 75, 75, 75, 72, 71]
    assert with_quota(Quota("excellent", "good", D(20)), scores)[:3] == ["excellent", "good", "good"]
    all_in = Quota("excellent", "good", D(20), ties=AtQuota.ALL_IN)
    assert with_quota(all_in, scores)[:3] == ["excellent", "excellent", "excellent"]


@pytest.mark.parametrize(("base", "most"), [(Base.WITH_BEST, 2), (Base.WITHOUT_BEST, 2)])
def test_a_quota_is_never_rounded_up(base: Base, most: int) -> None:
    assert most_of(Quota("excellent", "good", D(20), base), 14) == most
    assert most_of(Quota("excellent", "good", D(20), base), 12) == 2
    assert most_of(Quota("excellent", "good", D(20), base), 11) == (2 if base is Base.WITH_BEST else 1)


def test_ranks_are_shared_and_the_next_is_passed_over() -> None:
    assert competition_ranks([80, 90, 80, 70]) == [(2, 2), (1, 1), (2, 2), (4, 1)]


def test_only_cards_of_one_group_are_ranked_together() -> None:
    cards = [make_card("A"), make_card("B", group="xa"), make_card("C", make_task(reported=D(10)))]
    made = score(make_snapshot(make_content(), *cards)).cards
    assert [(card.rank, card.tied) for card in made] == [(1, 1), (1, 1), (2, 1)]


def test_one_criterion_of_weight_one() -> None:
    made = one(make_content(replace(TASKS, weight=D(1)), total=D(1)), make_card())
    assert made.score == 1
    assert (made.rank, made.tied) == (1, 1)


def test_a_set_with_faults_scores_nothing() -> None:
    with pytest.raises(Misfit, match="Tổng trọng số"):
        score(make_snapshot(make_content(total=D(99)), make_card()))
