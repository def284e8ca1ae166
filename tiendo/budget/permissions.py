"""Who enters money, who confirms it, and who keeps the sums of the budget (R023, R062)."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import Post, Role, User
from tiendo.accounts.permissions import YES, Decision, holds, must_hold, no
from tiendo.budget.models import MoneyLine
from tiendo.plans.holding import part_holder
from tiendo.plans.models import Assignment, Task

SPENDS = (Assignment.Role.LEAD, Assignment.Role.COORDINATING)


def can_enter_money(user: User, task: Task, unit_id: int) -> Decision:
    """People of a unit that leads or helps with the task enter its money; finance enters anybody's."""
    charged = Assignment.objects.in_force().filter(task=task, unit_id=unit_id, role__in=SPENDS)
    if holds(user, Role.FINANCE) or part_holder(task.pk, unit_id, on=localdate()) in user.access.held_unit_ids:
        if charged.exists():
            return YES
        return no(_("Cơ quan này không chủ trì, cũng không phối hợp nhiệm vụ, nên không có kinh phí ở đây."))
    return no(_("Kinh phí do cán bộ, thủ trưởng cơ quan thực hiện nhiệm vụ hoặc cơ quan tài chính nhập."))


def can_enter_workbook(user: User) -> Decision:
    """A whole year's lines at once are finance's."""
    return must_hold(user, Role.FINANCE)


def can_see_queue(user: User) -> Decision:
    """Whoever may confirm a line sees what waits."""
    if holds(user, Role.FINANCE, Role.COORDINATOR):
        return YES
    return no(_("Danh sách này dành cho cơ quan tài chính và cơ quan đầu mối."))


def can_confirm_money(user: User, line: MoneyLine, *, entered_by_finance: bool) -> Decision:
    """Finance confirms; what finance itself entered, another of finance or the coordinator. Never who entered it."""
    if not holds(user, Role.FINANCE, Role.COORDINATOR):
        return no(_("Chỉ cơ quan tài chính xác nhận số liệu kinh phí."))
    if line.entered_by_id == user.pk:
        return no(_("Bạn đã nhập số này; phải do người khác xác nhận."))
    if holds(user, Role.FINANCE) or entered_by_finance:
        return YES
    return no(_("Cơ quan đầu mối chỉ xác nhận số do cơ quan tài chính nhập; số của đơn vị do tài chính xác nhận."))


def can_record_spending(user: User) -> Decision:
    """The sums of the 3 % rule are entered by finance, with the paper they stand in."""
    return must_hold(user, Role.FINANCE)


def finance_people(on: date) -> frozenset[int]:
    """Who holds a post in finance that day."""
    posts = Post.objects.in_force(on).filter(role=Role.FINANCE)
    return frozenset(posts.values_list("user_id", flat=True))
