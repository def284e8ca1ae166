"""The history of one task: facts of many kinds become lines in words, in order of time. Pure (R061).

A fact says what happened by a name of `WHATS`, with values that stay codes ("in_progress", "2026-11-30"), so that a
release keeps facts and each reader gets words in the own language.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from gettext import gettext as _
from typing import Any

from tiendo.orgs.succession import Link
from tiendo.plans.differences import FIELD_WORDS, FIELDS, same
from tiendo.plans.states import STATE_WORDS
from tiendo.plans.succeeding import part_holder_on
from tiendo.ui.formats import money_text, percent_text
from tiendo.ui.sentences import Sentence


class Kind(StrEnum):
    PLAN = "plan"
    DEADLINE = "deadline"
    UNIT = "unit"
    PERSON = "person"
    REPORT = "report"
    STATE = "state"
    MONEY = "money"
    URGING = "urging"
    DIFFICULTY = "difficulty"
    INSPECTION = "inspection"
    FOLLOW_UP = "follow_up"
    RECOGNITION = "recognition"
    PUBLICATION = "publication"
    OTHER = "other"


KIND_WORDS: dict[Kind, str] = {
    Kind.PLAN: _("Kế hoạch và sửa đổi"),
    Kind.DEADLINE: _("Thời hạn"),
    Kind.UNIT: _("Cơ quan thực hiện"),
    Kind.PERSON: _("Người phụ trách"),
    Kind.REPORT: _("Báo cáo"),
    Kind.STATE: _("Trạng thái"),
    Kind.MONEY: _("Kinh phí"),
    Kind.URGING: _("Đôn đốc"),
    Kind.DIFFICULTY: _("Vướng mắc"),
    Kind.INSPECTION: _("Kiểm tra"),
    Kind.FOLLOW_UP: _("Việc phải theo dõi"),
    Kind.RECOGNITION: _("Khen thưởng"),
    Kind.PUBLICATION: _("Công bố"),
    Kind.OTHER: _("Việc khác"),
}

# What may have happened: its kind and the sentence it is told in. Releases keep these names: none is ever given up.
WHATS: dict[str, tuple[Kind, str]] = {
    "followed": (Kind.PLAN, _("Bắt đầu theo dõi nhiệm vụ")),
    "set": (Kind.PLAN, _("Được giao trong kế hoạch")),
    "terms_changed": (Kind.PLAN, _("Kế hoạch sửa đổi: {fields}")),
    "terms_dropped": (Kind.PLAN, _("Kế hoạch thôi giao nhiệm vụ này")),
    "terms_resumed": (Kind.PLAN, _("Kế hoạch giao lại nhiệm vụ này")),
    "due_set": (Kind.DEADLINE, _("Thời hạn được giao: {day}")),
    "due_endless": (Kind.DEADLINE, _("Được giao làm thường xuyên, không có ngày cuối")),
    "due_missing": (Kind.DEADLINE, _("Văn bản giao việc không ghi thời hạn")),
    "due_moved": (Kind.DEADLINE, _("Thời hạn đổi từ {was} thành {day}")),
    "due_lifted": (Kind.DEADLINE, _("Thời hạn {was} được bỏ")),
    "extension_asked": (Kind.DEADLINE, _("{unit} đề nghị gia hạn đến {day}")),
    "extension_advised": (Kind.DEADLINE, _("Cơ quan đầu mối có ý kiến về đề nghị gia hạn")),
    "extension_granted": (Kind.DEADLINE, _("Đồng ý gia hạn đến {day}")),
    "extension_refused": (Kind.DEADLINE, _("Không đồng ý gia hạn")),
    "extension_withdrawn": (Kind.DEADLINE, _("{unit} rút đề nghị gia hạn")),
    "unit_given": (Kind.UNIT, _("Giao {unit} {role}")),
    "unit_ended": (Kind.UNIT, _("{unit} thôi {role}")),
    "unit_succeeded": (Kind.UNIT, _("{was} {how}; nay do {unit} đảm nhiệm")),
    "unit_handed": (Kind.UNIT, _("{was} chuyển nhiệm vụ này cho {unit}")),
    "report_sent": (Kind.REPORT, _("{unit} gửi báo cáo kỳ {period}")),
    "report_returned": (Kind.REPORT, _("Báo cáo kỳ {period} của {unit} bị trả lại")),
    "report_accepted": (Kind.REPORT, _("Báo cáo kỳ {period} của {unit} được tiếp nhận")),
    "remark": (Kind.REPORT, _("Trao đổi về báo cáo kỳ {period}")),
    "evidence_added": (Kind.REPORT, _("Thêm minh chứng {name}")),
    "evidence_removed": (Kind.REPORT, _("Bỏ minh chứng {name}")),
    "part_answered": (Kind.REPORT, _("{unit}, cơ quan phối hợp: {answer}")),
    "state": (Kind.STATE, _("Chuyển sang “{state}”")),
    "state_percent": (Kind.STATE, _("“{state}”, đạt {percent}")),
    "completed": (Kind.STATE, _("Hoàn thành ngày {day}")),
    "money_planned": (Kind.MONEY, _("Kế hoạch vốn năm {year} được xác nhận: {amount}")),
    "money_allocated": (Kind.MONEY, _("Kinh phí giao năm {year} được xác nhận: {amount}")),
    "money_disbursed": (Kind.MONEY, _("Giải ngân năm {year} được xác nhận: {amount}")),
    "urged": (Kind.URGING, _("Đôn đốc {unit}")),
    "urging_seen": (Kind.URGING, _("{unit} xác nhận đã xem đôn đốc")),
    "urging_escalated": (Kind.URGING, _("Báo cấp trên: {unit} chưa xem đôn đốc")),
    "reminded_overdue": (Kind.URGING, _("Tự động nhắc {unit}: quá hạn")),
    "reminded_stale": (Kind.URGING, _("Tự động nhắc {unit}: lâu chưa cập nhật")),
    "commended": (Kind.RECOGNITION, _("{unit} được khen thưởng: {form}")),
    "published": (Kind.PUBLICATION, _("Công bố trong đợt số {number}")),
    "publication_corrected": (Kind.PUBLICATION, _("Đính chính trong đợt công bố số {number}")),
    "publication_withdrawn": (Kind.PUBLICATION, _("Rút đợt công bố số {number}")),
}

ROLE_WORDS: dict[str, str] = {
    "lead": _("chủ trì"),
    "coordinating": _("phối hợp"),
    "supervising": _("giám sát"),
    "performing": _("thực hiện"),
}
SUCCESSION_WORDS: dict[str, str] = {
    "rename": _("đổi tên"),
    "merge": _("hợp nhất, sáp nhập"),
    "split": _("chia, tách"),
    "dissolve": _("giải thể"),
}
CODES: dict[str, Mapping[str, str]] = {
    "state": {state.value: words for state, words in STATE_WORDS.items()},
    "role": ROLE_WORDS,
    "how": SUCCESSION_WORDS,
}
DAYS = ("day", "was")  # values that may be days in ISO; "was" may also name a unit

Values = Mapping[str, str]
Act = tuple[str, str]  # subject and act of an event, as the log writes them


@dataclass(frozen=True)
class Fact:
    """Something that happened to the task. `at` is when it was recorded, `on` the day it counts from.

    `acts`: under which names the log may hold it, the likeliest first. `note` quotes people's own words.
    """

    what: str
    at: datetime
    on: date
    values: Values = field(default_factory=dict)
    by: str = ""
    note: str = ""
    paper: str = ""
    url: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Line:
    """A fact in words; `seq` is the number of its act in the log, None when the log holds none of its own."""

    kind: Kind
    fact: Fact
    words: str
    seq: int | None = None


@dataclass(frozen=True)
class Turn:
    """On a day the answer for a part of the task passes from one unit to another, by that link."""

    on: date
    was: int
    now: int
    link: Link


def turns(unit: int, defaults: Mapping[int, Link], own: Iterable[Link] = ()) -> list[Turn]:
    """Every time the answer for the unit's part passes on, oldest first; the links are as in `part_holder_on`."""
    own = list(own)
    links = [*own, *defaults.values()]  # a handover goes before the default of the same day
    found, held = list[Turn](), unit
    for day in sorted({link.effective_on for link in links}):
        now = part_holder_on(unit, day, defaults, own)
        if now != held:
            by = next((each for each in links if each.successor == now and each.effective_on == day), None)
            by = by or next(each for each in links if each.successor == now)
            found.append(Turn(day, held, now, by))
        held = now
    return found


def deadline_change(is_first: bool, kind: str, was: date | None, now: date | None) -> tuple[str, dict[str, str]]:
    """What a line of the ledger did to the deadline, by its name among the facts, with the days."""
    if now is None:
        if was is not None:
            return "due_lifted", {"was": was.isoformat()}
        return ("due_missing" if kind == "missing" else "due_endless"), {}
    if is_first or was is None:
        return "due_set", {"day": now.isoformat()}
    return "due_moved", {"was": was.isoformat(), "day": now.isoformat()}


def terms_change(
    was: Mapping[str, Any], now: Mapping[str, Any], said: Collection[str]
) -> tuple[str, dict[str, str]] | None:
    """What a version changed of the task, by its name among the facts; None when it says the same.

    `said`: fields that its paper gave; what a person filled by hand since the version before is not its doing.
    """
    if bool(was.get("dropped")) != bool(now.get("dropped")):
        return ("terms_dropped" if now.get("dropped") else "terms_resumed"), {}
    fields = [name for name in FIELDS if name in said and not same(name, was.get(name), now.get(name))]
    return ("terms_changed", {"fields": ",".join(fields)}) if fields else None


def told(what: str, values: Values) -> str:
    """The sentence of a fact, which can be said in another language. Raises KeyError for what nobody has named."""
    return Sentence.of(WHATS[what][1], **{name: in_words(name, value) for name, value in values.items()})


def in_words(name: str, value: str) -> str:
    """A value as it is read: codes in words, days, money and percents as they are written, all else as it is."""
    if name in CODES:
        return CODES[name].get(value, value)
    if name == "fields":
        return _listed([FIELD_WORDS.get(code, code) for code in value.split(",")])
    if name == "percent":
        return percent_text(Decimal(value))
    if name == "amount":
        return money_text(Decimal(value))
    return day_words(value) if name in DAYS else value


def _listed(words: Sequence[str]) -> str:
    """Words one after another, each of which can still be said in another language."""
    named = {f"word{number}": word for number, word in enumerate(words)}
    return Sentence.of(", ".join(f"{{{name}}}" for name in named), **named)


def day_words(text: str) -> str:
    """05/02/2025 for 2025-02-05; other words stay."""
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def lines(facts: Iterable[Fact], seqs: Mapping[tuple[Act, datetime], Sequence[int]]) -> list[Line]:
    """Every fact as a line, the newest first; `seqs` are the numbers of the log's events by name and moment, in order.

    Several facts of one name and moment take its events in turn; when these run out, the rest share the last.
    """
    made, taken = list[Line](), Counter[tuple[Act, datetime]]()
    for fact in facts:
        key = next(((act, fact.at) for act in fact.acts if (act, fact.at) in seqs), None)
        numbers = seqs[key] if key else ()
        seq = numbers[min(taken[key], len(numbers) - 1)] if key and numbers else None
        taken.update([key] if key else [])
        made.append(Line(WHATS[fact.what][0], fact, told(fact.what, fact.values), seq))
    return sorted(made, key=lambda line: (line.fact.on, line.fact.at), reverse=True)
