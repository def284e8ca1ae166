"""Who is told of an inspection: the team, the inspected unit when it may know, those who steer when it is concluded."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.oversight.inspection_permissions import works_in
from tiendo.oversight.inspection_workflow import Act
from tiendo.oversight.models import Inspection, TeamMember
from tiendo.reporting.people import people_by_unit, people_holding_role
from tiendo.ui.sentences import Sentence

ASKED = "ask"
SAYINGS: dict[str, str] = {
    ASKED: gettext_noop("Có đề nghị kiểm tra đột xuất {unit}: {title}"),
    Act.NAME_TEAM: gettext_noop("Bạn được cử vào đoàn kiểm tra {unit} từ ngày {first} đến ngày {last}: {title}"),
    Act.ANNOUNCE: gettext_noop("{unit} được kiểm tra từ ngày {first} đến ngày {last} theo {decision}: {title}"),
    Act.BEGIN: gettext_noop("Đoàn kiểm tra bắt đầu làm việc tại {unit} theo {decision}: {title}"),
    Act.CANCEL: gettext_noop("Không tiến hành kiểm tra {unit}: {title}"),
    Act.CONCLUDE: gettext_noop("Đã có kết luận kiểm tra {unit}: {title}"),
}


def tell(act: str, inspection: Inspection, *, by: User, at: datetime, to: Iterable[User] | None = None) -> None:
    """Tell those the act concerns, in its transaction; `to` names them where the act does."""
    people = list(dict.fromkeys(_concerned(act, inspection, at) if to is None else to))
    notify(
        kind=Kind.INSPECTION,
        to=people,
        sentence=_sentence(act, inspection),
        url=reverse("oversight:inspection-detail", args=[inspection.pk]),
        about=f"oversight.inspection:{inspection.pk}",
        key=f"oversight.inspection:{inspection.pk}:{act}:{at.isoformat()}",
        by=by,
        at=at,
    )


def _sentence(act: str, inspection: Inspection) -> Sentence:
    return Sentence.of(
        SAYINGS[act],
        unit=inspection.unit.short_name,
        title=inspection.title,
        first=f"{inspection.starts_on:%d/%m/%Y}",
        last=f"{inspection.ends_on:%d/%m/%Y}",
        decision=inspection.decision,
    )


def _concerned(act: str, inspection: Inspection, at: datetime) -> list[User]:
    """A surprise is not given away: before it begins only the team hears of it."""
    on = localdate(at)
    if act == ASKED:
        return [user for user in people_holding_role(Role.INSPECTOR, on=on) if not works_in(user, inspection.unit)]
    team = TeamMember.objects.filter(inspection=inspection, ended_at=None, user__is_active=True)
    people = [member.user for member in team.select_related("user")]
    if inspection.kind == Inspection.Kind.SCHEDULED or act in (Act.BEGIN, Act.CONCLUDE):
        people += people_by_unit([inspection.unit_id], on=on)[inspection.unit_id]
    if act == Act.CONCLUDE:
        people += people_holding_role(Role.COORDINATOR, on=on)
    if act == Act.CANCEL and not inspection.decision:
        people = [inspection.recorded_by, *(member.user for member in team.select_related("user"))]
    return people
