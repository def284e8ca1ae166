"""The life of a report entry, of a unit's duty, and its way over the desks, as data. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _

from tiendo.ui.sentences import Sentence


class IllegalMove(Exception):
    """The act is not possible from this status; the message says so in Vietnamese."""


class EntryStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class DutyStatus(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Act(StrEnum):
    SAVE = "save"
    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    REOPEN = "reopen"
    PUT_BACK = "put_back"


ENTRY_MOVES: dict[tuple[EntryStatus, Act], EntryStatus] = {
    (EntryStatus.DRAFT, Act.SAVE): EntryStatus.DRAFT,
    (EntryStatus.RETURNED, Act.SAVE): EntryStatus.RETURNED,
    (EntryStatus.DRAFT, Act.SUBMIT): EntryStatus.SUBMITTED,
    (EntryStatus.RETURNED, Act.SUBMIT): EntryStatus.SUBMITTED,
    (EntryStatus.SUBMITTED, Act.RETURN): EntryStatus.RETURNED,
    (EntryStatus.SUBMITTED, Act.ACCEPT): EntryStatus.ACCEPTED,
    # In a closed period, for a time: the unit may correct it; what was not sent again stands as it was accepted.
    (EntryStatus.ACCEPTED, Act.REOPEN): EntryStatus.RETURNED,
    (EntryStatus.RETURNED, Act.PUT_BACK): EntryStatus.ACCEPTED,
}

ENTRY_WORDS: dict[EntryStatus, str] = {
    EntryStatus.DRAFT: _("Bản nháp"),
    EntryStatus.SUBMITTED: _("Đã nộp"),
    EntryStatus.RETURNED: _("Bị trả lại"),
    EntryStatus.ACCEPTED: _("Đã tiếp nhận"),
}

ACT_WORDS: dict[Act, str] = {
    Act.SAVE: _("lưu"),
    Act.SUBMIT: _("nộp"),
    Act.RETURN: _("trả lại"),
    Act.ACCEPT: _("tiếp nhận"),
    Act.REOPEN: _("mở lại"),
    Act.PUT_BACK: _("giữ như đã tiếp nhận"),
}


class DutyState(StrEnum):
    """What people see: the stored status joined with the dates (never stored)."""

    NOT_DUE = "not_due"
    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    OVERDUE = "overdue"
    NOT_SENT = "not_sent"
    REOPENED = "reopened"


DUTY_WORDS: dict[DutyState, str] = {
    DutyState.NOT_DUE: _("Chưa đến kỳ"),
    DutyState.OPEN: _("Đang mở"),
    DutyState.SUBMITTED: _("Đã nộp"),
    DutyState.RETURNED: _("Bị trả lại"),
    DutyState.ACCEPTED: _("Đã tiếp nhận"),
    DutyState.OVERDUE: _("Quá hạn"),
    DutyState.NOT_SENT: _("Chưa nộp"),
    DutyState.REOPENED: _("Được mở lại để đính chính"),
}


def after(status: EntryStatus, act: Act) -> EntryStatus:
    """Status reached by `act`. Raises IllegalMove if the table has no such move."""
    try:
        return ENTRY_MOVES[status, act]
    except KeyError:
        sentence = _("Không thể {act}: báo cáo này đang ở trạng thái “{status}”.")
        raise IllegalMove(Sentence.of(sentence, act=ACT_WORDS[act], status=ENTRY_WORDS[status])) from None


def duty_status(entries: list[EntryStatus], *, sent: bool) -> DutyStatus:
    """A duty follows its entries: one returned returns it, all accepted accepts it.

    `sent` is whether the head has sent the report; sent without entries is "không phát sinh".
    """
    if not sent:
        return DutyStatus.OPEN
    if EntryStatus.RETURNED in entries:
        return DutyStatus.RETURNED
    if entries and all(entry == EntryStatus.ACCEPTED for entry in entries):
        return DutyStatus.ACCEPTED
    return DutyStatus.SUBMITTED


def duty_state(
    status: DutyStatus, *, is_open: bool, is_past_due: bool, is_closed: bool = False, was_accepted: bool = False
) -> DutyState:
    """Not yet opened, overdue or closed with nothing sent, opened again after acceptance, or as stored."""
    if not is_open:
        return DutyState.NOT_DUE
    if is_closed and status == DutyStatus.OPEN:
        return DutyState.NOT_SENT
    if is_closed and was_accepted and status == DutyStatus.RETURNED:
        return DutyState.REOPENED
    if status == DutyStatus.OPEN and is_past_due:
        return DutyState.OVERDUE
    return DutyState(status.value)


class Desk(StrEnum):
    """Where a report lies; at any moment on one desk."""

    OFFICER = "officer"
    APPROVER = "approver"
    HEAD = "head"
    PARENT = "parent"
    COORDINATOR = "coordinator"


DESK_WORDS: dict[Desk, str] = {
    Desk.OFFICER: _("cán bộ của đơn vị"),
    Desk.APPROVER: _("người duyệt trong đơn vị"),
    Desk.HEAD: _("thủ trưởng đơn vị"),
    Desk.PARENT: _("đơn vị cấp trên"),
    Desk.COORDINATOR: _("cơ quan đầu mối"),
}


class DeskAct(StrEnum):
    """What moves a report from one desk to another."""

    FORWARD = "forward"
    PUSH_BACK = "push_back"
    RECALL = "recall"
    SEND = "send"
    RETURN = "return"
    ACCEPT = "accept"
    REOPEN = "reopen"
    CLOSE = "close"


DESK_ACT_WORDS: dict[DeskAct, str] = {
    DeskAct.FORWARD: _("trình"),
    DeskAct.PUSH_BACK: _("chuyển lại để sửa"),
    DeskAct.RECALL: _("rút lại"),
    DeskAct.SEND: _("phê duyệt và gửi"),
    DeskAct.RETURN: _("trả lại"),
    DeskAct.ACCEPT: _("tiếp nhận"),
    DeskAct.REOPEN: _("mở lại"),
    DeskAct.CLOSE: _("khóa số liệu"),
}


class Party(StrEnum):
    """What a person is to a report on its present desk; one person may be several things."""

    PERSON = "person"
    APPROVER = "approver"
    HEAD = "head"
    PARENT = "parent"
    COORDINATOR = "coordinator"


PARTY_WORDS: dict[Party, str] = {
    Party.PERSON: _("người của đơn vị"),
    Party.APPROVER: _("người duyệt của bước này"),
    Party.HEAD: _("thủ trưởng đơn vị"),
    Party.PARENT: _("người ký của đơn vị cấp trên"),
    Party.COORDINATOR: _("cơ quan đầu mối"),
}


@dataclass(frozen=True)
class DeskMove:
    """Where an act may lead (None: off every desk), and to whom it is open."""

    to: tuple[Desk | None, ...]
    by: frozenset[Party]


def _move(to: Desk | tuple[Desk | None, ...] | None, *by: Party) -> DeskMove:
    return DeskMove(to if isinstance(to, tuple) else (to,), frozenset(by))


_UP = (Desk.APPROVER, Desk.HEAD, Desk.PARENT)  # which of them is worked out in `reporting.approving`

# None stands for a report on nobody's desk: accepted, or its period closed.
DESK_MOVES: dict[tuple[Desk | None, DeskAct], DeskMove] = {
    (Desk.OFFICER, DeskAct.FORWARD): _move(_UP, Party.PERSON),
    (Desk.APPROVER, DeskAct.FORWARD): _move(_UP, Party.APPROVER),
    (Desk.HEAD, DeskAct.FORWARD): _move(Desk.PARENT, Party.HEAD),
    (Desk.APPROVER, DeskAct.PUSH_BACK): _move(Desk.OFFICER, Party.APPROVER, Party.HEAD),
    (Desk.HEAD, DeskAct.PUSH_BACK): _move(Desk.OFFICER, Party.HEAD),
    (Desk.PARENT, DeskAct.PUSH_BACK): _move(Desk.OFFICER, Party.PARENT),
    (Desk.APPROVER, DeskAct.RECALL): _move(Desk.OFFICER, Party.PERSON),
    (Desk.HEAD, DeskAct.RECALL): _move(Desk.OFFICER, Party.PERSON),
    (Desk.PARENT, DeskAct.RECALL): _move(Desk.OFFICER, Party.PERSON),
    # The head takes it over from whatever desk of the unit it lies on; an addition goes after what was sent before.
    (Desk.OFFICER, DeskAct.SEND): _move(Desk.COORDINATOR, Party.HEAD),
    (Desk.APPROVER, DeskAct.SEND): _move(Desk.COORDINATOR, Party.HEAD),
    (Desk.HEAD, DeskAct.SEND): _move(Desk.COORDINATOR, Party.HEAD),
    (Desk.PARENT, DeskAct.SEND): _move(Desk.COORDINATOR, Party.PARENT, Party.HEAD),
    (Desk.COORDINATOR, DeskAct.SEND): _move(Desk.COORDINATOR, Party.HEAD),
    (None, DeskAct.SEND): _move(Desk.COORDINATOR, Party.HEAD),
    **{(desk, DeskAct.RETURN): _move(Desk.OFFICER, Party.COORDINATOR) for desk in Desk},
    (Desk.COORDINATOR, DeskAct.ACCEPT): _move(None, Party.COORDINATOR),
    (None, DeskAct.REOPEN): _move(Desk.OFFICER, Party.COORDINATOR),
    **{(desk, DeskAct.CLOSE): _move(None, Party.COORDINATOR) for desk in Desk},
}


def desk_move(desk: Desk | None, act: DeskAct) -> DeskMove:
    """The move by which `act` takes a report off `desk`. Raises IllegalMove if the table has none."""
    try:
        return DESK_MOVES[desk, act]
    except KeyError:
        where = DESK_WORDS[desk] if desk else _("nơi lưu, đã xử lý xong")
        sentence = _("Không thể {act}: báo cáo đang ở {where}.")
        raise IllegalMove(Sentence.of(sentence, act=DESK_ACT_WORDS[act], where=where)) from None


def may_move(desk: Desk | None, act: DeskAct, parties: frozenset[Party]) -> bool:
    """Whether somebody who is all of `parties` to the report may do `act` while it lies on `desk`."""
    move = DESK_MOVES.get((desk, act))
    return move is not None and bool(move.by & parties)
