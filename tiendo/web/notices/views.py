"""A person's messages, and how they want to be told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tiendo.accounts.models import User
from tiendo.notices import actions
from tiendo.notices.models import Notice
from tiendo.notices.permissions import can_keep_endpoints
from tiendo.notices.queries import inbox_of, ways_of
from tiendo.web.notices.forms import InboxFilter, WaysForm
from tiendo.web.requests import SignedInRequest

PAGE = 30


def inbox(request: SignedInRequest) -> HttpResponse:
    """Everything the reader was told, unread first."""
    form = InboxFilter(request.GET)
    page = Paginator(form.notices(inbox_of(request.user)), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "views": _views(request, form.wants_unread()),
        "can_keep_endpoints": can_keep_endpoints(request.user),
    }
    return render(request, "web/notices/inbox.html", context)


def _views(request: SignedInRequest, unread: bool) -> list[tuple[str, str, bool]]:
    """All of it, or only what was not read; the chosen kind stays."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("chua_doc", None)
    every = f"?{query.urlencode()}"
    query["chua_doc"] = "on"
    return [(_("Tất cả"), every, not unread), (_("Chưa đọc"), f"?{query.urlencode()}", unread)]


@require_POST
def inbox_read(request: SignedInRequest) -> HttpResponse:
    """The reader has seen all of it."""
    number = actions.read_all_notices(by=request.user, at=timezone.now())
    words = ngettext("Đã đánh dấu %(n)d thông báo là đã đọc.", "Đã đánh dấu %(n)d thông báo là đã đọc.", number)
    messages.success(request, words % {"n": number})
    return redirect("notices:inbox")


@require_POST
def notice_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read, and on to what it is about."""
    notice = _read(request, pk)
    return redirect(notice.url)


@require_POST
def notice_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read, and back to the list."""
    _read(request, pk)
    return redirect("notices:inbox")


def _read(request: SignedInRequest, pk: int) -> Notice:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    return actions.read_notice(notice=notice, by=request.user, at=timezone.now())


def preferences(request: SignedInRequest) -> HttpResponse:
    """Kind by kind: a letter at once, in the morning, or none; the inbox holds everything anyway."""
    form = WaysForm(request.POST or None, ways=ways_of(request.user))
    if form.is_valid():
        user = User.objects.get(pk=request.user.pk)
        actions.choose_ways(ways=form.cleaned_ways(), by=user, at=timezone.now())
        messages.success(request, _("Đã lưu cách nhận thông báo."))
        return redirect("notices:preferences")
    return render(request, "web/notices/preferences.html", {"form": form, "email": request.user.email})
