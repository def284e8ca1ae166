"""The words that head annex columns: which part a column plays, and how surely.

A header cell is compared whole, after folding case, tone places, punctuation, line breaks, bracketed hints and footnote
marks: first with the names met in plans, then by its first and its telling words. Short names ("TT", "Hạn") only match
a whole cell.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tiendo.intake.extraction.spelling import one_line, phrase_key, word_key
from tiendo.orgs.words import fold

LONGEST_HEAD = 110  # characters; a longer cell is no header
MOST_WORDS = 14
BRACKETED = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,20}\]")
SEPARATORS = re.compile(r"[,;:/\\|.\-–—_()\[\]*“”\"'’+¹²³⁴⁰-⁹]")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DROPPED = frozenset(map(word_key, ("và", "hoặc", "của", "các")))
SURE, NAMED, LIKELY, WEAK = 4, 3, 2, 1
WORKERS = "cơ quan|đơn vị|sở|phòng|ban|tổ chức|nơi|bộ phận|bộ|địa phương"

# Whole cells, strongest first where a word may mean two things.
NUMBER = "tt|stt|số tt|số thứ tự|thứ tự|số|tt nv|#|no|id"
CODE = "mã|mã số|mã nhiệm vụ|mã nv|mã hiệu|số hiệu|ký hiệu|mã chỉ tiêu|mã ct"
LEAD = "đơn vị thực hiện|cơ quan thực hiện|cơ quan đơn vị thực hiện|cơ quan chịu trách nhiệm|đơn vị chịu trách nhiệm"
OFFICES = "đơn vị|cơ quan|cơ quan đơn vị|phòng đơn vị|phòng ban|phòng ban đơn vị|sở ngành|sở ban ngành"
TASK_NAMES: Mapping[str, tuple[tuple[str, int], ...]] = {
    "number": ((NUMBER, SURE),),
    "code": ((CODE, NAMED),),
    "title": (
        ("nhiệm vụ|tên nhiệm vụ|nội dung nhiệm vụ|nhiệm vụ giải pháp|nhiệm vụ cụ thể", SURE),
        ("nội dung|công việc|nội dung công việc|tên công việc|nội dung thực hiện|đầu việc|việc", NAMED),
        ("tên đề án dự án|tên đề án|đề án|dự án|tên văn bản|tên dự án|hoạt động|tên hoạt động|văn bản", LIKELY),
    ),
    "lead": ((LEAD, NAMED), (OFFICES, WEAK), ("phân công|phân công thực hiện|giao thực hiện", WEAK)),
    "due": (("hạn|hoàn thành|thời gian|thời hạn|tiến độ|lộ trình|số ngày dự kiến|năm hoàn thành", NAMED),),
    "product": (("kết quả|kết quả thực hiện|đầu ra", LIKELY), ("hình thức văn bản|loại văn bản", WEAK)),
    "head": (("trách nhiệm|phụ trách", WEAK),),
    "authority": (("cấp trình|thẩm quyền|cấp có thẩm quyền|cấp ban hành|cấp phê duyệt|cấp quyết định", NAMED),),
    "note": (("ghi chú", SURE),),
    "group": (("nhóm|nhóm nhiệm vụ|lĩnh vực|nhóm nhiệm vụ giải pháp|nhóm giải pháp|nhóm công việc", NAMED),),
}
INDICATOR_NAMES: Mapping[str, tuple[tuple[str, int], ...]] = {
    "number": ((NUMBER, SURE),),
    "code": ((CODE, NAMED),),
    "name": (("chỉ tiêu|tên chỉ tiêu|mục tiêu|chỉ số|tên chỉ số|tiêu chí|tên tiêu chí", NAMED), ("nội dung", WEAK)),
    "unit_text": (("đơn vị tính|đvt|đơn vị đo|đơn vị đo lường|dvt|đ vị tính|đv tính", SURE), ("đơn vị", LIKELY)),
    "target": (
        ("kết quả|mục tiêu|giá trị|kế hoạch|giá trị mục tiêu|chỉ tiêu kế hoạch|mục tiêu đạt|kết quả cần đạt", LIKELY),
        ("chỉ tiêu", WEAK),
    ),
    "baseline": (("hiện trạng|hiện tại|cơ sở|xuất phát điểm|giá trị hiện tại|giá trị cơ sở|kết quả hiện tại", NAMED),),
    "lead": ((LEAD + "|cơ quan theo dõi|đơn vị theo dõi", NAMED), ("cơ quan|cơ quan đơn vị", WEAK)),
    "due": (("thời gian|thời hạn|lộ trình", LIKELY),),
    "note": (("ghi chú", SURE),),
    "group": (("nhóm|nhóm chỉ tiêu|lĩnh vực", NAMED),),
}


@dataclass(frozen=True)
class Rule:
    """A head noun and its telling words: the cell starts with one of `starts` and holds one of `holds`."""

    role: str
    grade: int
    starts: str = ""
    holds: str = ""
    lacks: str = ""


STATES = "trạng thái|tình trạng|tình hình|mức độ hoàn thành|tỷ lệ hoàn thành|tiến độ thực hiện|đánh giá tiến độ"
REPORTS = "kết quả thực hiện|kết quả xử lý|kết quả triển khai|kết quả đạt được|kết quả đến nay|kết quả báo cáo"
STAGE = re.compile(
    r"^(?:tháng|T\.?)?\s?(?P<month>0?[1-9]|1[0-2])$|^(?:(?:quý|Q)\s?(?P<quarter>IV|I{1,3}|[1-4])|(?P<roman>IV|I{1,3}))$",
    re.IGNORECASE,
)
TIMES = "thời gian|thời hạn|hạn|tiến độ|hạn hoàn thành"
MONEY = "kinh phí|dự toán|thành tiền|đơn giá|tổng mức|số tiền|vốn|nguồn vốn|ngân sách"
PARTIES = (
    Rule("parties", SURE, holds="chủ trì phối hợp|chủ trì đơn vị phối hợp|chủ trì cơ quan phối hợp|chủ trì đơn vị"),
    Rule("lead", SURE, holds="chủ trì"),
    Rule("coordinating", SURE, holds="phối hợp"),
)
TASK_RULES = (
    *PARTIES,
    Rule("start", SURE, holds="bắt đầu|khởi công"),
    Rule("end", SURE, holds="kết thúc"),
    Rule("authority", NAMED, "cơ quan|cấp|thẩm quyền|người|đơn vị", "ban hành|phê duyệt|quyết định|trình|thẩm quyền"),
    Rule("head", NAMED, "lãnh đạo|người|đồng chí|cán bộ|ủy viên|thành viên", "phụ trách|chỉ đạo|trách nhiệm|đầu mối"),
    Rule("supervising", NAMED, WORKERS, "giám sát|theo dõi|đôn đốc|kiểm tra|thẩm định"),
    Rule(
        "lead", NAMED, WORKERS, "thực hiện|tham mưu|đầu mối|soạn thảo|trách nhiệm|được giao|triển khai|phụ trách|xử lý"
    ),
    Rule("lead", LIKELY, "phân công|giao|trách nhiệm|người|ai", "thực hiện|trách nhiệm|xử lý|làm"),
    Rule("lead", LIKELY, "chủ đầu tư|chủ dự án"),
    Rule("due", SURE, "thời gian|thời hạn|hạn|tháng|mốc|thời điểm|dự kiến", "hoàn thành", "sản phẩm|kết quả|thực tế"),
    Rule("due", SURE, "ngày", "phải hoàn thành|cần hoàn thành|yêu cầu hoàn thành|hết hạn|đến hạn"),
    Rule("due", LIKELY, "ngày", "hoàn thành", "thực tế|đã"),  # in a tracking table the day when it was done
    Rule("due", NAMED, "thời gian|thời hạn|tiến độ|lộ trình|thời điểm|mốc thời gian|dự kiến thời gian|số ngày"),
    Rule("due", NAMED, "hạn", "xử lý|thực hiện|trình|nộp|báo cáo|chót|cuối"),
    Rule("product", SURE, holds="sản phẩm", lacks="thời gian|mã|tên nhiệm vụ"),
    Rule("product", LIKELY, "kết quả|đầu ra|dự kiến kết quả|yêu cầu kết quả", lacks="đánh giá|tình hình|đến nay"),
    Rule("note", SURE, "ghi chú"),
    Rule("number", SURE, "số thứ tự|stt|tt", lacks="nhiệm vụ nội dung"),
    Rule("code", NAMED, "mã", "nhiệm vụ|số|công việc"),
    Rule("group", NAMED, "nhóm", "nhiệm vụ|giải pháp|công việc"),
    Rule("title", SURE, "nhiệm vụ|tên nhiệm vụ|nội dung|danh mục|mục tiêu|giải pháp|tên", "nhiệm vụ", f"chi|{MONEY}"),
    Rule("title", NAMED, "nội dung|công việc|tên công việc|đầu việc|hạng mục công việc", "", f"chi|{MONEY}|đánh giá"),
    Rule("title", NAMED, "việc", "cần|phải|làm|giao|thực hiện|cụ thể"),
    Rule("title", LIKELY, "giải pháp|hoạt động|hạng mục|danh mục|tên đề án|tên văn bản|tên chương trình", "", MONEY),
)
INDICATOR_RULES = (
    *PARTIES,
    Rule("lead", NAMED, WORKERS, "theo dõi|đánh giá|thực hiện|trách nhiệm|tham mưu|đầu mối|tổng hợp|báo cáo|phụ trách"),
    Rule("unit_text", SURE, "đơn vị tính|đơn vị đo|đvt"),
    Rule("baseline", NAMED, "hiện trạng|thực hiện|ước|giá trị cơ sở|năm gốc|năm cơ sở|số liệu|đã thực hiện"),
    Rule("baseline", NAMED, "kết quả|giá trị", "thực hiện|hiện tại|đã đạt|đạt được"),
    Rule("name", SURE, "tên chỉ tiêu|tên chỉ số|tên mục tiêu|nội dung chỉ tiêu|danh mục chỉ tiêu|chỉ tiêu chủ yếu"),
    Rule("target", LIKELY, "mục tiêu|kế hoạch|giá trị|kết quả|chỉ tiêu", "đạt|giao|kế hoạch|phấn đấu|đến năm|cần"),
    Rule("name", NAMED, "chỉ tiêu|mục tiêu|chỉ số|tiêu chí", "", MONEY),
    Rule("due", LIKELY, "thời gian|thời hạn|lộ trình"),
    Rule("note", SURE, "ghi chú"),
)


@dataclass(frozen=True)
class Match:
    """A part a header cell may play, and how surely (4 certain, 1 only when nothing else does)."""

    role: str
    grade: int


def head_key(text: str) -> str:
    """A header cell as compared: its words without brackets, punctuation and joining words."""
    bare = BRACKETED.sub(" ", one_line(text))
    words = phrase_key(SEPARATORS.sub(" ", bare or text)).split()
    return " ".join(word for word in words if word not in DROPPED)


def _phrases(words: str) -> tuple[str, ...]:
    return tuple(f" {head_key(word)} " for word in words.split("|") if head_key(word)) if words else ()


def _names(names: Mapping[str, tuple[tuple[str, int], ...]]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for role, lists in names.items():
        for words, grade in lists:
            for word in words.split("|"):
                found.setdefault(head_key(word) or word, []).append(Match(role, grade))
    return found


def _bare(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {fold(phrase)} " for phrase in phrases)


Compiled = tuple[tuple[Rule, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]


def _compiled(rules: tuple[Rule, ...]) -> Compiled:
    return tuple((rule, _phrases(rule.starts), _phrases(rule.holds), _phrases(rule.lacks)) for rule in rules)


_NAMES = {"task": _names(TASK_NAMES), "indicator": _names(INDICATOR_NAMES)}
_RULES = {"task": _compiled(TASK_RULES), "indicator": _compiled(INDICATOR_RULES)}
_BARE_NAMES = {kind: {fold(key): found for key, found in names.items()} for kind, names in _NAMES.items()}
_BARE_RULES = {
    kind: tuple((rule, _bare(starts), _bare(holds), _bare(lacks)) for rule, starts, holds, lacks in rules)
    for kind, rules in _RULES.items()
}
_MONEY = _phrases(MONEY)
_STATES, _TIMES = _phrases(STATES), _phrases(TIMES)
_REPORTS = frozenset(map(head_key, REPORTS.split("|")))
PEOPLE = ("họ tên", "họ và tên", "chức vụ", "chức danh", "số điện thoại", "điện thoại", "email", "ngày sinh")
_PEOPLE = frozenset(map(head_key, PEOPLE))


def _found(key: str, names: Mapping[str, list[Match]], rules: Compiled) -> list[Match]:
    """What a header cell matches: whole names, then the first rule for another part."""
    found = list(names.get(key, []))
    padded = f" {key} "
    for rule, starts, holds, lacks in rules:
        if any(match.role == rule.role for match in found):
            continue
        begins = not starts or padded.startswith(starts)
        tells = not holds or any(phrase in padded for phrase in holds)
        if begins and tells and not any(phrase in padded for phrase in lacks):
            found.append(Match(rule.role, rule.grade))
            break
    return found


@lru_cache(maxsize=8192)
def matches(text: str, kind: str) -> tuple[Match, ...]:
    """The parts a cell may play in the header of a table of this kind, whole names first."""
    if not text or len(text) > LONGEST_HEAD:
        return ()
    key = YEAR.sub(" ", head_key(text)).strip() if kind == "indicator" else head_key(text)
    if not key or len(key.split()) > MOST_WORDS:
        return ()
    found = _found(key, _NAMES[kind], _RULES[kind])
    if not found and key.isascii() and " " in key:  # software heads its columns without marks: "don_vi_chu_tri"
        found = _found(key, _BARE_NAMES[kind], _BARE_RULES[kind])
    dated = kind == "indicator" and YEAR.search(text)  # a year heads values, it names no row
    share = "%" in text  # "Tiến độ (%)" says how far a task has come, not when it ends
    return tuple(
        match for match in found if not (dated and match.role == "name") and not (share and match.role == "due")
    )


@lru_cache(maxsize=8192)
def is_head(text: str) -> bool:
    """Whether a cell could stand in the header of any annex table."""
    return bool(matches(text, "task") or matches(text, "indicator"))


def names_money(text: str) -> bool:
    """Whether a header cell speaks of money."""
    padded = f" {head_key(text)} "
    return len(text) <= LONGEST_HEAD and any(phrase in padded for phrase in _MONEY)


def names_person(text: str) -> bool:
    """Whether a header cell belongs to a list of people."""
    return len(text) <= LONGEST_HEAD and head_key(text) in _PEOPLE


def names_state(text: str) -> bool:
    """Whether a header cell speaks of how far a task has come."""
    padded = f" {head_key(text)} "
    return len(text) <= LONGEST_HEAD and ("%" in text or any(phrase in padded for phrase in _STATES))


def names_report(text: str) -> bool:
    """Whether a header cell heads what has been done so far."""
    return len(text) <= LONGEST_HEAD and head_key(text) in _REPORTS


def names_time(text: str) -> bool:
    """Whether a header cell speaks of time, whatever else it heads."""
    padded = f" {head_key(text)} "
    return len(text) <= LONGEST_HEAD and any(phrase in padded for phrase in _TIMES)


def stage_in(text: str, above: str) -> str | None:
    """The time that a narrow column stands for: a year, or "tháng 5", "quý II" with the year of the heading above."""
    if year := year_in(text):
        return year
    found = STAGE.match(one_line(text))
    if not found:
        return None
    year = year_in(above)
    by_quarter = found["month"] in {"1", "2", "3", "4"} and "quý" in above.lower() and "tháng" not in above.lower()
    if found["month"] and not by_quarter:
        words = f"tháng {int(found['month'])}"
    else:
        words = f"quý {found['month'] or found['quarter'] or found['roman']}"
    return f"{words}/{year}" if year else words


def year_in(text: str) -> str | None:
    """The last year a header cell names."""
    years = YEAR.findall(text)
    return years[-1] if years else None
