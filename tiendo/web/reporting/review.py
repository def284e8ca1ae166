"""The coordinator's queue and answers; the head's look before signing; the words exchanged over an item."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tiendo.accounts.permissions import require
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry
from tiendo.reporting.permissions import can_review, can_send_duty
from tiendo.reporting.reviewing import drafts, for_page, items, kind_counts, of_kind, queue
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.ui.typed import whole_number
from tiendo.web.reporting.changes import cards
from tiendo.web.reporting.review_filters import QueueFilter
from tiendo.web.reporting.review_forms import RemarkForm, ReturnForm, review_tools, seen_items
from tiendo.web.requests import SignedInRequest

PAGE, CLEAN_PAGE = 30, 200  # clean ones are short and taken together
TOLD = 5  # refusals named one by one


@require_GET
def review_queue(request: SignedInRequest) -> HttpResponse:
    """What waits for an answer across units and periods: flagged first, what changed, and the acts on each."""
    require(can_review(request.user))
    every = queue(request.user, at=timezone.now())
    chosen = QueueFilter(request.GET, rows=every)
    rows, kind = chosen.narrow(every), request.GET.get("loai", "")
    paginator = Paginator(for_page(of_kind(rows, kind)), CLEAN_PAGE if kind == "clean" else PAGE)
    page = paginator.get_page(request.GET.get("page"))
    shown = cards(items(list(page.object_list)))
    context = {
        "page": page,
        "cards": shown,
        "clean": [card for card in shown if card.item.is_clean],
        "tabs": chosen.tabs(request.path, kind, kind_counts(rows)),
        "filter": chosen,
        **review_tools(request.user, inside=False),
        "here": request.GET.urlencode(),
    }
    return render(request, "web/reporting/review_queue.html", context)


@require_GET
def duty_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same look for the head, at the unit's own report, before signing it."""
    duty = _duty(request, pk)
    if duty.unit_id not in request.user.access.held_unit_ids:
        return redirect("reporting:duty-detail", pk=pk)
    found = cards(drafts(duty, on=timezone.localdate()))
    context = {
        "duty": duty,
        "cards": found,
        "flagged": sum(1 for card in found if card.item.flags),
        "can_send": can_send_duty(request.user, duty, at=timezone.now()),
    }
    return render(request, "web/reporting/duty_review.html", context)


@require_POST
def review_accept(request: SignedInRequest) -> HttpResponse:
    """Accept the chosen items, or all clean ones that the page showed; what changed since is left and named."""
    require(can_review(request.user))
    try:
        seen = seen_items(request.POST.getlist("clean" if "all" in request.POST else "item"))
    except forms.ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back_from(request)
    if not seen:
        messages.error(request, _("Hãy chọn ít nhất một mục."))
        return back_from(request)
    taken, refused = _accept_by_duty(request, seen)
    if taken:
        words = ngettext("Đã tiếp nhận %(n)d mục.", "Đã tiếp nhận %(n)d mục.", taken)
        messages.success(request, words % {"n": taken})
    for words in refused[:TOLD]:
        messages.warning(request, words)
    if len(refused) > TOLD:
        messages.warning(request, _("Còn %(n)d mục khác chưa tiếp nhận được.") % {"n": len(refused) - TOLD})
    return back_from(request)


def _accept_by_duty(request: SignedInRequest, seen: dict[int, int]) -> tuple[int, list[str]]:
    """One short transaction for each report; how many were accepted, and why others were not."""
    entries = Entry.objects.visible_to(request.user).filter(pk__in=seen).select_related("task", "duty__unit")
    by_duty: dict[Duty, list[Entry]] = {}
    for entry in entries.order_by("duty", "pk"):
        by_duty.setdefault(entry.duty, []).append(entry)
    taken, refused = 0, list[str]()
    for duty, its in by_duty.items():
        wanted = {entry.pk: seen[entry.pk] for entry in its}
        try:
            outcome = actions.accept_entries(duty=duty, seen=wanted, by=request.user, at=timezone.now())
        except PermissionDenied as why:
            refused.append(f"{duty.unit}: {said(why)}")
            continue
        taken += len(outcome.accepted)
        refused += [
            f"{entry.task.code}: {said(outcome.refused[entry.pk])}" for entry in its if entry.pk in outcome.refused
        ]
    return taken, refused


@require_POST
def duty_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    duty = _duty(request, pk)
    try:
        actions.accept_duty(duty=duty, by=request.user, at=timezone.now(), seen=request.POST.get("seen"))
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã tiếp nhận báo cáo của %(unit)s.") % {"unit": duty.unit})
    if "back" in request.POST:
        return redirect("reporting:my-work")
    return redirect("reporting:duty-detail", pk=pk)


@require_POST
def entry_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    seen = whole_number(request.POST.get("number", ""))
    try:
        actions.accept_entry(entry=entry, by=request.user, at=timezone.now(), number=seen)
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã tiếp nhận nội dung của nhiệm vụ %(code)s.") % {"code": entry.task.code})
    return back_from(request, entry)


@require_POST
def entry_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return one item; without a reason nothing happens and the page says so."""
    entry = _entry(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(words) for errors in form.errors.values() for words in errors))
        return back_from(request, entry)
    given = form.cleaned_data
    try:
        actions.return_entry(
            entry=entry, reason=given["words"], number=given["number"], by=request.user, at=timezone.now()
        )
    except IllegalMove as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã trả lại nhiệm vụ %(code)s để đơn vị bổ sung.") % {"code": entry.task.code})
    return back_from(request, entry)


@require_POST
def entry_remark(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more word in the thread of an item."""
    entry = _entry(request, pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        actions.add_remark(entry=entry, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
        messages.success(request, _("Đã gửi trao đổi."))
    else:
        messages.error(request, _("Hãy ghi nội dung trao đổi."))
    return back_from(request, entry)


def back_from(request: SignedInRequest, entry: Entry | None = None) -> HttpResponse:
    """To the queue as it was filtered, or to the line of the unit's report."""
    if entry is None or "queue" in request.POST:
        asked = QueryDict(request.POST.get("queue", "")).urlencode()
        return redirect(reverse("reporting:review-queue") + (f"?{asked}" if asked else ""))
    return redirect(reverse("reporting:duty-detail", args=[entry.duty_id]) + f"#{entry.task.code}")


def _entry(request: SignedInRequest, pk: int) -> Entry:
    return get_object_or_404(Entry.objects.visible_to(request.user).select_related("task"), pk=pk)


def _duty(request: SignedInRequest, pk: int) -> Duty:
    return get_object_or_404(Duty.objects.visible_to(request.user).select_related("period__plan", "unit"), pk=pk)
