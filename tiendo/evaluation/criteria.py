"""The content of a set of criteria: its shape as data. Pure. What is wrong with one is said by `evaluation.checking`.

Scores are published only from a set in force, and the text people read is made from this same data
(`evaluation.describing`), so what is published and what is computed cannot part.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from gettext import gettext as _
from typing import cast

from tiendo.evaluation.shaping import plain, shaped


class Kind(StrEnum):
    """How a criterion comes to its points."""

    TASK_RESULTS = "task_results"
    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"
    DISCIPLINE = "discipline"


KIND_WORDS: dict[Kind, str] = {
    Kind.TASK_RESULTS: _("kết quả thực hiện nhiệm vụ"),
    Kind.QUANTITATIVE: _("định lượng"),
    Kind.QUALITATIVE: _("định tính"),
    Kind.DISCIPLINE: _("kỷ luật báo cáo"),
}


class Reading(StrEnum):
    """The number a quantitative criterion reads from a card."""

    FIGURE_VALUE = "figure_value"
    FIGURE_PROGRESS = "figure_progress"
    REPORTED = "reported_completion"
    OUTCOME = "outcome_completion"
    ON_TIME = "on_time_share"
    EVIDENCE = "evidence_share"
    CLAIMED = "claimed"


READING_WORDS: dict[Reading, str] = {
    Reading.FIGURE_VALUE: _("giá trị của chỉ tiêu"),
    Reading.FIGURE_PROGRESS: _("tiến độ của chỉ tiêu (%)"),
    Reading.REPORTED: _("tỷ lệ hoàn thành theo báo cáo (%)"),
    Reading.OUTCOME: _("tỷ lệ hoàn thành theo kết quả đầu ra (%)"),
    Reading.ON_TIME: _("tỷ lệ nhiệm vụ hoàn thành đúng hạn (%)"),
    Reading.EVIDENCE: _("tỷ lệ nhiệm vụ có minh chứng được chấp nhận (%)"),
    Reading.CLAIMED: _("số lượng được cơ quan đầu mối xác nhận"),
}


class Completion(StrEnum):
    """Which completion of a task counts."""

    LOWER = "lower"
    REPORTED = "reported"
    OUTCOME = "outcome"


COMPLETION_WORDS: dict[Completion, str] = {
    Completion.LOWER: _("mức thấp hơn giữa báo cáo và kết quả đầu ra (không có chỉ tiêu gắn kèm thì theo báo cáo)"),
    Completion.REPORTED: _("mức đã báo cáo và được tiếp nhận"),
    Completion.OUTCOME: _("kết quả đầu ra của các chỉ tiêu gắn với nhiệm vụ"),
}


class Combine(StrEnum):
    """How quantity, quality and progress of one task make its result."""

    SUM = "sum"
    PRODUCT = "product"
    MEAN = "mean"


COMBINE_WORDS: dict[Combine, str] = {
    Combine.SUM: _("mức hoàn thành, trừ cộng dồn các lần vi phạm chất lượng và tiến độ"),
    Combine.PRODUCT: _("tích của mức hoàn thành, chất lượng và tiến độ"),
    Combine.MEAN: _("trung bình của mức hoàn thành, chất lượng và tiến độ (hai phần sau tính theo mức hoàn thành)"),
}


class Trust(StrEnum):
    """What of the audit of claims multiplies reported completion. Never the low end: a true claim could lower it."""

    NONE = "none"
    RATE = "rate"
    HIGH = "high"


TRUST_WORDS: dict[Trust, str] = {
    Trust.NONE: _("không áp dụng"),
    Trust.RATE: _("tỷ lệ khai báo đúng qua kiểm tra"),
    Trust.HIGH: _("cận trên của khoảng tin cậy tỷ lệ khai báo đúng"),
}


class Deadline(StrEnum):
    ORIGINAL = "original"
    CURRENT = "current"


DEADLINE_WORDS: dict[Deadline, str] = {
    Deadline.ORIGINAL: _("thời hạn giao ban đầu"),
    Deadline.CURRENT: _("thời hạn sau khi được gia hạn"),
}


class Rule(StrEnum):
    """A condition of a band, over the tasks counted."""

    ALL_ON_TIME = "all_on_time"
    ALL_COMPLETED = "all_completed"
    LATE_SHARE = "late_share_at_most"
    BEYOND_SHARE = "beyond_share_at_least"


class Base(StrEnum):
    """Of what a quota is a share: all ranked at the lower band or better, or those who remain at the lower band."""

    WITH_BEST = "with_best"
    WITHOUT_BEST = "without_best"


BASE_WORDS: dict[Base, str] = {
    Base.WITH_BEST: _("số đơn vị trong nhóm đạt từ mức liền dưới trở lên"),
    Base.WITHOUT_BEST: _("số đơn vị trong nhóm xếp mức liền dưới"),
}


class AtQuota(StrEnum):
    """What becomes of cards tied at the edge of a quota."""

    ALL_OUT = "all_out"
    ALL_IN = "all_in"


AT_QUOTA_WORDS: dict[AtQuota, str] = {
    AtQuota.ALL_OUT: _("cùng không được xếp mức trên"),
    AtQuota.ALL_IN: _("cùng được xếp mức trên"),
}


@dataclass(frozen=True)
class Measure:
    """What is read, of which indicator; without bands the points run evenly from `zero_at` to `full_at`."""

    reads: Reading
    indicator: str = ""
    unit: str = "%"
    zero_at: Decimal | None = None
    full_at: Decimal | None = None


@dataclass(frozen=True)
class Band:
    """Points for a value from `low` up to but not including `high`; null is without end."""

    low: Decimal | None
    high: Decimal | None
    points: Decimal


@dataclass(frozen=True)
class Level:
    """One level of a rubric, worst first: what it looks like, what shows it, and its points."""

    level: int
    name: str
    rubric: str
    evidence: str
    points: Decimal


@dataclass(frozen=True)
class TaskRules:
    """How a task's result is made; `delay` and `failed_check` are the shares taken off, unless a cause is confirmed."""

    completion: Completion = Completion.LOWER
    combine: Combine = Combine.SUM
    delay: Decimal = Decimal("0.25")
    failed_check: Decimal = Decimal("0.25")
    without_evidence: Decimal = Decimal(0)
    reliability: Trust = Trust.RATE


@dataclass(frozen=True)
class Criterion:
    """One criterion: `weight` is its most points; the part its kind needs is filled in."""

    code: str
    name: str
    group: str
    kind: Kind
    weight: Decimal
    description: str = ""
    measure: Measure | None = None
    bands: tuple[Band, ...] = ()
    levels: tuple[Level, ...] = ()
    tasks: TaskRules | None = None
    late_report: Decimal = Decimal("0.5")
    weight_low: Decimal | None = None
    weight_high: Decimal | None = None


@dataclass(frozen=True)
class Condition:
    rule: Rule
    percent: Decimal | None = None


@dataclass(frozen=True)
class Overall:
    """One overall band, best first: from `low` points on, when its conditions hold; else the next one is tried."""

    code: str
    name: str
    low: Decimal
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Quota:
    """At most `percent` of a group's cards ranked at `of` hold the band `band`; the rest fall to `of`."""

    band: str
    of: str
    percent: Decimal
    base: Base = Base.WITH_BEST
    ties: AtQuota = AtQuota.ALL_OUT


@dataclass(frozen=True)
class Group:
    """Cards compared with one another; `kinds` are the kinds of units it is made of."""

    code: str
    name: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskWeights:
    """Points of each weight, and the weight of each item of the plan by its path; others have the usual one.

    A weight belongs to the item, so the pieces an item is split into cannot change it.
    """

    levels: dict[str, Decimal]
    usual: str
    items: dict[str, str]


@dataclass(frozen=True)
class Resampling:
    """For rank intervals: each weight moves by `spread` of itself (or within its own bounds); `interval` is kept."""

    spread: Decimal = Decimal("0.2")
    interval: Decimal = Decimal("0.9")


@dataclass(frozen=True)
class Setting:
    """Something the paper leaves open and this set decides; shown as a setting and not as law."""

    name: str
    note: str


@dataclass(frozen=True)
class Content:
    """A whole set. `excused`: a confirmed objective cause makes a delay none in conditions and shares; `not_due`: tasks
    whose deadline lies after the data count too."""

    title: str
    source: str
    total: Decimal
    criteria: tuple[Criterion, ...]
    overall: tuple[Overall, ...]
    groups: tuple[Group, ...]
    roles: dict[str, Decimal]
    task_weights: TaskWeights
    decimals: int = 2
    deadline: Deadline = Deadline.CURRENT
    excused: bool = True
    not_due: bool = False
    quota: Quota | None = None
    resampling: Resampling = Resampling()
    assessors_apart: int = 1
    settings: tuple[Setting, ...] = ()

    def criterion(self, code: str) -> Criterion:
        """The criterion of that code. Raises `KeyError`."""
        return {each.code: each for each in self.criteria}[code]


def shaped_content(data: object) -> Content:
    """The set from JSON data, by its shape alone (`checking.faults` says the rest). Raises `shaping.Misfit`."""
    return shaped(Content, data)


def data_of(content: Content) -> dict[str, object]:
    """The set as JSON data, every field named."""
    return cast(dict[str, object], plain(content))
