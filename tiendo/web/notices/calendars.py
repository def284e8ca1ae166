"""The secret calendar address: made and ended by its owner, read by a calendar program without signing in."""

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.notices import actions
from tiendo.notices.queries import feed_of, find_feed_owner
from tiendo.plans.models import Assignment, Task
from tiendo.reporting.queries import current_periods, duties_of, open_reopenings_of
from tiendo.web.notices.ics import DueDay, calendar_file
from tiendo.web.requests import SignedInRequest

OWN_ROLES = (Assignment.Role.LEAD, Assignment.Role.COORDINATING)


def feed(request: SignedInRequest) -> HttpResponse:
    """Whether the reader has a calendar address, and what it is good for."""
    return render(request, "web/notices/feed.html", {"feed": feed_of(request.user), "address": None})


@never_cache
@require_POST
def feed_make(request: SignedInRequest) -> HttpResponse:
    """A new address, which stands on the answer and nowhere after; the one before is void."""
    made, token = actions.open_feed(by=request.user, at=timezone.now())
    address = request.build_absolute_uri(reverse("notices:feed-file", args=[token]))
    return render(request, "web/notices/feed.html", {"feed": made, "address": address})


@require_POST
def feed_end(request: SignedInRequest) -> HttpResponse:
    """Nobody reads it any more."""
    if actions.end_feed(by=request.user, at=timezone.now()):
        messages.success(request, _("Địa chỉ lịch cũ không còn dùng được."))
    return redirect("notices:feed")


@never_cache
@login_not_required
@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The owner's due days; an address not in use does not exist, whoever asks."""
    user = find_feed_owner(token)
    if user is None:
        raise Http404
    now = timezone.now()
    file = calendar_file(_due_days(user, now), name=_("Tiến Độ – hạn của tôi"), at=now)
    return HttpResponse(file, content_type="text/calendar; charset=utf-8")


def _due_days(user: User, at: datetime) -> Iterator[DueDay]:
    """Reports the person's unit owes, open periods for the coordinator, and unfinished tasks of the unit."""
    yield from _reports(user, at)
    if holds(user, Role.COORDINATOR):
        yield from _periods()
    yield from _tasks(user)


def _reports(user: User, at: datetime) -> Iterator[DueDay]:
    duties = list(duties_of(user, at=at).exclude(status="accepted"))
    again = open_reopenings_of(duties, at=at)
    for duty in duties:
        reopening, url = again.get(duty.pk), reverse("reporting:duty-detail", args=[duty.pk])
        title = _("Hạn nộp bổ sung, đính chính: %(period)s") if reopening else _("Hạn gửi báo cáo: %(period)s")
        day = reopening.last_day if reopening else duty.last_good_day
        yield _due(f"duty-{duty.pk}", day, title % {"period": duty.period.name}, url)


def _periods() -> Iterator[DueDay]:
    for period in current_periods().prefetch_related("deadlines"):
        title = _("Hạn các đơn vị gửi báo cáo: %(period)s") % {"period": period.name}
        url = reverse("reporting:period-detail", args=[period.pk])
        yield _due(f"period-{period.pk}", period.last_good_day, title, url)
        for own in period.deadlines.all():
            words = f"{title} ({own.get_level_display()})"
            yield _due(f"period-{period.pk}-{own.level}", own.last_good_day, words, url)


def _tasks(user: User) -> Iterator[DueDay]:
    own = Task.objects.visible_to(user).of_units(user.access.held_unit_ids, *OWN_ROLES)
    for task in own.unfinished().exclude(due_on=None).order_by("due_on", "code").distinct():
        # A calendar often lies with somebody else's service: what is not public does not go there by name.
        name = task.code if task.not_public_reason else f"{task.code} {task.title}"
        title = _("Hạn nhiệm vụ: %(task)s") % {"task": name}
        if task.due_on:
            yield _due(f"task-{task.code}", task.due_on, title, reverse("plans:task-detail", args=[task.code]))


def _due(name: str, day: date, title: str, path: str) -> DueDay:
    host = urlsplit(settings.TIENDO_SITE_URL).hostname or "localhost"
    return DueDay(uid=f"{name}@{host}", day=day, title=title, url=f"{settings.TIENDO_SITE_URL}{path}")
