"""All the registers on one page: how many rows each has, and how many want attention."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiendo.accounts.models import User
from tiendo.accounts.permissions import can_see_focal_officers
from tiendo.accounts.queries import focal_officers
from tiendo.oversight.commendation_queries import commendations_visible_to, pilots_visible_to
from tiendo.oversight.plan_calls import PlanStanding, ReviewStanding, Tally
from tiendo.oversight.register_queries import calls_of, plan_lines, review_lines, security_lines
from tiendo.plans.models import TaskTag
from tiendo.plans.queries import answering_units
from tiendo.web.oversight.register_pilots import is_overdue
from tiendo.web.requests import SignedInRequest


@dataclass(frozen=True)
class Card:
    """One register: its words, its address, what it holds, and the words for what wants attention."""

    name: str
    what: str
    url: str
    tally: Tally
    late_words: str


@require_GET
def register_list(request: SignedInRequest) -> HttpResponse:
    """A card for each register the reader may open."""
    today = timezone.localdate()
    makers: list[Callable[[User, date], Card]] = [_plans, _related, _security, _pilots, _commendations, _tags]
    if can_see_focal_officers(request.user):
        makers.append(_focal)
    cards = [make(request.user, today) for make in makers]
    return render(request, "web/oversight/register_list.html", {"cards": cards})


def _plans(user: User, on: date) -> Card:
    call = calls_of(user).first()
    lines = plan_lines(call, user, on=on) if call else []
    missing = sum(line.standing == PlanStanding.MISSING for line in lines)
    url = reverse("oversight:unit-plan-list", args=[call.pk]) if call else reverse("oversight:plan-call-list")
    what = _("đơn vị phải lập, năm %(year)s") % {"year": call.year} if call else _("chưa yêu cầu năm nào")
    return Card(_("Kế hoạch của đơn vị"), what, url, Tally(len(lines), missing), _("chưa có, quá hạn"))


def _related(user: User, on: date) -> Card:
    lines = review_lines(user, on=on)
    late = sum(line.standing == ReviewStanding.LATE for line in lines)
    url = reverse("oversight:related-list")
    return Card(
        _("Chương trình, kế hoạch liên quan"), _("văn bản rà soát"), url, Tally(len(lines), late), _("rà soát quá hạn")
    )


def _security(user: User, on: date) -> Card:
    lines = security_lines(user)
    late = sum(not line.state.is_complete for line in lines)
    url = reverse("oversight:security-list")
    words = _("chưa trả lời hết danh mục")
    return Card(_("An toàn thông tin của dự án"), _("dự án công nghệ thông tin"), url, Tally(len(lines), late), words)


def _pilots(user: User, on: date) -> Card:
    rows = list(pilots_visible_to(user))
    late = sum(is_overdue(pilot, on) for pilot in rows)
    url = reverse("oversight:pilot-list")
    return Card(
        _("Thí điểm, thử nghiệm"), _("nội dung"), url, Tally(len(rows), late), _("hết thời gian, chưa đánh giá")
    )


def _commendations(user: User, on: date) -> Card:
    total = commendations_visible_to(user).count()
    return Card(_("Khen thưởng"), _("lượt khen"), reverse("oversight:commendation-list"), Tally(total, 0), "")


def _tags(user: User, on: date) -> Card:
    used = TaskTag.objects.filter(taken_at=None).values("tag").distinct().count()
    return Card(_("Nhãn"), _("nhãn đang gắn với nhiệm vụ"), reverse("oversight:tag-list"), Tally(used, 0), "")


def _focal(user: User, on: date) -> Card:
    units, known = list(answering_units(on=on)), focal_officers(on=on)
    lacking = sum(unit.pk not in known for unit in units)
    url = reverse("accounts:focal-list")
    return Card(_("Cán bộ đầu mối"), _("đơn vị"), url, Tally(len(units), lacking), _("chưa có người"))
