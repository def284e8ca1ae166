"""Who may do what in a yearly evaluation. The table of `workflow` says which party may act at which stage."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.evaluation.models import Assessor, Cycle, Judgement, Objection, Scorecard
from tiendo.evaluation.states import Answer, Stage, Voice
from tiendo.evaluation.workflow import Act, Party, may, move

REFUSALS = {
    Act.DRAFT_SELF: gettext_lazy("Chỉ người của đơn vị được đánh giá mới soạn tự đánh giá."),
    Act.SUBMIT: gettext_lazy("Tự đánh giá do thủ trưởng đơn vị gửi."),
    Act.CONSOLIDATE: gettext_lazy("Nhận xét tổng hợp do cơ quan đầu mối ghi."),
    Act.ASSESS: gettext_lazy("Chỉ người được cử thẩm định nhóm này mới chấm."),
    Act.REFEREE: gettext_lazy("Chỉ người thẩm định thứ ba của nhóm mới chấm tiêu chí còn lệch nhau."),
    Act.ASSESS_AGAIN: gettext_lazy("Chỉ người được cử thẩm định nhóm này mới chấm lại."),
    Act.OBJECT: gettext_lazy("Ý kiến về kết quả do thủ trưởng đơn vị được đánh giá gửi."),
}
ACT_OF = {Voice.SELF: Act.DRAFT_SELF, Voice.COORDINATOR: Act.CONSOLIDATE}


def parties(user: User, cycle: Cycle, card: Scorecard | None = None) -> frozenset[Party]:
    """What the person is to the cycle, and to the card when one is given."""
    held = {
        Party.COORDINATOR: holds(user, Role.COORDINATOR),
        Party.DECISION_MAKER: holds(user, Role.DECISION_MAKER) and cycle.opened_by_id != user.pk,
    }
    if card is not None:
        is_own_head = card.head_id == user.pk
        held[Party.OFFICER] = card.head_id is None and card.unit_id in user.access.held_unit_ids
        held[Party.HEAD] = is_own_head if card.head_id else card.unit_id in user.access.headed_unit_ids
        named = Assessor.objects.filter(cycle=cycle, group=card.group, user=user, ended_at=None)
        voices = set(named.values_list("voice", flat=True))
        held |= {Party.ASSESSOR: Voice.ASSESSOR in voices, Party.REFEREE: Voice.REFEREE in voices}
    return frozenset(party for party, is_one in held.items() if is_one)


def can_open_cycle(user: User) -> Decision:
    return must_hold(user, Role.COORDINATOR)


def can_steer_cycle(user: User, cycle: Cycle, act: Act) -> Decision:
    """Acts on the whole cycle; raises IllegalMove when the stage has no such act."""
    if not may(Stage(cycle.stage), act, parties(user, cycle)):
        allowed = must_hold(user, Role.COORDINATOR)
        if not allowed:
            return allowed
        move(Stage(cycle.stage), act)
    return YES


def can_decide_cycle(user: User, cycle: Cycle) -> Decision:
    """The decision-maker, and never the one who opened it; what must be done before is asked for by the act."""
    allowed = must_hold(user, Role.DECISION_MAKER)
    if allowed and cycle.opened_by_id == user.pk:
        return no(_("Bạn đã mở đợt đánh giá này; người khác có thẩm quyền phải quyết định."))
    return allowed


def can_name_assessor(user: User, cycle: Cycle, named: User) -> Decision:
    """Whoever decides, inspects, or reads everything as coordinator, does not appraise."""
    allowed = can_steer_cycle(user, cycle, Act.NAME_ASSESSOR)
    if not allowed:
        return allowed
    if not named.is_active:
        return no(_("Tài khoản của người này đã khóa."))
    if holds(named, Role.DECISION_MAKER, Role.INSPECTOR):
        return no(_("Người quyết định và thanh tra không thẩm định điểm."))
    if holds(named, Role.COORDINATOR):
        return no(_("Cơ quan đầu mối tổng hợp và đọc mọi kết quả nên không thẩm định điểm."))
    return YES


def can_say(user: User, card: Scorecard, voice: Voice, criterion: str = "") -> Decision:
    """Whether the person may speak with this voice on the card now; raises IllegalMove when the stage has no such act.

    Nobody but the unit itself speaks of the unit they work in.
    """
    act = act_of(voice, card, criterion)
    if not may(Stage(card.cycle.stage), act, parties(user, card.cycle, card)):
        move(Stage(card.cycle.stage), act)
        return no(str(REFUSALS[act]))
    if voice == Voice.SELF:
        return no(_("Tự đánh giá đã gửi nên không sửa nữa.")) if card.submitted_at else YES
    if is_own(user, card):
        return no(_("Đây là phiếu của đơn vị bạn; người ở đơn vị khác phải nhận xét, thẩm định."))
    return YES


def act_of(voice: Voice, card: Scorecard, criterion: str = "") -> Act:
    """Which act speaking with a voice is; of assessors once objections are heard, speaking again."""
    if voice in ACT_OF:
        return ACT_OF[voice]
    if card.cycle.stage == Stage.OBJECTION:
        return Act.ASSESS_AGAIN
    return Act.ASSESS if voice == Voice.ASSESSOR else Act.REFEREE


def is_own(user: User, card: Scorecard) -> bool:
    """Whether the card judges the person or a unit the person works in."""
    return card.head_id == user.pk or card.unit_id in (user.access.held_unit_ids | user.access.unit_ids)


def is_upheld(card: Scorecard, criterion: str) -> bool:
    """Whether an objection to the criterion was granted, wholly or in part."""
    granted = [Answer.UPHELD, Answer.PARTLY]
    return Objection.objects.filter(scorecard=card, criterion=criterion, answer__in=granted).exists()


def can_submit_card(user: User, card: Scorecard) -> Decision:
    """Nothing leaves the unit without its head; raises IllegalMove at another stage."""
    if not may(Stage(card.cycle.stage), Act.SUBMIT, parties(user, card.cycle, card)):
        move(Stage(card.cycle.stage), Act.SUBMIT)
        return no(str(REFUSALS[Act.SUBMIT]))
    return no(_("Tự đánh giá này đã gửi.")) if card.submitted_at else YES


def can_object(user: User, card: Scorecard, *, on: date) -> Decision:
    """The head, as long as the window is open, its last day included."""
    if not may(Stage(card.cycle.stage), Act.OBJECT, parties(user, card.cycle, card)):
        move(Stage(card.cycle.stage), Act.OBJECT)
        return no(str(REFUSALS[Act.OBJECT]))
    until = card.cycle.objection_until
    if until is not None and on > until:
        return no(_("Đã hết hạn gửi ý kiến (ngày cuối là %(day)s).") % {"day": f"{until:%d/%m/%Y}"})
    return YES


def can_answer(user: User, objection: Objection) -> Decision:
    """The coordinator; never who raised it, nor who judged that criterion, nor somebody of the unit."""
    card = objection.scorecard
    if not may(Stage(card.cycle.stage), Act.ANSWER, parties(user, card.cycle)):
        allowed = must_hold(user, Role.COORDINATOR)
        if not allowed:
            return allowed
        move(Stage(card.cycle.stage), Act.ANSWER)
    if objection.raised_by_id == user.pk or is_own(user, card):
        return no(_("Ý kiến này là của đơn vị bạn; người khác phải trả lời."))
    judged = Judgement.objects.filter(scorecard=card, criterion=objection.criterion, said_by=user)
    if judged.exclude(voice=Voice.SELF).exists():
        return no(_("Bạn đã chấm hoặc nhận xét tiêu chí này; người khác phải trả lời."))
    return YES
