"""The life of an inspection: which acts are open in each state, to whom, and where they lead (R008). Pure.

Planned in the year's programme or by surprise, announced by a decision, under way from the day the team begins,
concluded by its leader. After that nothing of it changes: what must still be done stands in follow-up items.
"""

from enum import StrEnum
from gettext import gettext as _

from tiendo.oversight import moves
from tiendo.oversight.moves import Move, leads
from tiendo.ui.sentences import Sentence


class IllegalMove(Exception):
    """The act is not possible now; the message says why in Vietnamese."""


class State(StrEnum):
    """As `models.Inspection.State`, which stores these values."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    UNDER_WAY = "under_way"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


STATE_WORDS: dict[State, str] = {
    State.PLANNED: _("chưa có quyết định"),
    State.ANNOUNCED: _("đã có quyết định"),
    State.UNDER_WAY: _("đang kiểm tra"),
    State.CONCLUDED: _("đã kết luận"),
    State.CANCELLED: _("không tiến hành"),
}


class Act(StrEnum):
    CHANGE = "change"
    NAME_TEAM = "name_team"
    ANNOUNCE = "announce"
    BEGIN = "begin"
    CANCEL = "cancel"
    LIST = "list"
    ANSWER = "answer"
    FIND = "find"
    WITHDRAW = "withdraw"
    CONCLUDE = "conclude"
    RECOMMEND = "recommend"


ACT_WORDS: dict[Act, str] = {
    Act.CHANGE: _("sửa nội dung, thời gian"),
    Act.NAME_TEAM: _("cử, thôi cử thành viên đoàn"),
    Act.ANNOUNCE: _("ghi quyết định kiểm tra"),
    Act.BEGIN: _("bắt đầu kiểm tra"),
    Act.CANCEL: _("thôi tiến hành"),
    Act.LIST: _("soạn danh mục kiểm tra"),
    Act.ANSWER: _("trả lời danh mục kiểm tra"),
    Act.FIND: _("ghi phát hiện"),
    Act.WITHDRAW: _("rút phát hiện"),
    Act.CONCLUDE: _("kết luận"),
    Act.RECOMMEND: _("giao kiến nghị sau kiểm tra"),
}


class Party(StrEnum):
    """What a person is to the inspection; one person may be several things, never of the unit inspected."""

    INSPECTOR = "inspector"
    PROPOSER = "proposer"
    LEADER = "leader"
    MEMBER = "member"


PARTY_WORDS: dict[Party, str] = {
    Party.INSPECTOR: _("thanh tra, kiểm tra"),
    Party.PROPOSER: _("người đề nghị, thuộc cơ quan giám sát"),
    Party.LEADER: _("trưởng đoàn"),
    Party.MEMBER: _("thành viên đoàn"),
}


_PLANNED, _ANNOUNCED, _UNDER_WAY, _CONCLUDED = State.PLANNED, State.ANNOUNCED, State.UNDER_WAY, State.CONCLUDED
_INSPECTOR, _LEADER, _MEMBER = Party.INSPECTOR, Party.LEADER, Party.MEMBER
_REASON = _("có lý do")
_OTHER_UNIT = _("không phải người của đơn vị được kiểm tra; một trưởng đoàn")

MOVES: dict[tuple[State, Act], Move[State, Party]] = {
    (_PLANNED, Act.CHANGE): leads(_PLANNED, _INSPECTOR, Party.PROPOSER),
    (_PLANNED, Act.NAME_TEAM): leads(_PLANNED, _INSPECTOR, needs=_OTHER_UNIT),
    (_PLANNED, Act.LIST): leads(_PLANNED, _INSPECTOR, _LEADER),
    (_PLANNED, Act.ANNOUNCE): leads(_ANNOUNCED, _INSPECTOR, needs=_("có số, ngày quyết định và trưởng đoàn")),
    (_PLANNED, Act.CANCEL): leads(State.CANCELLED, _INSPECTOR, Party.PROPOSER, needs=_REASON),
    (_ANNOUNCED, Act.NAME_TEAM): leads(_ANNOUNCED, _INSPECTOR, needs=_OTHER_UNIT),
    (_ANNOUNCED, Act.LIST): leads(_ANNOUNCED, _INSPECTOR, _LEADER),
    (_ANNOUNCED, Act.BEGIN): leads(_UNDER_WAY, _LEADER, needs=_("không trước ngày bắt đầu")),
    (_ANNOUNCED, Act.CANCEL): leads(State.CANCELLED, _INSPECTOR, needs=_REASON),
    (_UNDER_WAY, Act.NAME_TEAM): leads(_UNDER_WAY, _INSPECTOR, needs=_OTHER_UNIT),
    (_UNDER_WAY, Act.LIST): leads(_UNDER_WAY, _LEADER),
    (_UNDER_WAY, Act.ANSWER): leads(_UNDER_WAY, _LEADER, _MEMBER),
    (_UNDER_WAY, Act.FIND): leads(_UNDER_WAY, _LEADER, _MEMBER),
    (_UNDER_WAY, Act.WITHDRAW): leads(_UNDER_WAY, _LEADER, _MEMBER, needs=_("có lý do; thành viên chỉ rút của mình")),
    (_UNDER_WAY, Act.CONCLUDE): leads(_CONCLUDED, _LEADER, needs=_("có số, ngày kết luận; đã trả lời hết danh mục")),
    (_CONCLUDED, Act.RECOMMEND): leads(
        _CONCLUDED, _INSPECTOR, _LEADER, needs=_("có đơn vị và hạn; người thứ hai đóng")
    ),
}


def move(state: State, act: Act) -> Move[State, Party]:
    """The move by which `act` leaves `state`. Raises IllegalMove if the table has none."""
    try:
        return MOVES[state, act]
    except KeyError:
        sentence = _("Không thể {act}: cuộc kiểm tra {state}.")
        raise IllegalMove(Sentence.of(sentence, act=ACT_WORDS[act], state=STATE_WORDS[state])) from None


def may(state: State, act: Act, parties: frozenset[Party]) -> bool:
    """Whether somebody who is all of `parties` may do `act` in the state."""
    return act in acts_open(state, parties)


def acts_open(state: State, parties: frozenset[Party]) -> frozenset[Act]:
    """Every act somebody who is all of `parties` may do in the state."""
    return moves.acts_open(MOVES, state, parties)
