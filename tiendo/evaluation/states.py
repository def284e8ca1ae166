"""Closed vocabularies of the evaluation. Pure."""

from enum import StrEnum
from gettext import gettext as _


class SetStatus(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    RETIRED = "retired"


SET_STATUS_WORDS: dict[SetStatus, str] = {
    SetStatus.DRAFT: _("đang soạn"),
    SetStatus.PROPOSED: _("chờ ban hành"),
    SetStatus.IN_FORCE: _("đang áp dụng"),
    SetStatus.RETIRED: _("thôi áp dụng"),
}


class Stage(StrEnum):
    """Where a yearly evaluation stands; one after the other, never back except to reopen objections."""

    SELF_ASSESSMENT = "self_assessment"
    CONSOLIDATION = "consolidation"
    APPRAISAL = "appraisal"
    OBJECTION = "objection"
    DECIDED = "decided"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


STAGE_WORDS: dict[Stage, str] = {
    Stage.SELF_ASSESSMENT: _("các đơn vị tự đánh giá"),
    Stage.CONSOLIDATION: _("cơ quan đầu mối tổng hợp"),
    Stage.APPRAISAL: _("thẩm định"),
    Stage.OBJECTION: _("tiếp nhận và trả lời ý kiến"),
    Stage.DECIDED: _("đã quyết định"),
    Stage.PUBLISHED: _("đã công bố"),
    Stage.CANCELLED: _("đã hủy"),
}


class Subject(StrEnum):
    UNIT = "unit"
    HEAD = "head"


SUBJECT_WORDS: dict[Subject, str] = {Subject.UNIT: _("cơ quan, đơn vị"), Subject.HEAD: _("người đứng đầu")}


class Voice(StrEnum):
    """Whose word on a criterion it is."""

    SELF = "self"
    COORDINATOR = "coordinator"
    ASSESSOR = "assessor"
    REFEREE = "referee"


VOICE_WORDS: dict[Voice, str] = {
    Voice.SELF: _("đơn vị tự đánh giá"),
    Voice.COORDINATOR: _("cơ quan đầu mối tổng hợp"),
    Voice.ASSESSOR: _("người thẩm định"),
    Voice.REFEREE: _("người thẩm định thứ ba"),
}


class Answer(StrEnum):
    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


ANSWER_WORDS: dict[Answer, str] = {
    Answer.UPHELD: _("chấp nhận"),
    Answer.PARTLY: _("chấp nhận một phần"),
    Answer.REJECTED: _("không chấp nhận"),
}


class Drawn(StrEnum):
    """How a claim came to be looked at: only the random part says anything about all claims."""

    RANDOM = "random"
    RISK = "risk"


DRAWN_WORDS: dict[Drawn, str] = {Drawn.RANDOM: _("rút ngẫu nhiên"), Drawn.RISK: _("rút theo rủi ro")}


class Finding(StrEnum):
    CONFIRMED = "confirmed"
    PARTLY = "partly"
    REFUTED = "refuted"
    UNCHECKABLE = "uncheckable"


FINDING_WORDS: dict[Finding, str] = {
    Finding.CONFIRMED: _("đúng như báo cáo"),
    Finding.PARTLY: _("chỉ đúng một phần"),
    Finding.REFUTED: _("không đúng báo cáo"),
    Finding.UNCHECKABLE: _("không kiểm tra được"),
}
