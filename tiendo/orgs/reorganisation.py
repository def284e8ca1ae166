"""What a decision does to units from a day on, and why it may not. Pure: no Django, no clock, no database.

A reorganisation is judged against what is known of the units it names (`Standing`) and of who succeeds whom; units are
named by their codes, as in decisions entered by hand. `problems` answers with sentences; none means it may be recorded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from gettext import gettext as _

from tiendo.orgs.succession import Cycle, Link, holder_on
from tiendo.orgs.words import fold
from tiendo.ui.sentences import Sentence


class Kind(StrEnum):
    CREATE = "create"
    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    DISSOLVE = "dissolve"
    MOVE = "move"


ENDING = frozenset({Kind.RENAME, Kind.MERGE, Kind.SPLIT, Kind.DISSOLVE})


@dataclass(frozen=True)
class NewUnit:
    """A unit that comes into being; `parent` and `groups` are codes."""

    name: str
    short_name: str
    kind: str
    parent: str | None = None
    reports: bool = True
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Successor:
    """Who takes over: a unit that stands already, or one that is made (`new`); what passes to it, in a split."""

    code: str
    new: NewUnit | None = None
    functions: str = ""
    is_default: bool = True


@dataclass(frozen=True)
class Joining:
    """A standing unit comes to be named in a group from the day on."""

    group: str
    unit: str


@dataclass(frozen=True)
class Reorganisation:
    """One act of reorganisation as a decision words it.

    `stays`: in a split, the unit goes on beside those that leave it, and keeps what is not handed over task by task.
    `parent`: of a move, the code of the unit above from the day on; None puts it under nobody.
    """

    kind: Kind
    effective_on: date
    decision: str
    predecessors: tuple[str, ...] = ()
    successors: tuple[Successor, ...] = ()
    parent: str | None = None
    stays: bool = False
    note: str = ""
    memberships: tuple[Joining, ...] = ()

    @property
    def ends(self) -> tuple[str, ...]:
        """Codes of units that are no longer in force from the day on."""
        return () if self.stays or self.kind not in ENDING else self.predecessors


@dataclass(frozen=True)
class Standing:
    """What is known of a unit that was not withdrawn.

    `latest_on` is the day of its latest standing change as successor; `moved_on` that of its latest move.
    """

    pk: int
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    parent: str | None = None
    latest_on: date | None = None
    moved_on: date | None = None

    def in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or self.valid_to > on)


class CannotReorganise(ValueError):
    """The change is refused; `problems` says why, sentence by sentence."""

    def __init__(self, problems: Iterable[Sentence]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


def problems(change: Reorganisation, units: Mapping[str, Standing], links: Iterable[Link] = ()) -> list[Sentence]:
    """Why the change may not be recorded as it is worded; nothing when it may."""
    unknown = list(_unknown(change, units))
    if unknown:
        return unknown
    told = [*_of_numbers(change), *_of_predecessors(change, units), *_of_successors(change, units)]
    told += [*_of_new_units(change, units), *_of_default(change), *_of_move(change, units)]
    if not change.decision.strip():
        told.append(Sentence.of(_("Hãy ghi văn bản quyết định.")))
    return told or list(_of_circle(change, units, links))


def _unknown(change: Reorganisation, units: Mapping[str, Standing]) -> Iterator[Sentence]:
    named = [*change.predecessors, *(each.code for each in change.successors if each.new is None)]
    named += [each.new.parent for each in change.successors if each.new and each.new.parent]
    made = {each.code for each in change.successors if each.new}
    named += [each.unit for each in change.memberships if each.unit not in made]
    if change.parent:
        named.append(change.parent)
    for code in dict.fromkeys(named):
        if code not in units:
            yield Sentence.of(_("Không có đơn vị nào mang mã {code}."), code=code)


def _of_numbers(change: Reorganisation) -> Iterator[Sentence]:
    """How many units each kind takes, before and after."""
    before, after = len(change.predecessors), len(change.successors)
    new = sum(each.new is not None for each in change.successors)
    if len(set(change.predecessors)) < before or len({each.code for each in change.successors}) < after:
        yield Sentence.of(_("Một đơn vị được nêu hai lần."))
    match change.kind:
        case Kind.CREATE if before or not after or new < after:
            yield Sentence.of(_("Thành lập cần ít nhất một đơn vị mới và không lấy từ đơn vị nào."))
        case Kind.RENAME if before != 1 or after != 1 or new != 1:
            yield Sentence.of(_("Đổi tên là một đơn vị cũ sang một đơn vị mới; đơn vị cũ giữ tên trên giấy tờ cũ."))
        case Kind.MERGE if after != 1 or before < (2 if new else 1):
            yield Sentence.of(
                _("Hợp nhất cần ít nhất hai đơn vị cũ vào một đơn vị mới; sáp nhập vào một đơn vị đang có.")
            )
        case Kind.SPLIT if before != 1 or after < (1 if change.stays else 2):
            yield Sentence.of(_("Chia cần một đơn vị cũ và ít nhất hai đơn vị nhận; tách cần ít nhất một đơn vị nhận."))
        case Kind.DISSOLVE if before != 1 or new:
            yield Sentence.of(_("Giải thể là của một đơn vị; đơn vị nhận phần việc phải là đơn vị đang có."))
        case Kind.MOVE if not before or after:
            yield Sentence.of(_("Chuyển cơ quan quản lý cần nêu đơn vị được chuyển, không có đơn vị nhận."))


def _of_predecessors(change: Reorganisation, units: Mapping[str, Standing]) -> Iterator[Sentence]:
    on = change.effective_on
    for code in change.predecessors:
        unit = units[code]
        if unit.valid_to is not None:
            yield Sentence.of(_("{name} đã kết thúc từ ngày {day}."), name=unit.name, day=_day(unit.valid_to))
        elif unit.valid_from is not None and unit.valid_from >= on:
            yield Sentence.of(
                _("{name} mới hoạt động từ ngày {day}; ngày hiệu lực phải sau ngày ấy."),
                name=unit.name,
                day=_day(unit.valid_from),
            )
        elif code in change.ends and unit.latest_on is not None and unit.latest_on > on:
            yield Sentence.of(
                _("{name} đã tiếp nhận đơn vị khác từ ngày {day}, sau ngày hiệu lực này."),
                name=unit.name,
                day=_day(unit.latest_on),
            )


def _of_successors(change: Reorganisation, units: Mapping[str, Standing]) -> Iterator[Sentence]:
    for each in change.successors:
        if each.new is None and each.code in change.predecessors:
            yield Sentence.of(_("{name} không thể tự tiếp nhận chính mình."), name=units[each.code].name)
        elif each.new is None and not units[each.code].in_force(change.effective_on):
            yield Sentence.of(
                _("{name} không hoạt động vào ngày {day}."), name=units[each.code].name, day=_day(change.effective_on)
            )


def _of_new_units(change: Reorganisation, units: Mapping[str, Standing]) -> Iterator[Sentence]:
    """A name belongs to one unit at a time; a code to one for good."""
    on = change.effective_on
    taken = {fold(unit.name) for code, unit in units.items() if unit.in_force(on) and code not in change.ends}
    if change.kind is Kind.RENAME:
        taken |= {fold(units[code].name) for code in change.predecessors}
    for each in change.successors:
        if each.new is None:
            continue
        if each.code in units:
            yield Sentence.of(_("Mã {code} đã dùng cho một đơn vị khác."), code=each.code)
        if not each.new.name.strip():
            yield Sentence.of(_("Đơn vị mới phải có tên."))
        elif fold(each.new.name) in taken:
            yield Sentence.of(_("Đã có đơn vị mang tên {name}."), name=each.new.name)
        if each.new.parent and not units[each.new.parent].in_force(on):
            yield Sentence.of(
                _("{name} không hoạt động vào ngày {day}."), name=units[each.new.parent].name, day=_day(on)
            )
        taken.add(fold(each.new.name))


def _of_default(change: Reorganisation) -> Iterator[Sentence]:
    """Who takes what nobody was named for: exactly one, unless the old unit goes on."""
    defaults = sum(each.is_default for each in change.successors)
    if change.kind is Kind.SPLIT and change.stays and defaults:
        yield Sentence.of(_("Đơn vị cũ còn hoạt động nên giữ phần còn lại; không chọn đơn vị nhận mặc định."))
    elif change.kind in ENDING and change.ends and change.successors and defaults != 1:
        yield Sentence.of(_("Hãy chọn đúng một đơn vị nhận mặc định cho phần việc chưa nêu riêng."))
    if change.stays and change.kind is not Kind.SPLIT:
        yield Sentence.of(_("Chỉ khi tách thì đơn vị cũ mới còn hoạt động."))


def _of_move(change: Reorganisation, units: Mapping[str, Standing]) -> Iterator[Sentence]:
    if change.kind is not Kind.MOVE:
        return
    if change.parent and not units[change.parent].in_force(change.effective_on):
        yield Sentence.of(
            _("{name} không hoạt động vào ngày {day}."), name=units[change.parent].name, day=_day(change.effective_on)
        )
    above = set(_above(change.parent, units))
    for code in change.predecessors:
        unit = units[code]
        if code in above:
            yield Sentence.of(_("{name} không thể thuộc chính mình hoặc đơn vị cấp dưới của mình."), name=unit.name)
        elif unit.parent == change.parent:
            yield Sentence.of(_("{name} vốn đã thuộc cơ quan ấy."), name=unit.name)
        elif unit.moved_on is not None and unit.moved_on >= change.effective_on:
            yield Sentence.of(
                _("{name} đã chuyển cơ quan quản lý từ ngày {day}; hãy hủy việc ấy trước."),
                name=unit.name,
                day=_day(unit.moved_on),
            )


def _above(code: str | None, units: Mapping[str, Standing]) -> Iterator[str]:
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        yield code
        code = units[code].parent if code in units else None


def _of_circle(change: Reorganisation, units: Mapping[str, Standing], links: Iterable[Link]) -> Iterator[Sentence]:
    numbers = {each.code: -place for place, each in enumerate(change.successors, 1) if each.new}
    numbers |= {code: unit.pk for code, unit in units.items()}
    new = [
        Link(numbers[code], numbers[each.code], change.effective_on)
        for code in change.predecessors
        for each in change.successors
        if each.is_default
    ]
    known = [*links, *new]
    for link in new:
        try:
            holder_on(link.predecessor, date.max, known)
        except Cycle:
            yield Sentence.of(_("Các lần chuyển giao nối thành vòng: đơn vị nhận đã chuyển sang chính đơn vị cũ."))
            return


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"
