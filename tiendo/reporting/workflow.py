"""The life of a report entry and of a unit's duty, as data. Pure."""

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


ENTRY_MOVES: dict[tuple[EntryStatus, Act], EntryStatus] = {
    (EntryStatus.DRAFT, Act.SAVE): EntryStatus.DRAFT,
    (EntryStatus.RETURNED, Act.SAVE): EntryStatus.RETURNED,
    (EntryStatus.DRAFT, Act.SUBMIT): EntryStatus.SUBMITTED,
    (EntryStatus.RETURNED, Act.SUBMIT): EntryStatus.SUBMITTED,
    (EntryStatus.SUBMITTED, Act.RETURN): EntryStatus.RETURNED,
    (EntryStatus.SUBMITTED, Act.ACCEPT): EntryStatus.ACCEPTED,
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
}


class DutyState(StrEnum):
    """What people see: the stored status joined with the dates (never stored)."""

    NOT_DUE = "not_due"
    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    OVERDUE = "overdue"


DUTY_WORDS: dict[DutyState, str] = {
    DutyState.NOT_DUE: _("Chưa đến kỳ"),
    DutyState.OPEN: _("Đang mở"),
    DutyState.SUBMITTED: _("Đã nộp"),
    DutyState.RETURNED: _("Bị trả lại"),
    DutyState.ACCEPTED: _("Đã tiếp nhận"),
    DutyState.OVERDUE: _("Quá hạn"),
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


def duty_state(status: DutyStatus, *, is_open: bool, is_past_due: bool) -> DutyState:
    """Not yet opened, overdue (nothing sent, or returned and not sent again), or as stored."""
    if not is_open:
        return DutyState.NOT_DUE
    if status == DutyStatus.OPEN and is_past_due:
        return DutyState.OVERDUE
    return DutyState(status.value)
