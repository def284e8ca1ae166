"""The yearly evaluation as data: at each stage which acts are open, to whom, and where they lead. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from gettext import gettext as _

from tiendo.evaluation.states import STAGE_WORDS, Stage
from tiendo.ui.sentences import Sentence


class IllegalMove(Exception):
    """The act is not possible at this stage; the message says so in Vietnamese."""


class Act(StrEnum):
    DRAFT_SELF = "draft_self"
    SUBMIT = "submit"
    CONSOLIDATE = "consolidate"
    NAME_ASSESSOR = "name_assessor"
    ASSESS = "assess"
    REFEREE = "referee"
    OBJECT = "object"
    ANSWER = "answer"
    ASSESS_AGAIN = "assess_again"
    SNAPSHOT = "snapshot"
    ADVANCE = "advance"
    DECIDE = "decide"
    ADJUST = "adjust"
    PUBLISH = "publish"
    CANCEL = "cancel"


ACT_WORDS: dict[Act, str] = {
    Act.DRAFT_SELF: _("soạn tự đánh giá"),
    Act.SUBMIT: _("gửi tự đánh giá"),
    Act.CONSOLIDATE: _("ghi nhận xét tổng hợp"),
    Act.NAME_ASSESSOR: _("cử, thôi cử người thẩm định"),
    Act.ASSESS: _("thẩm định"),
    Act.REFEREE: _("thẩm định lần ba"),
    Act.OBJECT: _("gửi ý kiến"),
    Act.ANSWER: _("trả lời ý kiến"),
    Act.ASSESS_AGAIN: _("thẩm định lại tiêu chí có ý kiến được chấp nhận"),
    Act.SNAPSHOT: _("chốt số liệu và tính điểm"),
    Act.ADVANCE: _("chuyển bước"),
    Act.DECIDE: _("quyết định"),
    Act.ADJUST: _("ghi điều chỉnh rút ra từ đánh giá"),
    Act.PUBLISH: _("công bố"),
    Act.CANCEL: _("hủy đợt đánh giá"),
}


class Party(StrEnum):
    """What a person is to the cycle and the card; one person may be several things."""

    OFFICER = "officer"
    HEAD = "head"
    COORDINATOR = "coordinator"
    ASSESSOR = "assessor"
    REFEREE = "referee"
    DECISION_MAKER = "decision_maker"


PARTY_WORDS: dict[Party, str] = {
    Party.OFFICER: _("cán bộ của đơn vị"),
    Party.HEAD: _("thủ trưởng đơn vị; với phiếu cá nhân là người được đánh giá"),
    Party.COORDINATOR: _("cơ quan đầu mối"),
    Party.ASSESSOR: _("người thẩm định của nhóm"),
    Party.REFEREE: _("người thẩm định thứ ba của nhóm"),
    Party.DECISION_MAKER: _("người quyết định, không phải người đã mở đợt"),
}


@dataclass(frozen=True)
class Move:
    """Where an act leads (the same stage for most), to whom it is open, and what must be so before it is done."""

    to: Stage
    by: frozenset[Party]
    needs: str = ""


def _move(to: Stage, *by: Party, needs: str = "") -> Move:
    return Move(to, frozenset(by), needs)


_SELF, _CON, _APP, _OBJ = Stage.SELF_ASSESSMENT, Stage.CONSOLIDATION, Stage.APPRAISAL, Stage.OBJECTION
_DEC, _PUB, _CAN = Stage.DECIDED, Stage.PUBLISHED, Stage.CANCELLED
_COORDINATOR = Party.COORDINATOR

MOVES: dict[tuple[Stage, Act], Move] = {
    (_SELF, Act.DRAFT_SELF): _move(_SELF, Party.OFFICER, Party.HEAD, needs=_("phiếu chưa gửi")),
    (_SELF, Act.SUBMIT): _move(_SELF, Party.HEAD, needs=_("mỗi tiêu chí phải tự đánh giá đã có lời")),
    (_SELF, Act.ADVANCE): _move(_CON, _COORDINATOR, needs=_("mọi phiếu đã gửi, hoặc đã qua hạn tự đánh giá")),
    (_CON, Act.CONSOLIDATE): _move(_CON, _COORDINATOR, needs=_("không phải phiếu của đơn vị mình")),
    (_CON, Act.ADVANCE): _move(_APP, _COORDINATOR, needs=_("mỗi nhóm có tiêu chí định tính có đủ hai người thẩm định")),
    (_APP, Act.ASSESS): _move(_APP, Party.ASSESSOR, needs=_("hai người chưa cùng nêu ý kiến")),
    (_APP, Act.REFEREE): _move(_APP, Party.REFEREE, needs=_("hai ý kiến lệch nhau quá mức cho phép")),
    (_APP, Act.ADVANCE): _move(_OBJ, _COORDINATOR, needs=_("mọi tiêu chí định tính đã có kết quả thẩm định")),
    (_OBJ, Act.OBJECT): _move(_OBJ, Party.HEAD, needs=_("còn trong hạn gửi ý kiến, tính cả ngày cuối")),
    (_OBJ, Act.ANSWER): _move(_OBJ, _COORDINATOR, needs=_("không phải người gửi và người đã chấm tiêu chí ấy")),
    (_OBJ, Act.ASSESS_AGAIN): _move(_OBJ, Party.ASSESSOR, Party.REFEREE, needs=_("ý kiến được chấp nhận")),
    (_OBJ, Act.DECIDE): _move(
        _DEC,
        Party.DECISION_MAKER,
        needs=_("hết hạn gửi ý kiến, mọi ý kiến đã trả lời, đã chốt số liệu trình quyết định"),
    ),
    (_DEC, Act.ADJUST): _move(_DEC, _COORDINATOR),
    (_DEC, Act.PUBLISH): _move(_PUB, _COORDINATOR),
    (_PUB, Act.ADJUST): _move(_PUB, _COORDINATOR),
    **{(stage, Act.NAME_ASSESSOR): _move(stage, _COORDINATOR) for stage in (_SELF, _CON, _APP, _OBJ)},
    **{(stage, Act.SNAPSHOT): _move(stage, _COORDINATOR) for stage in (_CON, _APP, _OBJ)},
    **{(stage, Act.CANCEL): _move(_CAN, _COORDINATOR) for stage in (_SELF, _CON, _APP, _OBJ)},
}


def move(stage: Stage, act: Act) -> Move:
    """The move by which `act` leaves `stage`. Raises IllegalMove if the table has none."""
    try:
        return MOVES[stage, act]
    except KeyError:
        sentence = _("Không thể {act}: đợt đánh giá đang ở bước “{stage}”.")
        raise IllegalMove(Sentence.of(sentence, act=ACT_WORDS[act], stage=STAGE_WORDS[stage])) from None


def may(stage: Stage, act: Act, parties: frozenset[Party]) -> bool:
    """Whether somebody who is all of `parties` may do `act` at the stage."""
    found = MOVES.get((stage, act))
    return found is not None and bool(found.by & parties)


class Outcome(StrEnum):
    """How the words of the assessors on one criterion of one card stand."""

    WAITING = "waiting"
    SETTLED = "settled"
    APART = "apart"


def outcome_of(words: list[int], *, allowed: int, referee: int | None = None) -> Outcome:
    """Two levels no further apart than `allowed` settle it; further apart, the referee's word does."""
    if len(words) < 2:
        return Outcome.WAITING
    if max(words) - min(words) <= allowed or referee is not None:
        return Outcome.SETTLED
    return Outcome.APART
