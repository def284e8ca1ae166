"""One calm page for all that is done about the facts: of each subject what waits for the reader, is late, is open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.oversight import difficulty_queries
from tiendo.oversight.followup_queries import Shown, counts_of, to_confirm, to_report
from tiendo.oversight.models import Amendment, Difficulty, FollowUp, Inspection, Pilot, Proposal
from tiendo.plans.models import Task
from tiendo.plans.supervision import supervised_by
from tiendo.reporting.models import Urging
from tiendo.web.oversight.supervision import lacking_count
from tiendo.web.oversight.waiting import (
    RUNNING,
    amendments_returned,
    amendments_to_decide,
    inspections_coming,
    proposals_returned,
    proposals_sent,
    waiting_for,
)
from tiendo.web.requests import SignedInRequest


@dataclass(frozen=True)
class Count:
    """A number with its words, and where its list is."""

    words: str
    number: int
    url: str
    is_late: bool = False


@dataclass(frozen=True)
class Card:
    name: str
    what: str
    url: str
    counts: tuple[Count, ...] = ()


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for the reader first, then every subject with its numbers."""
    now = timezone.now()
    cards = [make(request.user, now) for make in SUBJECTS]
    context = {"piles": waiting_for(request.user), "cards": cards, "today": localdate(now)}
    return render(request, "web/oversight/home.html", context)


def _directions(user: User, at: datetime) -> Card:
    url, seen = reverse("oversight:follow-up-list"), FollowUp.objects.visible_to(user)
    counts = counts_of(seen, localdate(at))
    mine = to_report(user).count() + to_confirm(user).count()
    return Card(
        _("Chỉ đạo và việc phải làm"),
        _("Việc giao cho đơn vị sau chỉ đạo, cuộc họp, kiểm tra, xử lý khó khăn."),
        url,
        (
            Count(_("chờ bạn"), mine, url),
            Count(_("quá hạn"), counts[Shown.LATE], f"{url}?trang_thai={Shown.LATE}", is_late=True),
            Count(_("đang thực hiện"), counts[Shown.IN_TIME], f"{url}?trang_thai={Shown.IN_TIME}"),
        ),
    )


def _difficulties(user: User, at: datetime) -> Card:
    url, seen = reverse("oversight:difficulty-list"), Difficulty.objects.visible_to(user)
    ended = (Difficulty.State.DRAFT, Difficulty.State.REMOVED, Difficulty.State.WITHDRAWN)
    return Card(
        _("Khó khăn, vướng mắc"),
        _("Đơn vị nêu, cơ quan đầu mối và cấp có thẩm quyền trả lời trong hạn."),
        url,
        (
            Count(_("chờ bạn"), difficulty_queries.waiting_for(user).count(), url),
            Count(
                _("quá hạn trả lời"), difficulty_queries.overdue(seen, at=at).count, f"{url}?xem=qua_han", is_late=True
            ),
            Count(_("chưa tháo gỡ"), seen.exclude(state__in=ended).count(), url),
        ),
    )


def _amendments(user: User, at: datetime) -> Card:
    url = reverse("oversight:amendment-list")
    mine = (proposals_returned, proposals_sent, amendments_returned, amendments_to_decide)
    asked = Proposal.objects.visible_to(user).filter(
        state__in=[Proposal.State.SENT, Proposal.State.RETURNED, Proposal.State.CONSOLIDATED]
    )
    coming = Amendment.objects.visible_to(user).filter(state=Amendment.State.DECIDED)
    return Card(
        _("Sửa đổi kế hoạch"),
        _("Đơn vị đề nghị, cơ quan đầu mối tổng hợp, cấp có thẩm quyền quyết định."),
        url,
        (
            Count(_("chờ bạn"), sum(rows(user).count() for rows in mine), url),
            Count(_("đề nghị đang xử lý"), asked.count(), reverse("oversight:proposal-list")),
            Count(_("chờ hiệu lực"), coming.count(), url),
        ),
    )


def _inspections(user: User, at: datetime) -> Card:
    url, seen = reverse("oversight:inspection-list"), Inspection.objects.visible_to(user)
    running = seen.filter(state__in=RUNNING)
    late = running.filter(ends_on__lt=localdate(at))
    return Card(
        _("Kiểm tra"),
        _("Theo chương trình năm và đột xuất; kiến nghị được theo dõi đến khi xong."),
        url,
        (
            Count(_("chờ bạn"), inspections_coming(user).count(), url),
            Count(_("quá ngày, chưa kết luận"), late.count(), url, is_late=True),
            Count(_("đang kiểm tra"), running.count(), url),
        ),
    )


def _supervision(user: User, at: datetime) -> Card:
    url, on = reverse("oversight:supervision-desk"), localdate(at)
    own = supervised_by(Task.objects.counted(), user.access.held_unit_ids, on=on)
    counts = [
        Count(_("quá hạn trong phần bạn giám sát"), own.open_overdue(on).count(), url, is_late=True),
        Count(_("nhiệm vụ bạn giám sát"), own.count(), url),
    ]
    if holds(user, Role.COORDINATOR):
        lacking = lacking_count(user, on=on)
        counts.insert(0, Count(_("chưa có cơ quan giám sát"), lacking, reverse("oversight:task-unsupervised")))
    return Card(_("Giám sát"), _("Mỗi nhánh, mỗi nhiệm vụ có đúng một cơ quan giám sát."), url, tuple(counts))


def _registers(user: User, at: datetime) -> Card:
    url, running = reverse("oversight:register-list"), Pilot.objects.visible_to(user).filter(stage=Pilot.Stage.PILOT)
    late = running.filter(ends_on__lt=localdate(at))
    return Card(
        _("Sổ theo dõi"),
        _("Kế hoạch của đơn vị, chương trình liên quan, thí điểm, an toàn thông tin, khen thưởng."),
        url,
        (
            Count(_("thí điểm hết thời gian, chưa đánh giá"), late.count(), url, is_late=True),
            Count(_("đang thí điểm"), running.count(), url),
        ),
    )


def _urgings(user: User, at: datetime) -> Card:
    url, seen = reverse("oversight:urging-list"), Urging.objects.visible_to(user)
    own = seen.unheeded().filter(unit_id__in=user.access.held_unit_ids)
    return Card(
        _("Đôn đốc"),
        _("Mọi lần nhắc, đôn đốc, báo cấp trên của từng đơn vị, kèm câu trả lời."),
        url,
        (
            Count(_("chờ bạn xem"), own.count(), reverse("reporting:my-work")),
            Count(_("chưa trả lời"), seen.unheeded().count(), url),
        ),
    )


SUBJECTS: tuple[Callable[[User, datetime], Card], ...] = (
    _directions,
    _urgings,
    _difficulties,
    _inspections,
    _supervision,
    _amendments,
    _registers,
)
