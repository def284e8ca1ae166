"""How a coordinating agency's word on its share moves, as data. Pure.

Answers may be changed while the period is open; once the item is accepted nobody disputes it any more. A dispute
ends in two ways only: the one who disputes withdraws it, or the coordinator settles it with a reason; the lead sending
other words does not end it. Silence is a recorded state, and a late answer may still follow it.
"""

from collections.abc import Iterable
from enum import StrEnum
from gettext import gettext as _

from tiendo.plans.states import WorkState
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.sentences import Sentence


class PartState(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    AMENDED = "amended"
    DISPUTED = "disputed"
    SETTLED = "settled"
    SILENT = "silent"


class PartAct(StrEnum):
    CONFIRM = "confirm"
    AMEND = "amend"
    DISPUTE = "dispute"
    WITHDRAW = "withdraw"
    SETTLE = "settle"
    FALL_SILENT = "fall_silent"
    ASK_AGAIN = "ask_again"


_ANSWERS = {
    PartAct.CONFIRM: PartState.CONFIRMED,
    PartAct.AMEND: PartState.AMENDED,
    PartAct.DISPUTE: PartState.DISPUTED,
}
_OPEN_TO_ANSWERS = (PartState.ASKED, PartState.SILENT, PartState.CONFIRMED, PartState.AMENDED)

PART_MOVES: dict[tuple[PartState, PartAct], PartState] = {
    **{(state, act): to for state in _OPEN_TO_ANSWERS for act, to in _ANSWERS.items() if state != to},
    (PartState.DISPUTED, PartAct.WITHDRAW): PartState.CONFIRMED,
    (PartState.DISPUTED, PartAct.SETTLE): PartState.SETTLED,
    (PartState.ASKED, PartAct.FALL_SILENT): PartState.SILENT,
    **{(state, PartAct.ASK_AGAIN): PartState.ASKED for state in (*_OPEN_TO_ANSWERS, PartState.SETTLED)},
}

PART_WORDS: dict[PartState, str] = {
    PartState.ASKED: _("Chờ xác nhận"),
    PartState.CONFIRMED: _("Đã xác nhận"),
    PartState.AMENDED: _("Xác nhận, có bổ sung"),
    PartState.DISPUTED: _("Không thống nhất"),
    PartState.SETTLED: _("Đã xử lý ý kiến"),
    PartState.SILENT: _("Không trả lời đúng hạn"),
}

PART_ACT_WORDS: dict[PartAct, str] = {
    PartAct.CONFIRM: _("xác nhận"),
    PartAct.AMEND: _("bổ sung"),
    PartAct.DISPUTE: _("nêu ý kiến không thống nhất"),
    PartAct.WITHDRAW: _("rút ý kiến không thống nhất"),
    PartAct.SETTLE: _("xử lý ý kiến không thống nhất"),
    PartAct.FALL_SILENT: _("ghi nhận không trả lời"),
    PartAct.ASK_AGAIN: _("hỏi lại"),
}

# What must be said with words; a confirmation and a withdrawal may stand alone.
NEED_WORDS = frozenset({PartAct.AMEND, PartAct.DISPUTE, PartAct.SETTLE})
ANSWERS = tuple(_ANSWERS)


def part_after(state: PartState, act: PartAct) -> PartState:
    """State reached by `act`. Raises IllegalMove if the table has no such move."""
    try:
        return PART_MOVES[state, act]
    except KeyError:
        pattern = _("Không thể {act}: phần việc phối hợp này đang ở trạng thái “{state}”.")
        raise IllegalMove(Sentence.of(pattern, act=PART_ACT_WORDS[act], state=PART_WORDS[state])) from None


def can_move(state: PartState, act: PartAct) -> bool:
    return (state, act) in PART_MOVES


def is_asked_about(values: Values, before: Values | None) -> bool:
    """Whether coordinating agencies are asked at all: not when the report only repeats what was last accepted."""
    return before is None or values != before


def bars_acceptance(claimed: WorkState | None, parts: Iterable[PartState]) -> bool:
    """Nobody closes a task over an open dispute; progress may be noted meanwhile."""
    return claimed == WorkState.COMPLETED and PartState.DISPUTED in parts
