from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from tiendo.audit.queries import head
from tiendo.ui.typed import whole_number
from tiendo.web.budget.warning import money_warning
from tiendo.web.plans import live
from tiendo.web.plans.board import board_for
from tiendo.web.requests import SignedInRequest


def overview(request: SignedInRequest) -> HttpResponse:
    """The leader's one screen: the four cells, what burns, by group and by lead unit."""
    seen = head().seq  # asked first: what happens while the numbers are counted is told again
    board = board_for(request.user, at=timezone.now())
    context = {"board": board, "seen": seen, "money_warning": money_warning(request.user)}
    return render(request, "web/plans/overview.html", context)


def overview_live(request: SignedInRequest) -> HttpResponse:
    """The part of the overview that is asked for again when something changed."""
    return render(request, "web/plans/overview_board.html", {"board": board_for(request.user, at=timezone.now())})


async def overview_events(request: SignedInRequest) -> StreamingHttpResponse:
    """Server-sent events: "changed" within two seconds of an official change. It says nothing of what changed."""
    seen = whole_number(request.GET.get("seen", "")) or 0
    # The connection that told us who asks would otherwise be held as long as the page stays open.
    await sync_to_async(connections.close_all)()
    events = live.stream(live.watch(), seen)
    response = StreamingHttpResponse(events, content_type="text/event-stream")
    response["Cache-Control"] = "no-cache"
    response["X-Accel-Buffering"] = "no"
    response["Content-Encoding"] = "identity"
    return response
