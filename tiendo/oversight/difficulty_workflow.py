"""The way of a difficulty as data: at each state which acts are open, to whom, where they lead (R021). Pure."""

from enum import StrEnum
from gettext import gettext as _

from tiendo.oversight.moves import Move, acts_open, leads
from tiendo.ui.sentences import Sentence


class IllegalMove(Exception):
    """The act is not possible in this state; the message says so in Vietnamese."""


class State(StrEnum):
    """The same codes as `Difficulty.State`."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    FORWARDED = "forwarded"
    DECIDED = "decided"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


class Desk(StrEnum):
    """The same codes as `DifficultyStay.Desk`: who must do something next."""

    UNIT = "unit"
    COORDINATOR = "coordinator"
    AUTHORITY = "authority"
    CARRYING_OUT = "carrying_out"


class Act(StrEnum):
    WRITE = "write"
    SEND = "send"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    RETURN = "return"
    FORWARD = "forward"
    DECLINE = "decline"
    DECIDE = "decide"
    STOP = "stop"
    RESUME = "resume"
    FOLLOW = "follow"
    STAND = "stand"
    REMOVE = "remove"


class Party(StrEnum):
    """What a person is to a difficulty; one person may be several things."""

    OFFICER = "officer"
    HEAD = "head"
    COORDINATOR = "coordinator"
    AUTHORITY = "authority"


STATE_WORDS: dict[State, str] = {
    State.DRAFT: _("đang soạn"),
    State.SENT: _("ở cơ quan đầu mối"),
    State.RETURNED: _("trả lại để bổ sung"),
    State.FORWARDED: _("ở cơ quan có thẩm quyền"),
    State.DECIDED: _("đã có quyết định, đang thực hiện"),
    State.REMOVED: _("đã tháo gỡ"),
    State.WITHDRAWN: _("đơn vị rút lại"),
}
ACT_WORDS: dict[Act, str] = {
    Act.WRITE: _("sửa nội dung"),
    Act.SEND: _("gửi cơ quan đầu mối"),
    Act.TAKE_BACK: _("lấy lại để sửa"),
    Act.WITHDRAW: _("rút lại"),
    Act.RETURN: _("trả lại để bổ sung"),
    Act.FORWARD: _("chuyển cơ quan có thẩm quyền"),
    Act.DECLINE: _("chuyển lại vì không thuộc thẩm quyền"),
    Act.DECIDE: _("ghi quyết định"),
    Act.STOP: _("tạm dừng tính hạn trả lời"),
    Act.RESUME: _("tính tiếp hạn trả lời"),
    Act.FOLLOW: _("giao việc thực hiện quyết định"),
    Act.STAND: _("báo vẫn còn vướng"),
    Act.REMOVE: _("xác nhận đã tháo gỡ"),
}
PARTY_WORDS: dict[Party, str] = {
    Party.OFFICER: _("cán bộ của đơn vị nêu khó khăn"),
    Party.HEAD: _("thủ trưởng đơn vị nêu khó khăn"),
    Party.COORDINATOR: _("cơ quan đầu mối"),
    Party.AUTHORITY: _("người đứng đầu cơ quan có thẩm quyền đang giữ"),
}


_OFFICER, _HEAD, _CHI, _AUTHORITY = Party.OFFICER, Party.HEAD, Party.COORDINATOR, Party.AUTHORITY
_REASON = _("nêu lý do")
_DECISION = _("nội dung quyết định và số, ngày văn bản")

MOVES: dict[tuple[State, Act], Move[State, Party]] = {
    **{(state, Act.WRITE): leads(state, _OFFICER, _HEAD) for state in (State.DRAFT, State.RETURNED)},
    **{(state, Act.SEND): leads(State.SENT, _HEAD) for state in (State.DRAFT, State.RETURNED)},
    (State.SENT, Act.TAKE_BACK): leads(State.DRAFT, _HEAD),
    (State.DRAFT, Act.WITHDRAW): leads(State.WITHDRAWN, _OFFICER, _HEAD, needs=_REASON),
    **{
        (state, Act.WITHDRAW): leads(State.WITHDRAWN, _HEAD, needs=_REASON)
        for state in (State.RETURNED, State.SENT, State.FORWARDED)
    },
    (State.SENT, Act.RETURN): leads(State.RETURNED, _CHI, needs=_REASON),
    **{
        (state, Act.FORWARD): leads(State.FORWARDED, _CHI, needs=_("cơ quan có thẩm quyền và hạn trả lời"))
        for state in (State.SENT, State.FORWARDED)
    },
    (State.FORWARDED, Act.DECLINE): leads(State.SENT, _AUTHORITY, needs=_REASON),
    (State.SENT, Act.DECIDE): leads(State.DECIDED, _CHI, needs=_DECISION),
    (State.FORWARDED, Act.DECIDE): leads(State.DECIDED, _AUTHORITY, needs=_DECISION),
    (State.FORWARDED, Act.STOP): leads(State.FORWARDED, _CHI, needs=_("nêu lý do và ngày tính tiếp")),
    (State.FORWARDED, Act.RESUME): leads(State.FORWARDED, _CHI, needs=_("hệ thống tự tính tiếp sau ngày đã hẹn")),
    (State.DECIDED, Act.FOLLOW): leads(
        State.DECIDED, _CHI, _AUTHORITY, needs=_("đơn vị phải làm, việc phải làm và hạn")
    ),
    (State.DECIDED, Act.STAND): leads(State.SENT, _HEAD, needs=_REASON),
    (State.DECIDED, Act.REMOVE): leads(State.REMOVED, _HEAD, _CHI, needs=_("cơ quan đầu mối thì nêu lý do")),
}
DESK_OF: dict[State, Desk | None] = {
    State.DRAFT: Desk.UNIT,
    State.RETURNED: Desk.UNIT,
    State.SENT: Desk.COORDINATOR,
    State.FORWARDED: Desk.AUTHORITY,
    State.DECIDED: Desk.CARRYING_OUT,
    State.REMOVED: None,
    State.WITHDRAWN: None,
}
# Acts that leave it on the desk where it lies; forwarding again is a new stay, with another authority.
STAYING = frozenset({Act.WRITE, Act.STOP, Act.RESUME, Act.FOLLOW})


def move(state: State, act: Act) -> Move[State, Party]:
    """The move by which `act` leaves `state`. Raises IllegalMove if the table has none."""
    try:
        return MOVES[state, act]
    except KeyError:
        sentence = _("Không thể {act}: khó khăn này “{state}”.")
        raise IllegalMove(Sentence.of(sentence, act=ACT_WORDS[act], state=STATE_WORDS[state])) from None


def may(state: State, act: Act, parties: frozenset[Party]) -> bool:
    """Whether somebody who is all of `parties` may do `act` in the state."""
    return act in acts_open(MOVES, state, parties)


def open_acts(state: State, parties: frozenset[Party]) -> tuple[Act, ...]:
    """The acts open to somebody, in the order of the way."""
    found = acts_open(MOVES, state, parties)
    return tuple(act for act in Act if act in found)
