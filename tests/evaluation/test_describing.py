"""The text of a set says what the computation does: read back from its own words on a table of cases."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.evaluation.contents import (
    BANDS,
    FIGURE,
    LOWER_IS_BETTER,
    QUALITY,
    REPORTS,
    make_card,
    make_content,
    make_snapshot,
)
from tests.evaluation.contents import make_task as task
from tiendo.evaluation.content import JudgementOf, ReportsOf
from tiendo.evaluation.criteria import AtQuota, Base, Combine, Completion, Condition, Deadline, Kind, Quota, Rule, Trust
from tiendo.evaluation.describing import chapters, criterion_words
from tiendo.evaluation.scoring import score
from tiendo.evaluation.shipped import PRESETS, preset
from tiendo.evaluation.states import Voice

D = Decimal
NUMBER = r"(-?[\d,]+)"


def read(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def points_by_text(sentences: list[str], value: Fraction) -> Fraction:
    """What somebody who only has the printed text would give a value."""
    for said in sentences:
        given = re.search(rf": {NUMBER} điểm", said)
        if found := re.match(rf"dưới {NUMBER} %:", said):
            holds = value < read(found[1])
        elif found := re.match(rf"từ {NUMBER} đến dưới {NUMBER} %:", said):
            holds = read(found[1]) <= value < read(found[2])
        elif found := re.match(rf"từ {NUMBER} % trở lên:", said):
            holds = value >= read(found[1])
        else:
            continue
        if holds and given is not None:
            return read(given[1])
    raise AssertionError(f"the text says nothing of {value}")


@pytest.mark.parametrize("value", ["-10", "0", "49.99", "50", "50.01", "79.999", "80", "99.6", "100", "115"])
def test_points_of_bands_by_the_printed_text_and_by_the_computation_agree(value: str) -> None:
    figure = replace(make_card().figures[0], progress=D(value))
    made = score(make_snapshot(make_content(FIGURE), make_card(figures=(figure,)))).cards[0]
    assert points_by_text(list(criterion_words(FIGURE)), Fraction(D(value))) == Fraction(made.score)


@pytest.mark.parametrize("value", ["0", "12.5", "50", "90", "95"])
def test_points_along_a_line_agree(value: str) -> None:
    said = " ".join(criterion_words(LOWER_IS_BETTER))
    found = re.search(rf"Từ {NUMBER} % \(0 điểm\) đến {NUMBER} % \({NUMBER} điểm\)", said)
    assert found is not None
    zero, full, most = (read(each) for each in found.groups())
    expected = max(Fraction(0), min(Fraction(1), (Fraction(value) - zero) / (full - zero))) * most
    figure = replace(make_card().figures[0], value=D(value))
    made = score(make_snapshot(make_content(LOWER_IS_BETTER), make_card(figures=(figure,)))).cards[0]
    assert abs(Fraction(made.criteria[0].points) - expected) <= Fraction(1, 2 * 10**6)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_points_of_levels_agree(level: int) -> None:
    said = next(each for each in criterion_words(QUALITY) if each.startswith(f"Mức {level} "))
    found = re.search(rf"{NUMBER} điểm", said)
    assert found is not None
    card = make_card(judgements=(JudgementOf(1, "chi-dao", Voice.ASSESSOR, level, None),))
    assert score(make_snapshot(make_content(QUALITY), card)).cards[0].score == read(found[1])


@pytest.mark.parametrize(("on_time", "late"), [(4, 0), (3, 1), (0, 4), (1, 2)])
def test_points_of_reporting_agree(on_time: int, late: int) -> None:
    found = re.search(rf"\+ {NUMBER} × báo cáo muộn\) ÷ số phải nộp × {NUMBER} điểm", criterion_words(REPORTS)[0])
    assert found is not None
    expected = (on_time + read(found[1]) * late) / 4 * read(found[2])
    card = make_card(reports=ReportsOf(4, on_time, late, 4 - on_time - late))
    assert score(make_snapshot(make_content(REPORTS), card)).cards[0].score == expected


@pytest.mark.parametrize("code", PRESETS)
def test_overall_bands_agree(code: str) -> None:
    """By the printed thresholds each score falls where the computation puts it, conditions met."""
    content = replace(preset(code), criteria=(replace(REPORTS, weight=D(100)),), quota=None)
    said = next(each for each in chapters(content) if each.title == "Xếp loại").sentences
    lows = [(read(found[2]), found[1]) for each in said if (found := re.match(rf"(.+?): từ {NUMBER}", each))]
    for late in (0, 1, 10, 11, 30, 31, 50, 51, 100):
        card = make_card("A", task(beyond="bb:1"), group="so-nganh", reports=ReportsOf(100, 100 - late, 0, late))
        made = score(make_snapshot(content, card)).cards[0]
        assert made.band_name == next(name for low, name in lows if made.score >= low)


def test_each_choice_changes_the_text() -> None:
    """No setting the computation reads is left out of what people read."""
    base = make_content(quota=Quota("excellent", "good", D(20)))
    tasks = base.criteria[0]
    assert tasks.tasks is not None
    rules = tasks.tasks
    other_rules = [
        replace(rules, completion=Completion.REPORTED), replace(rules, combine=Combine.MEAN),
        replace(rules, delay=D("0.1")), replace(rules, failed_check=D("0.1")),
        replace(rules, without_evidence=D("0.5")), replace(rules, reliability=Trust.HIGH),
    ]  # fmt: skip
    others = [replace(base, criteria=(replace(tasks, tasks=each), *base.criteria[1:])) for each in other_rules]
    first = base.overall[0]
    others += [
        replace(base, assessors_apart=2), replace(base, decimals=1),
        replace(base, deadline=Deadline.ORIGINAL), replace(base, excused=False),
        replace(base, not_due=True), replace(base, quota=None), replace(base, quota=Quota("excellent", "good", D(10))),
        replace(base, quota=Quota("excellent", "good", D(20), Base.WITHOUT_BEST)),
        replace(base, quota=Quota("excellent", "good", D(20), ties=AtQuota.ALL_IN)),
        replace(base, resampling=replace(base.resampling, spread=D("0.1"))),
        replace(base, resampling=replace(base.resampling, interval=D("0.5"))),
        replace(base, roles=base.roles | {"coordinating": D("0.5")}), replace(base, groups=base.groups[:1]),
        replace(base, task_weights=replace(base.task_weights, usual="low")),
        replace(base, task_weights=replace(base.task_weights, items={"1": "low"})),
        replace(base, task_weights=replace(base.task_weights, levels=base.task_weights.levels | {"high": D(3)})),
        replace(base, overall=(replace(first, low=D(91)), *base.overall[1:])),
        replace(base, overall=(replace(first, conditions=(Condition(Rule.ALL_COMPLETED),)), *base.overall[1:])),
        replace(base, criteria=(replace(tasks, weight_low=D(1)), *base.criteria[1:])),
        replace(base, criteria=(*base.criteria[:3], replace(REPORTS, late_report=D("0.1")), *base.criteria[4:])),
        replace(base, criteria=(tasks, replace(FIGURE, bands=BANDS[:2]), *base.criteria[2:])),
    ]  # fmt: skip

    def whole(content: object) -> str:
        made = [said for each in content.criteria for said in criterion_words(each)]  # type: ignore[attr-defined]
        return "\n".join([*made, *(said for each in chapters(content) for said in each.sentences)])  # type: ignore[arg-type]

    texts = [whole(each) for each in others]
    assert whole(base) not in texts
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("code", PRESETS)
def test_each_shipped_set_names_its_settings_and_sums_to_its_total(code: str) -> None:
    content = preset(code)
    assert content.settings
    assert sum(each.weight for each in content.criteria) == content.total == 100
    assert {"lead": D(1), "coordinating": D("0.3")} == content.roles
    assert content.task_weights.levels == {"high": D(2), "medium": D("1.5"), "low": D(1)}


def test_nd_335_is_30_common_and_70_for_tasks_with_a_quarter_off() -> None:
    content = preset("335-2025-nd-cp")
    tasks = [each for each in content.criteria if each.kind is Kind.TASK_RESULTS]
    assert [each.weight for each in tasks] == [70]
    assert tasks[0].tasks is not None
    assert (tasks[0].tasks.delay, tasks[0].tasks.failed_check) == (D("0.25"), D("0.25"))
    assert [band.low for band in content.overall] == [90, 70, 50, 0]
    assert content.quota is not None
    assert (content.quota.band, content.quota.percent) == ("excellent", D(20))


def test_366_asks_for_its_conditions() -> None:
    asked = [[(each.rule, each.percent) for each in band.conditions] for band in preset("366-qd-tw").overall]
    assert asked == [
        [(Rule.ALL_ON_TIME, None), (Rule.BEYOND_SHARE, 30)],
        [(Rule.ALL_ON_TIME, None)],
        [(Rule.ALL_COMPLETED, None), (Rule.LATE_SHARE, 20)],
        [],
    ]
