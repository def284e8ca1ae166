"""The life of one thing a unit was asked to do: which acts are open in each state, to whom, and where they lead. Pure.

The unit says how far it is and that it is done; a second person, never of that unit, closes it or sends it back.
"""

from enum import StrEnum
from gettext import gettext as _

from tiendo.oversight import moves
from tiendo.oversight.moves import Move, leads
from tiendo.ui.sentences import Sentence


class IllegalMove(Exception):
    """The act is not possible now; the message says why in Vietnamese."""


class State(StrEnum):
    """As `models.FollowUp.State`, which stores these values."""

    OPEN = "open"
    REPORTED = "reported"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATE_WORDS: dict[State, str] = {
    State.OPEN: _("đang thực hiện"),
    State.REPORTED: _("đã báo cáo, chờ xác nhận"),
    State.CLOSED: _("đã xong"),
    State.CANCELLED: _("thôi theo dõi"),
}


class Act(StrEnum):
    """Each is kept as a step of the item; OPEN is how every item begins and moves nothing."""

    OPEN = "open"
    NOTE = "note"
    REPORT = "report"
    RETURN = "return"
    CLOSE = "close"
    EXTEND = "extend"
    CANCEL = "cancel"
    ESCALATE = "escalate"
    REMIND = "remind"
    PRESS = "press"


ACT_WORDS: dict[Act, str] = {
    Act.OPEN: _("giao việc"),
    Act.NOTE: _("ghi tiến độ"),
    Act.REPORT: _("báo cáo đã xong"),
    Act.RETURN: _("trả lại để làm tiếp"),
    Act.CLOSE: _("xác nhận đã xong"),
    Act.EXTEND: _("gia hạn"),
    Act.CANCEL: _("thôi theo dõi"),
    Act.ESCALATE: _("báo lên cấp trên vì quá hạn"),
    Act.REMIND: _("nhắc bên giao việc xác nhận"),
    Act.PRESS: _("báo lên cấp trên vì chưa ai xác nhận"),
}


class Party(StrEnum):
    """What somebody is to the item; one person may be several things, and the unit's own people never ask or close."""

    OFFICER = "officer"
    HEAD = "head"
    ASKER = "asker"
    CLOCK = "clock"


PARTY_WORDS: dict[Party, str] = {
    Party.OFFICER: _("cán bộ của đơn vị được giao"),
    Party.HEAD: _("thủ trưởng của đơn vị được giao"),
    Party.ASKER: _("bên giao việc: đầu mối, người quyết định; với kiểm tra là đoàn kiểm tra, thanh tra"),
    Party.CLOCK: _("hệ thống, theo lịch"),
}


_REASON = _("có lý do")

MOVES: dict[tuple[State, Act], Move[State, Party]] = {
    (State.OPEN, Act.NOTE): leads(State.OPEN, Party.OFFICER, Party.HEAD, needs=_("có nội dung")),
    (State.OPEN, Act.REPORT): leads(State.REPORTED, Party.HEAD, needs=_("nói rõ kết quả")),
    (State.OPEN, Act.EXTEND): leads(State.OPEN, Party.ASKER, needs=_("có lý do, hạn mới sau hạn cũ")),
    (State.OPEN, Act.CANCEL): leads(State.CANCELLED, Party.ASKER, needs=_REASON),
    (State.OPEN, Act.ESCALATE): leads(State.OPEN, Party.CLOCK, needs=_("đã qua hạn; một lần cho mỗi hạn")),
    (State.REPORTED, Act.REMIND): leads(State.REPORTED, Party.CLOCK, needs=_("chờ xác nhận đã lâu; một lần")),
    (State.REPORTED, Act.PRESS): leads(State.REPORTED, Party.CLOCK, needs=_("nhắc rồi vẫn chưa xác nhận; một lần")),
    (State.REPORTED, Act.CLOSE): leads(State.CLOSED, Party.ASKER, needs=_("không phải người đã báo cáo")),
    (State.REPORTED, Act.RETURN): leads(State.OPEN, Party.ASKER, needs=_REASON),
    (State.REPORTED, Act.CANCEL): leads(State.CANCELLED, Party.ASKER, needs=_REASON),
}


def move(state: State, act: Act) -> Move[State, Party]:
    """The move by which `act` leaves `state`. Raises IllegalMove if the table has none."""
    try:
        return MOVES[state, act]
    except KeyError:
        sentence = _("Không thể {act}: việc này {state}.")
        raise IllegalMove(Sentence.of(sentence, act=ACT_WORDS[act], state=STATE_WORDS[state])) from None


def may(state: State, act: Act, parties: frozenset[Party]) -> bool:
    """Whether somebody who is all of `parties` may do `act` in the state."""
    return act in acts_open(state, parties)


def acts_open(state: State, parties: frozenset[Party]) -> frozenset[Act]:
    """Every act somebody who is all of `parties` may do in the state."""
    return moves.acts_open(MOVES, state, parties)
