"""Who is told of a change of the plan on its way: who must act next, who asked for it, whom it concerns (R025)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Post, Role, User
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.oversight.amendment_permissions import is_own_plan
from tiendo.oversight.amendment_workflow import AmendmentAct, ProposalAct
from tiendo.oversight.answering import answering_unit
from tiendo.oversight.models import Amendment, Proposal
from tiendo.plans.differences import FIELD_WORDS
from tiendo.plans.models import Plan, Task
from tiendo.reporting.people import people_by_unit, people_holding_role, people_of_unit
from tiendo.ui.sentences import Sentence

PROPOSAL_SAYINGS: dict[ProposalAct, str] = {
    ProposalAct.SEND: gettext_noop("{unit} đề nghị sửa đổi kế hoạch “{plan}”: {what}."),
    ProposalAct.WITHDRAW: gettext_noop("{unit} rút đề nghị sửa đổi kế hoạch “{plan}”: {what}."),
    ProposalAct.RETURN: gettext_noop("Đề nghị sửa đổi kế hoạch được trả lại để bổ sung: {what}."),
    ProposalAct.REFUSE: gettext_noop("Đề nghị sửa đổi kế hoạch không được nhận: {what}."),
    ProposalAct.TAKE: gettext_noop("Đề nghị sửa đổi kế hoạch đã được đưa vào dự thảo: {what}."),
}
AMENDMENT_SAYINGS: dict[AmendmentAct, str] = {
    AmendmentAct.SUBMIT: gettext_noop("Dự thảo sửa đổi kế hoạch chờ quyết định: {title}."),
    AmendmentAct.RETURN: gettext_noop("Dự thảo sửa đổi kế hoạch được trả lại để hoàn chỉnh: {title}."),
    AmendmentAct.REFUSE: gettext_noop("Dự thảo sửa đổi kế hoạch không được chấp thuận: {title}."),
    AmendmentAct.DECIDE: gettext_noop("Đã quyết định sửa đổi kế hoạch, có hiệu lực từ {day}: {title}."),
    AmendmentAct.BRING_INTO_FORCE: gettext_noop(
        "Kế hoạch đã sửa đổi có hiệu lực: {title}. Số liệu đã nhập được giữ nguyên."
    ),
}
REPLACED = gettext_noop(
    "Nội dung sửa sau ngày quyết định của nhiệm vụ “{task}” đã được thay bằng nội dung quyết định: {title}."
)
TO_COORDINATORS = frozenset({ProposalAct.SEND, ProposalAct.WITHDRAW})


def tell_proposal(proposal: Proposal, act: ProposalAct, *, by: User, at: datetime) -> None:
    """The coordinator hears what a unit sends, the unit what became of it."""
    on = localdate(at)
    people = coordinators(proposal.plan, on) if act in TO_COORDINATORS else _people_of(proposal, on)
    what = proposal.task.title if proposal.task else str(proposal.wanted.get("title") or "")
    notify(
        kind=Kind.AMENDMENT,
        to=people,
        sentence=Sentence.of(PROPOSAL_SAYINGS[act], unit=proposal.unit.short_name, plan=proposal.plan.title, what=what),
        body=proposal.answer if act in (ProposalAct.RETURN, ProposalAct.REFUSE) else proposal.reason,
        url=reverse("oversight:proposal-detail", args=[proposal.pk]),
        about=f"oversight.proposal:{proposal.pk}",
        key=f"oversight.proposal:{proposal.pk}:{act}:{at.isoformat()}",
        by=by,
        at=at,
    )


def tell_amendment(
    amendment: Amendment, act: AmendmentAct, people: Iterable[User], *, by: User | None, at: datetime
) -> None:
    """Tell people of an act on a draft, in its transaction, once."""
    day = f"{amendment.in_force_from:%d/%m/%Y}" if amendment.in_force_from else ""
    notify(
        kind=Kind.AMENDMENT,
        to=list(dict.fromkeys(people)),
        sentence=Sentence.of(AMENDMENT_SAYINGS[act], title=amendment.title, day=day),
        body=amendment.summary if act == AmendmentAct.SUBMIT else amendment.answer,
        url=reverse("oversight:amendment-detail", args=[amendment.pk]),
        about=f"oversight.amendment:{amendment.pk}",
        key=f"oversight.amendment:{amendment.pk}:{act}:{at.isoformat()}",
        by=by,
        at=at,
    )


@dataclass(frozen=True)
class ReplacedWords:
    """A field's words that a decision replaced, the decided ones, and who had written the former, where known."""

    field: str
    was: str | None
    now: str | None
    by: User | None


def tell_replaced(
    amendment: Amendment,
    task: Task,
    words: Iterable[ReplacedWords],
    people: Iterable[User],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Which words of the task, changed after the decision, the decision replaced on its day; once for each task."""
    notify(
        kind=Kind.AMENDMENT,
        to=list(dict.fromkeys(people)),
        sentence=Sentence.of(REPLACED, task=task.title, title=amendment.title),
        body="\n".join(f"{_(FIELD_WORDS[each.field])}: “{each.was or '–'}” → “{each.now or '–'}”" for each in words),
        url=reverse("plans:task-history", args=[task.code]),
        about=f"plans.task:{task.code}",
        key=f"oversight.amendment:{amendment.pk}:replaced:{task.code}",
        by=by,
        at=at,
    )


def coordinators(plan: Plan, on: date) -> list[User]:
    """Who consolidates in this plan: of a unit's own plan its officers."""
    if is_own_plan(plan):
        return _holding(plan, Role.OFFICER, on)
    return people_holding_role(Role.COORDINATOR, on=on)


def deciders(plan: Plan, on: date) -> list[User]:
    """Who decides in this plan: of a unit's own plan its head."""
    if is_own_plan(plan):
        return _holding(plan, Role.HEAD, on)
    return people_holding_role(Role.DECISION_MAKER, on=on)


def _people_of(proposal: Proposal, on: date) -> list[User]:
    return people_of_unit(answering_unit(proposal.unit_id, [proposal.task_id], on=on), on=on)


def people_of_units(unit_ids: Collection[int], on: date) -> list[User]:
    """Officers and heads of the units that answer for these on the day."""
    return [user for people in people_by_unit(unit_ids, on=on).values() for user in people]


def _holding(plan: Plan, role: Role, on: date) -> list[User]:
    """People of the owner with such a post; with nobody in it, everybody who works there hears."""
    people = people_of_unit(plan.owner_id, on=on)
    posts = Post.objects.in_force(on).filter(role=role, user__in=people).values_list("user_id", flat=True)
    return [user for user in people if user.pk in set(posts)] or people
