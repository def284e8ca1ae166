"""The closed vocabularies of measuring, with the words people read. Pure."""

from enum import StrEnum
from gettext import gettext as _


class Frequency(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


FREQUENCY_WORDS: dict[Frequency, str] = {
    Frequency.MONTH: _("hằng tháng"),
    Frequency.QUARTER: _("hằng quý"),
    Frequency.HALF: _("6 tháng"),
    Frequency.YEAR: _("hằng năm"),
}


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    WITHIN = "within"


DIRECTION_WORDS: dict[Direction, str] = {
    Direction.UP: _("càng cao càng tốt"),
    Direction.DOWN: _("càng thấp càng tốt"),
    Direction.WITHIN: _("trong khoảng"),
}


class Firmness(StrEnum):
    """Whether the text binds ("phải đạt") or strives ("phấn đấu", "hướng tới")."""

    FIRM = "firm"
    ASPIRATIONAL = "aspirational"


FIRMNESS_WORDS: dict[Firmness, str] = {
    Firmness.FIRM: _("chỉ tiêu bắt buộc"),
    Firmness.ASPIRATIONAL: _("phấn đấu, hướng tới"),
}


class Measure(StrEnum):
    """How a value is told: a number, or one of the ordered levels of a written rubric."""

    NUMBER = "number"
    LEVEL = "level"


MEASURE_WORDS: dict[Measure, str] = {
    Measure.NUMBER: _("định lượng"),
    Measure.LEVEL: _("định tính, theo thang mức"),
}


class Comparator(StrEnum):
    AT_LEAST = "ge"
    MORE_THAN = "gt"
    EQUAL = "eq"
    AT_MOST = "le"
    LESS_THAN = "lt"
    BETWEEN = "between"


COMPARATOR_SIGNS: dict[Comparator, str] = {
    Comparator.AT_LEAST: "≥",
    Comparator.MORE_THAN: ">",
    Comparator.EQUAL: "=",
    Comparator.AT_MOST: "≤",
    Comparator.LESS_THAN: "<",
    Comparator.BETWEEN: "–",
}


class Purpose(StrEnum):
    """What a line of the target ledger gives: where it starts, a milestone on the way, or where it must end."""

    BASELINE = "baseline"
    PATH = "path"
    FINAL = "final"


PURPOSE_WORDS: dict[Purpose, str] = {
    Purpose.BASELINE: _("mức xuất phát"),
    Purpose.PATH: _("mốc hằng năm"),
    Purpose.FINAL: _("đích"),
}


class Rollup(StrEnum):
    """How values of parts make the value of the whole, over units or over time."""

    NONE = "none"
    SUM = "sum"
    MEAN = "mean"
    WEIGHTED = "weighted"
    RATIO = "ratio"
    LAST = "last"
    MAX = "max"
    MIN = "min"


ROLLUP_WORDS: dict[Rollup, str] = {
    Rollup.NONE: _("không gộp"),
    Rollup.SUM: _("tổng"),
    Rollup.MEAN: _("trung bình cộng"),
    Rollup.WEIGHTED: _("trung bình có trọng số"),
    Rollup.RATIO: _("tổng tử số chia tổng mẫu số"),
    Rollup.LAST: _("giá trị cuối kỳ"),
    Rollup.MAX: _("lớn nhất"),
    Rollup.MIN: _("nhỏ nhất"),
}


class Status(StrEnum):
    """How final a value is; a later status never overwrites an earlier one, it follows it in the ledger."""

    ESTIMATE = "estimate"
    OFFICIAL = "official"
    REVISED = "revised"


STATUS_WORDS: dict[Status, str] = {
    Status.ESTIMATE: _("ước"),
    Status.OFFICIAL: _("chính thức"),
    Status.REVISED: _("điều chỉnh"),
}


class Standing(StrEnum):
    """Where a line of the ledger stands: only accepted ones count."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    RETURNED = "returned"


STANDING_WORDS: dict[Standing, str] = {
    Standing.PENDING: _("chờ xác nhận"),
    Standing.ACCEPTED: _("đã xác nhận"),
    Standing.RETURNED: _("bị trả lại"),
}


class Presence(StrEnum):
    """The three states of a figure, never two."""

    VALUE = "value"
    NOT_YET_DUE = "not_yet_due"
    MISSING = "missing"


class State(StrEnum):
    """Where an indicator stands against its target (R032); a value that nothing asks for is no target met or missed."""

    NO_DATA = "no_data"
    NO_TARGET = "no_target"
    NOT_MET = "not_met"
    ON_TRACK = "on_track"
    MET = "met"
    EXCEEDED = "exceeded"


STATE_WORDS: dict[State, str] = {
    State.NO_DATA: _("không có số liệu"),
    State.NO_TARGET: _("chưa có mục tiêu"),
    State.NOT_MET: _("chưa đạt"),
    State.ON_TRACK: _("đúng lộ trình"),
    State.MET: _("đạt"),
    State.EXCEEDED: _("vượt"),
}


class Origin(StrEnum):
    """How a figure came to be."""

    ENTERED = "entered"
    COMPUTED = "computed"
    ROLLED_UP = "rolled_up"


ORIGIN_WORDS: dict[Origin, str] = {
    Origin.ENTERED: _("nhập từ nguồn"),
    Origin.COMPUTED: _("tính theo công thức"),
    Origin.ROLLED_UP: _("gộp từ đơn vị hoặc từ kỳ ngắn hơn"),
}
