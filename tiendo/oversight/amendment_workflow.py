"""The way of a change of the plan: which acts are open at each state, to whom, and where they lead. Pure (R025).

Two tables: of what a unit proposes, and of the draft that joins proposals until a decision changes the plan.
"""

from enum import StrEnum
from gettext import gettext as _

from tiendo.oversight.moves import Move, acts_open, leads
from tiendo.ui.sentences import Sentence


class IllegalMove(Exception):
    """The act is not possible now; the message says why in Vietnamese."""


class ProposalState(StrEnum):
    """As `models.Proposal.State`, which stores these values."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    CONSOLIDATED = "consolidated"
    DECIDED = "decided"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


PROPOSAL_WORDS: dict[ProposalState, str] = {
    ProposalState.DRAFT: _("đang soạn"),
    ProposalState.SENT: _("đã gửi cơ quan đầu mối"),
    ProposalState.RETURNED: _("được trả lại để bổ sung"),
    ProposalState.CONSOLIDATED: _("đã đưa vào dự thảo"),
    ProposalState.DECIDED: _("đã được quyết định"),
    ProposalState.REFUSED: _("không được chấp thuận"),
    ProposalState.WITHDRAWN: _("đơn vị rút lại"),
}


class AmendmentState(StrEnum):
    """As `models.Amendment.State`, which stores these values."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECIDED = "decided"
    IN_FORCE = "in_force"
    REFUSED = "refused"


AMENDMENT_WORDS: dict[AmendmentState, str] = {
    AmendmentState.DRAFT: _("đang tổng hợp"),
    AmendmentState.SUBMITTED: _("đang trình"),
    AmendmentState.RETURNED: _("trả lại để hoàn chỉnh"),
    AmendmentState.DECIDED: _("đã quyết định, chờ hiệu lực"),
    AmendmentState.IN_FORCE: _("có hiệu lực"),
    AmendmentState.REFUSED: _("không chấp thuận"),
}


class ProposalAct(StrEnum):
    WRITE = "write"
    SEND = "send"
    WITHDRAW = "withdraw"
    RETURN = "return"
    REFUSE = "refuse"
    TAKE = "take"
    PUT_BACK = "put_back"
    DECIDE = "decide"
    DENY = "deny"


PROPOSAL_ACT_WORDS: dict[ProposalAct, str] = {
    ProposalAct.WRITE: _("soạn đề nghị"),
    ProposalAct.SEND: _("ký gửi đề nghị"),
    ProposalAct.WITHDRAW: _("rút đề nghị"),
    ProposalAct.RETURN: _("trả lại đề nghị để bổ sung"),
    ProposalAct.REFUSE: _("không nhận đề nghị"),
    ProposalAct.TAKE: _("đưa đề nghị vào dự thảo"),
    ProposalAct.PUT_BACK: _("đưa đề nghị ra khỏi dự thảo"),
    ProposalAct.DECIDE: _("quyết định theo dự thảo"),
    ProposalAct.DENY: _("không chấp thuận dự thảo"),
}


class AmendmentAct(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    RETURN = "return"
    DECIDE = "decide"
    REFUSE = "refuse"
    BRING_INTO_FORCE = "bring_into_force"


AMENDMENT_ACT_WORDS: dict[AmendmentAct, str] = {
    AmendmentAct.EDIT: _("tổng hợp, sửa dự thảo"),
    AmendmentAct.SUBMIT: _("trình dự thảo"),
    AmendmentAct.RETURN: _("trả lại dự thảo để hoàn chỉnh"),
    AmendmentAct.DECIDE: _("quyết định sửa đổi kế hoạch"),
    AmendmentAct.REFUSE: _("không chấp thuận dự thảo"),
    AmendmentAct.BRING_INTO_FORCE: _("đưa sửa đổi vào hiệu lực"),
}


class Party(StrEnum):
    """What somebody is to the proposal or the draft; one person may be several things."""

    OFFICER = "officer"
    HEAD = "head"
    COORDINATOR = "coordinator"
    DECISION_MAKER = "decision_maker"
    CLOCK = "clock"


PARTY_WORDS: dict[Party, str] = {
    Party.OFFICER: _("cán bộ của đơn vị đề nghị"),
    Party.HEAD: _("thủ trưởng đơn vị đề nghị"),
    Party.COORDINATOR: _("cơ quan đầu mối; với kế hoạch riêng của đơn vị là cán bộ của đơn vị ấy"),
    Party.DECISION_MAKER: _("người quyết định; với kế hoạch riêng của đơn vị là thủ trưởng đơn vị ấy"),
    Party.CLOCK: _("hệ thống, đúng ngày có hiệu lực"),
}


_P, _A = ProposalState, AmendmentState
_UNIT = (Party.OFFICER, Party.HEAD)
_WHY = _("có lý do, đơn vị đọc được")

PROPOSAL_MOVES: dict[tuple[ProposalState, ProposalAct], Move[ProposalState, Party]] = {
    (_P.DRAFT, ProposalAct.WRITE): leads(_P.DRAFT, *_UNIT),
    (_P.DRAFT, ProposalAct.SEND): leads(_P.SENT, Party.HEAD, needs=_("có lý do, có nội dung khác hiện nay")),
    (_P.DRAFT, ProposalAct.WITHDRAW): leads(_P.WITHDRAWN, *_UNIT),
    (_P.RETURNED, ProposalAct.WRITE): leads(_P.RETURNED, *_UNIT),
    (_P.RETURNED, ProposalAct.SEND): leads(_P.SENT, Party.HEAD, needs=_("có lý do, có nội dung khác hiện nay")),
    (_P.RETURNED, ProposalAct.WITHDRAW): leads(_P.WITHDRAWN, Party.HEAD),
    (_P.SENT, ProposalAct.WITHDRAW): leads(_P.WITHDRAWN, Party.HEAD),
    (_P.SENT, ProposalAct.RETURN): leads(_P.RETURNED, Party.COORDINATOR, needs=_WHY),
    (_P.SENT, ProposalAct.REFUSE): leads(_P.REFUSED, Party.COORDINATOR, needs=_WHY),
    (_P.SENT, ProposalAct.TAKE): leads(_P.CONSOLIDATED, Party.COORDINATOR, needs=_("dự thảo đang tổng hợp")),
    (_P.CONSOLIDATED, ProposalAct.PUT_BACK): leads(_P.SENT, Party.COORDINATOR, needs=_("dự thảo chưa trình")),
    (_P.CONSOLIDATED, ProposalAct.DECIDE): leads(_P.DECIDED, Party.DECISION_MAKER, needs=_("cùng quyết định dự thảo")),
    (_P.CONSOLIDATED, ProposalAct.DENY): leads(_P.REFUSED, Party.DECISION_MAKER, needs=_("cùng việc bác dự thảo")),
}

AMENDMENT_MOVES: dict[tuple[AmendmentState, AmendmentAct], Move[AmendmentState, Party]] = {
    (_A.DRAFT, AmendmentAct.EDIT): leads(_A.DRAFT, Party.COORDINATOR),
    (_A.DRAFT, AmendmentAct.SUBMIT): leads(_A.SUBMITTED, Party.COORDINATOR, needs=_("có thay đổi, không còn xung đột")),
    (_A.RETURNED, AmendmentAct.EDIT): leads(_A.RETURNED, Party.COORDINATOR),
    (_A.RETURNED, AmendmentAct.SUBMIT): leads(
        _A.SUBMITTED, Party.COORDINATOR, needs=_("có thay đổi, không còn xung đột")
    ),
    (_A.SUBMITTED, AmendmentAct.RETURN): leads(_A.RETURNED, Party.DECISION_MAKER, needs=_("có ý kiến")),
    (_A.SUBMITTED, AmendmentAct.DECIDE): leads(
        _A.DECIDED, Party.DECISION_MAKER, needs=_("không phải người trình; có số, ngày quyết định; không còn xung đột")
    ),
    (_A.SUBMITTED, AmendmentAct.REFUSE): leads(_A.REFUSED, Party.DECISION_MAKER, needs=_("có lý do")),
    (_A.DECIDED, AmendmentAct.BRING_INTO_FORCE): leads(
        _A.IN_FORCE, Party.CLOCK, Party.DECISION_MAKER, needs=_("đã đến ngày có hiệu lực")
    ),
}


def proposal_move(state: ProposalState, act: ProposalAct) -> Move[ProposalState, Party]:
    """The move by which `act` leaves `state`. Raises IllegalMove if the table has none."""
    if found := PROPOSAL_MOVES.get((state, act)):
        return found
    sentence = _("Không thể {act}: đề nghị này {state}.")
    raise IllegalMove(Sentence.of(sentence, act=PROPOSAL_ACT_WORDS[act], state=PROPOSAL_WORDS[state]))


def amendment_move(state: AmendmentState, act: AmendmentAct) -> Move[AmendmentState, Party]:
    """The move by which `act` leaves `state`. Raises IllegalMove if the table has none."""
    if found := AMENDMENT_MOVES.get((state, act)):
        return found
    sentence = _("Không thể {act}: dự thảo này {state}.")
    raise IllegalMove(Sentence.of(sentence, act=AMENDMENT_ACT_WORDS[act], state=AMENDMENT_WORDS[state]))


def may_propose(act: ProposalAct, parties: frozenset[Party]) -> bool:
    """Whether somebody who is all of `parties` may ever do the act to a proposal."""
    return any(move.by & parties for (_state, each), move in PROPOSAL_MOVES.items() if each == act)


def may_amend(act: AmendmentAct, parties: frozenset[Party]) -> bool:
    """Whether somebody who is all of `parties` may ever do the act to a draft."""
    return any(move.by & parties for (_state, each), move in AMENDMENT_MOVES.items() if each == act)


def proposal_acts(state: ProposalState, parties: frozenset[Party]) -> frozenset[ProposalAct]:
    """What somebody who is all of `parties` may do to a proposal in the state."""
    return acts_open(PROPOSAL_MOVES, state, parties)


def amendment_acts(state: AmendmentState, parties: frozenset[Party]) -> frozenset[AmendmentAct]:
    """What somebody who is all of `parties` may do to a draft in the state."""
    return acts_open(AMENDMENT_MOVES, state, parties)
