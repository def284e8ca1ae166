"""Who may do what about a difficulty: the table of `difficulty_workflow` says which party may act in which state."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import YES, Decision, holds, no
from tiendo.orgs.models import Unit
from tiendo.oversight.answering import answering_unit
from tiendo.oversight.difficulty_workflow import Act, Party, State, may, move
from tiendo.oversight.inspection_permissions import works_in
from tiendo.oversight.models import Difficulty

_UNIT = gettext_lazy("Việc này dành cho đơn vị nêu khó khăn.")
_HEAD = gettext_lazy("Việc này do thủ trưởng đơn vị nêu khó khăn làm.")
_COORDINATOR = gettext_lazy("Việc này dành cho cơ quan đầu mối.")
_AUTHORITY = gettext_lazy("Chỉ người đứng đầu cơ quan có thẩm quyền đang giữ khó khăn này mới trả lời.")

REFUSALS = {
    Act.WRITE: _UNIT,
    Act.SEND: _HEAD,
    Act.TAKE_BACK: _HEAD,
    Act.WITHDRAW: _HEAD,
    Act.DECLINE: _AUTHORITY,
    Act.DECIDE: _AUTHORITY,
    Act.FOLLOW: gettext_lazy("Việc thực hiện quyết định do cơ quan đầu mối hoặc cơ quan đã quyết định giao."),
    Act.STAND: _HEAD,
    Act.REMOVE: gettext_lazy("Đơn vị nêu khó khăn xác nhận đã tháo gỡ, hoặc cơ quan đầu mối nêu lý do."),
}


def parties(user: User, difficulty: Difficulty) -> frozenset[Party]:
    """What the person is to the difficulty; the successor of a unit answers for it, as for all its work, or the unit to
    which its tasks were handed."""
    access, unit = user.access, raised_by(difficulty)
    held = {
        Party.OFFICER: unit in access.held_unit_ids,
        Party.HEAD: unit in access.headed_unit_ids,
        Party.COORDINATOR: holds(user, Role.COORDINATOR),
        Party.AUTHORITY: difficulty.authority_id is not None and difficulty.authority_id in access.signing_unit_ids,
    }
    return frozenset(party for party, is_one in held.items() if is_one)


def raised_by(difficulty: Difficulty) -> int:
    """The unit that answers for it today (or whose successor does)."""
    tasks = difficulty.tasks.values_list("pk", flat=True) if difficulty.pk else ()
    return answering_unit(difficulty.unit_id, list(tasks), on=localdate())


def can_register_difficulty(user: User, unit: Unit) -> Decision:
    """Any unit says what is in its own way, and nobody for it."""
    if unit.pk in user.access.held_unit_ids:
        return YES
    return no(_("Khó khăn do người của chính đơn vị gặp khó khăn ghi."))


def can_do(user: User, difficulty: Difficulty, act: Act) -> Decision:
    """Whether the person may do the act now; raises IllegalMove to who may do it in another state."""
    own, state = parties(user, difficulty), State(difficulty.state)
    if may(state, act, own):
        return _apart(user, difficulty, act)
    if any(may(each, act, own) for each in State):
        move(state, act)
    return no(str(REFUSALS.get(act, _COORDINATOR)))


def _apart(user: User, difficulty: Difficulty, act: Act) -> Decision:
    """Nobody decides what their own unit raised, nor stops the clock that runs against their own unit."""
    access = user.access
    if act == Act.DECIDE and {difficulty.unit_id, raised_by(difficulty)} & access.held_unit_ids:
        return no(_("Khó khăn do đơn vị của bạn nêu; người khác phải quyết định."))
    if act == Act.STOP and difficulty.authority and works_in(user, difficulty.authority):
        return no(_("Đơn vị của bạn đang phải trả lời; người khác mới được tạm dừng hạn."))
    return YES
