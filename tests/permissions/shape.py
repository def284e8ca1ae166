"""Who can ask, what can happen to them, and the shape of a row of the table; no Django here."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What happens to a person who asks; the values are the words of the table."""

    DONE = "được"
    MOVED = "chuyển trang"
    DENIED = "từ chối"
    UNSEEN = "không thấy"
    SIGN_IN = "đăng nhập"
    UNFIT = "không hợp lệ"
    KEY = "cần khóa"


PEOPLE = {
    "anonymous": "Chưa đăng nhập",
    "officer": "Cán bộ",
    "head": "Thủ trưởng",
    "coordinator": "Đầu mối",
    "decision_maker": "Người quyết định",
    "finance": "Tài chính",
    "inspector": "Thanh tra",
    "administrator": "Quản trị",
    "other_unit": "Đơn vị khác",
}
People = frozenset[str]
NOBODY: People = frozenset()
EVERYBODY: People = frozenset(PEOPLE)
SIGNED_IN = EVERYBODY - {"anonymous"}
OFFICER, HEAD = frozenset({"officer"}), frozenset({"head"})
UNIT = OFFICER | HEAD
COORDINATOR, DECISION_MAKER = frozenset({"coordinator"}), frozenset({"decision_maker"})
ADMINISTRATOR, OTHER_UNIT = frozenset({"administrator"}), frozenset({"other_unit"})
FINANCE = frozenset({"finance"})
LOOKS = COORDINATOR | DECISION_MAKER | {"inspector"}
READERS = LOOKS | {"finance"}
STRANGERS = ADMINISTRATOR | OTHER_UNIT  # to whom the unit's work does not exist


@dataclass(frozen=True)
class Row:
    """One page or act. `case` tells apart two rows of one address; an unrecorded act leaves no event in the log."""

    method: str
    route: str
    words: str
    done: People
    unseen: People = NOBODY
    moved: People = NOBODY
    unfit: People = NOBODY
    case: str = ""
    recorded: bool = True
    by_key: bool = False

    @property
    def key(self) -> str:
        return f"{self.route}#{self.case}" if self.case else self.route

    @property
    def name(self) -> str:
        return f"{self.method} {self.key}"

    def outcome(self, person: str) -> Outcome:
        """What this person meets here."""
        if person in self.done:
            return Outcome.DONE
        if self.by_key:
            return Outcome.KEY
        named = {Outcome.MOVED: self.moved, Outcome.UNSEEN: self.unseen, Outcome.UNFIT: self.unfit}
        found = [outcome for outcome, people in named.items() if person in people]
        return found[0] if found else Outcome.SIGN_IN if person == "anonymous" else Outcome.DENIED

    def outcomes(self) -> dict[str, Outcome]:
        return {person: self.outcome(person) for person in PEOPLE}


def page(route: str, words: str, done: People = SIGNED_IN, **more: object) -> Row:
    return Row("GET", route, words, done, **more)  # type: ignore[arg-type]


def act(route: str, words: str, done: People, **more: object) -> Row:
    return Row("POST", route, words, done, **more)  # type: ignore[arg-type]


def form(route: str, words: str, done: People, **more: object) -> Iterator[Row]:
    """A page with a form, and what the form does; the same people for both."""
    yield page(route, f"{words}: biểu mẫu", done, **more)
    yield act(route, words, done, **more)
