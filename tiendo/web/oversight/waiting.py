"""What of oversight waits for the signed-in person, asked of each subject's own queries; a constant number of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.oversight.difficulty_queries import for_list, lines
from tiendo.oversight.difficulty_queries import waiting_for as difficulties_waiting
from tiendo.oversight.followup_queries import to_confirm, to_report
from tiendo.oversight.models import Amendment, Inspection, Proposal, TeamMember

SHOWN = 8  # of each kind; the rest are counted
RUNNING = (Inspection.State.ANNOUNCED, Inspection.State.UNDER_WAY)


@dataclass(frozen=True)
class Thing:
    """One thing that waits: what it is, where it is done, and until when, if there is a day."""

    text: str
    url: str
    due_on: date | None = None


@dataclass(frozen=True)
class Pile:
    """Things of one kind that wait, the most pressing first; `count` counts those not shown too."""

    words: object
    things: Sequence[Thing]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.things)


@dataclass(frozen=True)
class Kind:
    """One kind of thing to do: whose rows, under which words, and on which page."""

    subject: str
    words: object
    rows: Callable[[User], QuerySet[Any]]
    page: str
    text: str | Callable[[Any], str]
    due: str = ""
    days: Callable[[Sequence[Any]], dict[int, date | None]] | None = None


def proposals_returned(user: User) -> QuerySet[Proposal]:
    """What the reader's units must complete before it can go into a draft."""
    rows = Proposal.objects.filter(unit_id__in=user.access.held_unit_ids, state=Proposal.State.RETURNED)
    return rows.select_related("task")


def reply_days(rows: Sequence[Any]) -> dict[int, date | None]:
    """The last good day of each answer, moved by the time in which its clock stood still."""
    found = lines(rows, at=timezone.now())
    return {line.difficulty.pk: line.reply.due_on if line.reply else None for line in found}


def proposals_sent(user: User) -> QuerySet[Proposal]:
    sent = Proposal.objects.filter(state=Proposal.State.SENT).select_related("task")
    return sent if holds(user, Role.COORDINATOR) else sent.none()


def proposal_words(proposal: Proposal) -> str:
    """What is asked, of which task."""
    title = proposal.task.title if proposal.task else proposal.wanted.get("title", "")
    return f"{capfirst(proposal.get_kind_display())}: {title}"


def amendments_to_decide(user: User) -> QuerySet[Amendment]:
    submitted = Amendment.objects.filter(state=Amendment.State.SUBMITTED)
    return submitted if holds(user, Role.DECISION_MAKER) else submitted.none()


def amendments_returned(user: User) -> QuerySet[Amendment]:
    returned = Amendment.objects.filter(state=Amendment.State.RETURNED)
    return returned if holds(user, Role.COORDINATOR) else returned.none()


def inspections_coming(user: User) -> QuerySet[Inspection]:
    """Of the reader's units, once they were told; and those in whose team the reader is."""
    team = TeamMember.objects.filter(user=user, ended_at=None).values("inspection")
    mine = Q(unit_id__in=user.access.held_unit_ids) | Q(pk__in=team)
    return Inspection.objects.visible_to(user).filter(mine, state__in=RUNNING)


KINDS: tuple[Kind, ...] = (
    Kind("directions", _("Việc đơn vị phải làm"), to_report, "oversight:follow-up-detail", "text", "due_on"),
    Kind("directions", _("Việc chờ bạn xác nhận đã xong"), to_confirm, "oversight:follow-up-detail", "text", "due_on"),
    Kind(
        "difficulties",
        _("Khó khăn, vướng mắc chờ bạn"),
        lambda user: for_list(difficulties_waiting(user)),
        "oversight:difficulty-detail",
        "title",
        "reply_due_on",
        reply_days,
    ),
    Kind(
        "amendments",
        _("Đề nghị sửa đổi được trả lại"),
        proposals_returned,
        "oversight:proposal-detail",
        proposal_words,
    ),
    Kind("amendments", _("Đề nghị sửa đổi chờ tổng hợp"), proposals_sent, "oversight:proposal-detail", proposal_words),
    Kind(
        "amendments",
        _("Dự thảo sửa đổi được trả lại"),
        amendments_returned,
        "oversight:amendment-detail",
        "title",
    ),
    Kind(
        "amendments",
        _("Dự thảo sửa đổi chờ quyết định"),
        amendments_to_decide,
        "oversight:amendment-detail",
        "title",
    ),
    Kind(
        "inspections",
        _("Cuộc kiểm tra của bạn"),
        inspections_coming,
        "oversight:inspection-detail",
        "title",
        "ends_on",
    ),
)


def waiting_for(user: User) -> list[Pile]:
    """Every pile with something in it; two queries at most for each kind."""
    piles = [_pile(kind, kind.rows(user)) for kind in KINDS]
    return [pile for pile in piles if pile.count]


def _pile(kind: Kind, rows: QuerySet[Any]) -> Pile:
    ordered = rows.order_by(*([kind.due] if kind.due else []), "pk")
    found = list(ordered[: SHOWN + 1])
    shown = found[:SHOWN]
    days = kind.days(shown) if kind.days else {row.pk: getattr(row, kind.due) if kind.due else None for row in shown}
    things = [_thing(kind, row, days[row.pk]) for row in shown]
    return Pile(kind.words, things, len(found) if len(found) <= SHOWN else rows.count())


def _thing(kind: Kind, row: Any, due_on: date | None) -> Thing:
    text = kind.text(row) if callable(kind.text) else getattr(row, kind.text)
    return Thing(text, reverse(kind.page, args=[row.pk]), due_on)
