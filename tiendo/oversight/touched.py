"""What a change of units touches: all that stands with the units it ends, as it stands on the day before."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import Post, User
from tiendo.indicators.models import Figure, Indicator, Passport
from tiendo.oversight.models import Difficulty, FollowUp, Inspection, Pilot, Proposal
from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import Assignment, GroupSupervision, Plan, Task
from tiendo.reporting.models import Duty


@dataclass(frozen=True)
class Touch:
    """One kind of things touched: its code and words, how many there are, and those the reader may see."""

    code: str
    words: str | Promise
    total: int
    rows: tuple[Any, ...]

    @property
    def unseen(self) -> int:
        """How many of them the reader may not open."""
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Touched:
    """Everything touched, kind by kind; kinds with nothing are left out."""

    kinds: tuple[Touch, ...]

    @property
    def total(self) -> int:
        return sum(kind.total for kind in self.kinds)

    def of(self, code: str) -> Touch | None:
        """One kind by its code; None when nothing of it is touched."""
        return next((kind for kind in self.kinds if kind.code == code), None)


def touched(unit_ids: Collection[int], *, on: date, user: User) -> Touched:
    """What stands with these units on the day before `on`, their predecessors' included, in a constant number of
    queries. Things of which the reader may know nothing at all, as a surprise inspection, are not counted either."""
    before = holding(on=on - timedelta(days=1))
    held = frozenset(unit for each in unit_ids for unit in before.held_by(each))
    return Touched(tuple(kind for kind in _kinds(held, before, user) if kind.total))


def _kinds(held: frozenset[int], before: Holding, user: User) -> Iterator[Touch]:
    yield _touch("tasks", _("nhiệm vụ đang thực hiện"), _tasks(held, before), Task.objects.visible_to(user))
    yield _touch("shared", _("nhiệm vụ tham gia chung qua nhóm"), _shared(held, before), Task.objects.visible_to(user))
    yield _touch("duties", _("báo cáo đang mở"), _duties(held), Duty.objects.visible_to(user))
    yield _touch("people", _("người đang giữ chức vụ"), _posts(held, before.on), Post.objects.visible_to(user))
    yield _touch("indicators", _("chỉ tiêu chủ trì"), _owned(held), Indicator.objects.visible_to(user))
    yield _touch("figures", _("chỉ tiêu có số liệu của đơn vị"), _measured(held), Indicator.objects.visible_to(user))
    yield _touch("branches", _("nhóm nhiệm vụ được giao giám sát"), _branches(held), None)
    yield _touch(
        "difficulties", _("khó khăn, vướng mắc chưa tháo gỡ"), _hard(held), Difficulty.objects.visible_to(user)
    )
    yield _touch("follow_ups", _("việc được giao theo dõi"), _asked(held), FollowUp.objects.visible_to(user))
    inspections = Inspection.objects.visible_to(user)  # nobody learns here of one that is to come as a surprise
    yield _touch("inspections", _("cuộc kiểm tra chưa kết luận"), inspections.filter(_open_inspections(held)), None)
    yield _touch(
        "proposals", _("đề xuất sửa kế hoạch chưa quyết định"), _wanted(held), Proposal.objects.visible_to(user)
    )
    yield _touch("pilots", _("thí điểm, thử nghiệm đang chạy"), _tried(held), Pilot.objects.visible_to(user))
    yield _touch(
        "plans", _("kế hoạch do đơn vị ban hành"), Plan.objects.filter(owner__in=held), Plan.objects.visible_to(user)
    )


def _touch(code: str, words: str | Promise, rows: "QuerySet[Any]", seen: "QuerySet[Any] | None") -> Touch:
    """All rows counted; of them those also in `seen` listed, or all when None."""
    shown = tuple(rows if seen is None else rows.filter(pk__in=seen.order_by().values("pk")))
    return Touch(code, words, len(shown) if seen is None else rows.count(), shown)


def _tasks(held: frozenset[int], before: Holding) -> "QuerySet[Any]":
    parts = Assignment.objects.in_force().answered_by(held, known=before)
    return Task.objects.unfinished().filter(pk__in=parts.values("task")).select_related("plan", "group")


def _shared(held: frozenset[int], before: Holding) -> "QuerySet[Any]":
    return Task.objects.unfinished().shared_with(held, on=before.on).select_related("plan", "group")


def _duties(held: frozenset[int]) -> "QuerySet[Any]":
    rows = Duty.objects.filter(unit__in=held, period__opened_at__isnull=False, period__closed_at=None)
    return rows.filter(accepted_at=None).select_related("period", "unit").order_by("due_at", "pk")


def _posts(held: frozenset[int], on: date) -> "QuerySet[Any]":
    rows = Post.objects.in_force(on).filter(unit__in=held, user__is_active=True)
    return rows.select_related("user", "unit").order_by("unit__sort_key", "user__full_name", "pk")


def _owned(held: frozenset[int]) -> "QuerySet[Any]":
    owned = Passport.objects.in_force().filter(owner__in=held)
    return Indicator.objects.in_use().filter(pk__in=owned.values("indicator")).prefetch_related("passports")


def _measured(held: frozenset[int]) -> "QuerySet[Any]":
    figures = Figure.objects.filter(unit__in=held)
    return Indicator.objects.in_use().filter(pk__in=figures.values("indicator")).prefetch_related("passports")


def _branches(held: frozenset[int]) -> "QuerySet[Any]":
    return GroupSupervision.objects.filter(unit__in=held, ended_at=None).select_related("group__plan", "unit")


def _hard(held: frozenset[int]) -> "QuerySet[Any]":
    ended = [Difficulty.State.REMOVED, Difficulty.State.WITHDRAWN]
    rows = Difficulty.objects.filter(Q(unit__in=held) | Q(authority__in=held)).exclude(state__in=ended)
    return rows.select_related("unit")


def _asked(held: frozenset[int]) -> "QuerySet[Any]":
    return FollowUp.objects.standing().filter(unit__in=held).select_related("unit")


def _open_inspections(held: frozenset[int]) -> Q:
    ended = [Inspection.State.CONCLUDED, Inspection.State.CANCELLED]
    return Q(unit__in=held) & ~Q(state__in=ended)


def _wanted(held: frozenset[int]) -> "QuerySet[Any]":
    ended = [Proposal.State.DECIDED, Proposal.State.REFUSED, Proposal.State.WITHDRAWN]
    return Proposal.objects.filter(unit__in=held).exclude(state__in=ended).select_related("unit", "plan", "task")


def _tried(held: frozenset[int]) -> "QuerySet[Any]":
    running = [Pilot.Stage.PILOT, Pilot.Stage.EVALUATED]
    return Pilot.objects.filter(Q(unit__in=held) | Q(supervisor__in=held), stage__in=running).select_related("unit")
