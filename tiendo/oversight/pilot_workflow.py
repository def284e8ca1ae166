"""The life of a pilot as data: pilot, then evaluation, then institutionalisation, in that order (R047, R051). Pure."""

from enum import StrEnum
from gettext import gettext as _

from tiendo.oversight.moves import Move, acts_open, leads
from tiendo.ui.sentences import Sentence


class IllegalPilotMove(Exception):
    """The act is not possible at this stage; the message says so in Vietnamese."""


class PilotStage(StrEnum):
    PILOT = "pilot"
    EVALUATED = "evaluated"
    INSTITUTIONALISED = "institutionalised"
    STOPPED = "stopped"


PILOT_STAGE_WORDS: dict[PilotStage, str] = {
    PilotStage.PILOT: _("đang thí điểm"),
    PilotStage.EVALUATED: _("đã đánh giá"),
    PilotStage.INSTITUTIONALISED: _("đã thể chế hóa"),
    PilotStage.STOPPED: _("dừng"),
}


class PilotAct(StrEnum):
    """Their values are the kinds of record the acts leave."""

    EVALUATE = "evaluation"
    INSTITUTIONALISE = "institution"
    NOTE_INCIDENT = "incident"
    STOP = "stop"


PILOT_ACT_WORDS: dict[PilotAct, str] = {
    PilotAct.EVALUATE: _("ghi đánh giá"),
    PilotAct.INSTITUTIONALISE: _("ghi văn bản thể chế hóa"),
    PilotAct.NOTE_INCIDENT: _("ghi sự cố"),
    PilotAct.STOP: _("dừng"),
}


class PilotParty(StrEnum):
    OFFICER = "officer"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"


PILOT_PARTY_WORDS: dict[PilotParty, str] = {
    PilotParty.OFFICER: _("cán bộ của đơn vị thực hiện"),
    PilotParty.HEAD: _("thủ trưởng đơn vị thực hiện"),
    PilotParty.SUPERVISOR: _("người của cơ quan giám sát"),
    PilotParty.COORDINATOR: _("cơ quan đầu mối"),
}


_OFF, _HEAD, _SUP, _COO = PilotParty.OFFICER, PilotParty.HEAD, PilotParty.SUPERVISOR, PilotParty.COORDINATOR
_RUNNING = (PilotStage.PILOT, PilotStage.EVALUATED)

PILOT_MOVES: dict[tuple[PilotStage, PilotAct], Move[PilotStage, PilotParty]] = {
    (PilotStage.PILOT, PilotAct.EVALUATE): leads(PilotStage.EVALUATED, _HEAD, _SUP, _COO),
    (PilotStage.EVALUATED, PilotAct.EVALUATE): leads(PilotStage.EVALUATED, _HEAD, _SUP, _COO),
    (PilotStage.EVALUATED, PilotAct.INSTITUTIONALISE): leads(
        PilotStage.INSTITUTIONALISED, _COO, needs=_("có bản đánh giá và văn bản ban hành")
    ),
    **{(stage, PilotAct.NOTE_INCIDENT): leads(stage, _OFF, _HEAD, _SUP, _COO) for stage in _RUNNING},
    **{(stage, PilotAct.STOP): leads(PilotStage.STOPPED, _SUP, _COO) for stage in _RUNNING},
}


def pilot_move(stage: PilotStage, act: PilotAct) -> Move[PilotStage, PilotParty]:
    """The move by which `act` leaves `stage`. Raises IllegalPilotMove if the table has none."""
    try:
        return PILOT_MOVES[stage, act]
    except KeyError:
        sentence = _("Không thể {act}: nội dung thí điểm đang ở bước “{stage}”.")
        words = {"act": PILOT_ACT_WORDS[act], "stage": PILOT_STAGE_WORDS[stage]}
        raise IllegalPilotMove(Sentence.of(sentence, **words)) from None


def pilot_acts(stage: PilotStage, parties: frozenset[PilotParty]) -> list[PilotAct]:
    """What somebody who is all of `parties` may do at the stage, in the order of the table."""
    found = acts_open(PILOT_MOVES, stage, parties)
    return [act for act in PilotAct if act in found]
