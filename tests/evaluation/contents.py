"""Sets of criteria and snapshots for tests: a small one by hand, and random ones."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tiendo.evaluation import content as parts
from tiendo.evaluation.content import CardOf, ReportsOf, Snapshot, TaskOf
from tiendo.evaluation.criteria import (
    AtQuota,
    Band,
    Base,
    Combine,
    Completion,
    Condition,
    Content,
    Criterion,
    Deadline,
    Group,
    Kind,
    Level,
    Measure,
    Overall,
    Quota,
    Reading,
    Resampling,
    Rule,
    TaskRules,
    TaskWeights,
    Trust,
    data_of,
)
from tiendo.evaluation.states import Subject, Voice

FROM, TO = date(2025, 1, 1), date(2026, 1, 1)
D = Decimal

RUBRIC = tuple(
    Level(number, name, "mô tả", "minh chứng", points)
    for number, name, points in [(1, "Chưa đạt", D(0)), (2, "Đạt", D(6)), (3, "Tốt", D(10))]
)
BANDS = (Band(None, D(50), D(0)), Band(D(50), D(80), D(5)), Band(D(80), D(100), D(8)), Band(D(100), None, D(10)))
TASKS = Criterion("nhiem-vu", "Kết quả nhiệm vụ", "Kết quả", Kind.TASK_RESULTS, D(60), tasks=TaskRules())
FIGURE = Criterion(
    "kinh-te-so", "Kinh tế số", "Kết quả", Kind.QUANTITATIVE, D(10), bands=BANDS,
    measure=Measure(Reading.FIGURE_PROGRESS, "kts"),
)  # fmt: skip
QUALITY = Criterion("chi-dao", "Chỉ đạo", "Chung", Kind.QUALITATIVE, D(10), levels=RUBRIC)
REPORTS = Criterion("bao-cao", "Báo cáo", "Chung", Kind.DISCIPLINE, D(10))
SHOWN = Criterion(
    "minh-chung", "Minh chứng", "Chung", Kind.QUANTITATIVE, D(10),
    measure=Measure(Reading.EVIDENCE, zero_at=D(0), full_at=D(100)),
)  # fmt: skip
OVERALL = (
    Overall("excellent", "Xuất sắc", D(90), (Condition(Rule.ALL_ON_TIME), Condition(Rule.BEYOND_SHARE, D(30)))),
    Overall("good", "Tốt", D(70), (Condition(Rule.ALL_ON_TIME),)),
    Overall("completed", "Hoàn thành", D(50), (Condition(Rule.ALL_COMPLETED), Condition(Rule.LATE_SHARE, D(20)))),
    Overall("failed", "Không hoàn thành", D(0)),
)


def make_content(*criteria: Criterion, **changed: Any) -> Content:
    """A set over the criteria given (all five of this module without any); the total is their sum."""
    chosen = criteria or (TASKS, FIGURE, QUALITY, REPORTS, SHOWN)
    made = Content(
        title="Thử",
        source="Văn bản thử",
        total=sum((each.weight for each in chosen), D(0)),
        criteria=tuple(chosen),
        overall=OVERALL if sum(each.weight for each in chosen) >= 90 else (OVERALL[-1],),
        groups=(Group("so", "Sở"), Group("xa", "Xã")),
        roles={"lead": D(1), "coordinating": D("0.3")},
        task_weights=TaskWeights({"high": D(2), "medium": D("1.5"), "low": D(1)}, "medium", {"1": "high", "2": "low"}),
    )
    return replace(made, **changed)


def make_task(code: str = "T1", **changed: Any) -> TaskOf:
    """A task of 2025 led, done in time, reported and shown."""
    made = TaskOf(
        code=code,
        name=f"Nhiệm vụ {code}",
        item=code.removeprefix("T"),
        roles=(parts.Held("lead"),),
        state="completed",
        original_due=date(2025, 6, 30),
        due=date(2025, 6, 30),
        completed_on=date(2025, 6, 30),
        reported=D(100),
        record=f"reporting.submission:{code}",
        evidence=(f"reporting.evidence:{code}",),
    )
    return replace(made, **changed)


def make_card(key: str = "A", *tasks: TaskOf, **changed: Any) -> CardOf:
    made = CardOf(
        key=key, name=f"Đơn vị {key}", unit=key, group="so", reports=ReportsOf(2, 2, 0, 0, ("reporting.duty:1",)),
        tasks=tasks or (make_task(),),
        figures=(parts.FigureOf("kts", "2025", f"indicators.figure:{key}", D("31.2"), D(100), "met"),),
        judgements=(
            parts.JudgementOf(1, "chi-dao", Voice.ASSESSOR, 3, None),
            parts.JudgementOf(2, "chi-dao", Voice.ASSESSOR, 3, None),
        ),
    )  # fmt: skip
    return replace(made, **changed)


def make_snapshot(content: Content, *cards: CardOf, **changed: Any) -> Snapshot:
    data = data_of(content)
    links = tuple((each.code, "item", "I.1") for each in content.criteria)
    made = Snapshot(
        schema=parts.SCHEMA,
        cycle=parts.CycleOf(1, "Đánh giá năm 2025", 2025, Subject.UNIT, FROM, TO),
        plan=parts.PlanOf("kh-1", 1, "Kế hoạch"),
        taken_on=date(2026, 1, 10),
        criteria_code="thu",
        criteria_number=1,
        criteria_sha256=parts.criteria_sha256(data, links),
        criteria=data,
        criteria_links=links,
        seed="hạt giống",
        resamplings=0,
        cards=cards or (make_card(),),
    )
    return replace(made, **changed)


# Random ones

days = st.dates(date(2024, 11, 1), date(2026, 3, 1))
percents = st.decimals(0, 130, places=2)
names = st.text("abcđêộ ", min_size=1, max_size=6)
maybe_percent = st.none() | percents


@st.composite
def outcomes(draw: st.DrawFn, number: int) -> parts.Outcome:
    progress = draw(st.none() | st.decimals(-40, 150, places=2))
    return parts.Outcome(f"ct-{number}", "2025", None if progress is None else f"f:{number}", progress, "no_data")


@st.composite
def tasks(draw: st.DrawFn, number: int) -> TaskOf:
    state = draw(st.sampled_from(parts.WORK_STATES))
    roles = draw(st.lists(st.sampled_from(["lead", "coordinating"]), min_size=1, max_size=2))
    checks = draw(st.lists(st.sampled_from([None, "văn bản"]), max_size=3))
    original = draw(st.none() | days)
    later = draw(st.integers(0, 90))
    return TaskOf(
        code=f"T{number}",
        name=draw(names),
        item=draw(st.sampled_from(["1", "2", "3", str(number + 10)])),
        roles=tuple(parts.Held(role) for role in roles),
        state=state,
        original_due=original,
        due=None if original is None else original + timedelta(days=later),
        completed_on=draw(days) if state == "completed" else None,
        reported=draw(maybe_percent),
        record=draw(st.none() | st.just(f"r:{number}")),
        evidence=draw(st.just(()) | st.just((f"e:{number}",))),
        outcomes=tuple(draw(outcomes(each)) for each in range(draw(st.integers(0, 2)))),
        failed_checks=tuple(parts.FailedCheck(f"c:{n}", "sai", cause) for n, cause in enumerate(checks)),
        cause=draw(st.none() | st.just("cv:1")),
        beyond=draw(st.none() | st.just("bb:1")),
        cancelled_by=draw(st.just("") | st.just("QĐ 1")),
    )


@st.composite
def reliabilities(draw: st.DrawFn) -> parts.ReliabilityOf:
    checked = draw(st.integers(1, 12))
    confirmed = draw(st.integers(0, checked))
    rate = (D(confirmed) / D(checked)).quantize(D("0.0001"))
    return parts.ReliabilityOf(checked, confirmed, rate, rate / 2, min(D(1), rate + D("0.1")), D("0.95"))


@st.composite
def cards(draw: st.DrawFn, key: str) -> CardOf:
    on_time, late, missing = (draw(st.integers(0, 3)) for _ in range(3))
    levels = draw(st.lists(st.sampled_from([None, 1, 2, 3]), max_size=4))
    voices = draw(st.lists(st.sampled_from(list(Voice)), min_size=len(levels), max_size=len(levels)))
    said = [
        parts.JudgementOf(number, "chi-dao", voice, level, None)
        for number, (voice, level) in enumerate(zip(voices, levels, strict=True))
    ]
    claimed = [
        parts.JudgementOf(50 + number, "sang-kien", draw(st.sampled_from(list(Voice))), None, value)
        for number, value in enumerate(draw(st.lists(st.none() | st.decimals(0, 9, places=1), max_size=3)))
    ]
    progress, value = draw(maybe_percent), draw(st.none() | st.decimals(-5, 120, places=2))
    return CardOf(
        key=key, name=draw(names), unit=key, group=draw(st.sampled_from(["so", "xa"])),
        reports=ReportsOf(on_time + late + missing, on_time, late, missing),
        tasks=tuple(draw(tasks(number)) for number in range(draw(st.integers(0, 5)))),
        figures=tuple([parts.FigureOf("kts", "2025", "f:9", value, progress, "met")] * draw(st.integers(0, 1))),
        judgements=tuple(said + claimed),
        reliability=draw(st.none() | reliabilities()),
        head_to=draw(st.sampled_from([None, None, date(2025, 7, 1), TO, date(2026, 2, 1)])),
    )  # fmt: skip


CLAIMED = Criterion(
    "sang-kien", "Sáng kiến", "Chung", Kind.QUANTITATIVE, D(10), measure=Measure(Reading.CLAIMED, unit="sáng kiến"),
    bands=(Band(None, D(1), D(0)), Band(D(1), D(3), D("4.5")), Band(D(3), None, D(10))),
)  # fmt: skip
LOWER_IS_BETTER = replace(
    FIGURE, code="thu-tuc", measure=Measure(Reading.FIGURE_VALUE, "kts", zero_at=D(90), full_at=D("12.5")), bands=()
)


@st.composite
def rules(draw: st.DrawFn) -> TaskRules:
    share = st.decimals(0, 1, places=2)
    return TaskRules(
        draw(st.sampled_from(Completion)), draw(st.sampled_from(Combine)), draw(share), draw(share), draw(share),
        draw(st.sampled_from(Trust)),
    )  # fmt: skip


@st.composite
def contents(draw: st.DrawFn) -> Content:
    spread = [Reading.REPORTED, Reading.OUTCOME, Reading.ON_TIME, Reading.EVIDENCE]
    read = draw(st.sampled_from(spread))
    derived = Criterion(
        "ty-le", "Tỷ lệ", "", Kind.QUANTITATIVE, D("7.5"), measure=Measure(read, zero_at=D(10), full_at=D(95))
    )
    pool = [replace(TASKS, tasks=draw(rules())), FIGURE, QUALITY, REPORTS, SHOWN, CLAIMED, LOWER_IS_BETTER, derived]
    chosen = draw(st.lists(st.sampled_from(pool), min_size=1, unique_by=lambda each: each.code))
    if draw(st.booleans()):
        chosen[0] = replace(chosen[0], weight_low=D(1), weight_high=D("70.5"))
    quota = Quota(
        "excellent", "good", draw(st.sampled_from([D(0), D(20), D(50), D("33.3")])), draw(st.sampled_from(Base)),
        draw(st.sampled_from(AtQuota)),
    )  # fmt: skip
    whole = sum((each.weight for each in chosen), D(0))
    best = [replace(band, low=(whole * band.low / 100).quantize(D("0.01"))) for band in OVERALL]
    return make_content(
        *chosen,
        overall=tuple(best),
        quota=draw(st.none() | st.just(quota)),
        deadline=draw(st.sampled_from(Deadline)),
        excused=draw(st.booleans()),
        not_due=draw(st.booleans()),
        decimals=draw(st.integers(0, 6)),
        resampling=Resampling(draw(st.decimals(0, "0.9", places=2)), draw(st.sampled_from([D("0.5"), D("0.9"), D(1)]))),
    )


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """A whole random snapshot of up to six cards."""
    made = [draw(cards(f"K{number}")) for number in range(draw(st.integers(1, 6)))]
    return make_snapshot(draw(contents()), *made, seed=draw(names), resamplings=draw(st.integers(0, 7)))
