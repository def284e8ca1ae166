"""Who is told of an item: the unit asked, those who asked, and those above when it is late."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Post, Role, User
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.oversight.answering import answering_unit
from tiendo.oversight.followup_permissions import parties, reporter_of
from tiendo.oversight.followup_workflow import Act, Party
from tiendo.oversight.models import FollowUp, FollowUpStep, TeamMember
from tiendo.reporting.people import people_by_unit, people_holding_role
from tiendo.reporting.routing import signing_for, superiors_above
from tiendo.ui.sentences import Sentence

SAYINGS: dict[Act, str] = {
    Act.OPEN: gettext_noop("{unit} được giao việc, xong trước hết ngày {day}: {text}"),
    Act.REPORT: gettext_noop("{unit} báo cáo đã xong, chờ xác nhận: {text}"),
    Act.RETURN: gettext_noop("Chưa được xác nhận là xong, {unit} làm tiếp: {text}"),
    Act.CLOSE: gettext_noop("Đã xác nhận xong việc giao {unit}: {text}"),
    Act.EXTEND: gettext_noop("Việc giao {unit} được gia hạn đến hết ngày {day}: {text}"),
    Act.CANCEL: gettext_noop("Thôi theo dõi việc giao {unit}: {text}"),
    Act.ESCALATE: gettext_noop("{unit} chưa xong việc được giao, quá hạn từ sau ngày {day}: {text}"),
    Act.REMIND: gettext_noop("{unit} đã báo cáo xong, đang chờ bạn xác nhận: {text}"),
    Act.PRESS: gettext_noop("{unit} đã báo cáo xong nhưng chưa ai xác nhận: {text}"),
}
LONGEST = 120


def tell_step(step: FollowUpStep, *, by: User | None, at: datetime) -> list[User]:
    """Tell those the step concerns, in the transaction of the act; who was told. Progress notes are told to nobody."""
    act, follow_up = Act(step.act), step.follow_up
    if act not in SAYINGS:
        return []
    people = list(dict.fromkeys(_concerned(act, follow_up, at)))
    notify(
        kind=Kind.FOLLOW_UP,
        to=people,
        sentence=_sentence(act, follow_up),
        body=step.note,
        url=reverse("oversight:follow-up-detail", args=[follow_up.pk]),
        about=f"oversight.followup:{follow_up.pk}",
        key=f"oversight.followup:{follow_up.pk}:{step.pk}",
        by=by,
        at=at,
    )
    return people


def _sentence(act: Act, follow_up: FollowUp) -> Sentence:
    text = follow_up.text if len(follow_up.text) <= LONGEST else f"{follow_up.text[: LONGEST - 1]}…"
    return Sentence.of(SAYINGS[act], unit=follow_up.unit.short_name, day=f"{follow_up.due_on:%d/%m/%Y}", text=text)


def _concerned(act: Act, follow_up: FollowUp, at: datetime) -> Iterable[User]:
    on = localdate(at)
    if act == Act.REPORT:
        return askers_of(follow_up, at)
    if act in (Act.REMIND, Act.PRESS):
        confirmers = confirmers_of(follow_up, at)
        return confirmers if act == Act.REMIND else [*confirmers, *_above(confirmers, on)]
    answering = answering_unit(follow_up.unit_id, [follow_up.task_id], on=on)
    unit = people_by_unit([answering], on=on)[answering]
    if act == Act.ESCALATE:
        return [*superiors_above(follow_up.unit, on=on), *askers_of(follow_up, at), *unit]
    return unit


def confirmers_of(follow_up: FollowUp, at: datetime) -> list[User]:
    """Those who asked and may close it now: nobody of the unit, nor who reported it."""
    asked = dict.fromkeys(askers_of(follow_up, at))
    return [user for user in asked if Party.ASKER in parties(user, follow_up) and user.pk != reporter_of(follow_up)]


def _above(confirmers: Iterable[User], on: date) -> list[User]:
    """Heads of the units the confirmers work in and those who sign above them, and who decides on the plan."""
    posts = Post.objects.in_force(on).filter(user__in=list(confirmers)).select_related("unit")
    units = {post.unit_id: post.unit for post in posts}
    signing = [user for pk in units for user in signing_for(pk, on=on)]
    above = [user for unit in units.values() for user in superiors_above(unit, on=on)]
    return [*signing, *above, *people_holding_role(Role.DECISION_MAKER, on=on)]


def askers_of(follow_up: FollowUp, at: datetime) -> list[User]:
    """Who gave it, and those who may close it beside them: the inspection's team, else the coordinators."""
    own = [follow_up.made_by] if follow_up.made_by.is_active else []
    if follow_up.inspection_id is not None:
        team = TeamMember.objects.filter(inspection=follow_up.inspection_id, ended_at=None, user__is_active=True)
        return [*own, *(member.user for member in team.select_related("user"))]
    return [*own, *people_holding_role(Role.COORDINATOR, on=localdate(at))]
