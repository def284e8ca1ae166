"""The register of difficulties, and the page of one with its way."""

from dataclasses import dataclass
from itertools import chain

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiendo.accounts.models import User
from tiendo.oversight.difficulty_permissions import parties
from tiendo.oversight.difficulty_queries import for_list, lines, told_in_reports, waiting_for, way_of
from tiendo.oversight.difficulty_workflow import ACT_WORDS, Act, State, open_acts
from tiendo.oversight.models import Difficulty, FollowUp
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.web.oversight.difficulty_filters import DifficultyFilter
from tiendo.web.requests import SignedInRequest

PAGE = 25
CHIPS: dict[str, str] = {
    "draft": "draft",
    "sent": "waiting",
    "returned": "returned",
    "forwarded": "awaiting_approval",
    "decided": "in_progress",
    "removed": "completed",
    "withdrawn": "withdrawn",
}
# The act a person most likely came for, before others open to them.
FIRST = (Act.SEND, Act.FORWARD, Act.DECIDE, Act.REMOVE)


@dataclass(frozen=True)
class Button:
    """An act open to the reader: its address, its words, and whether it stands out."""

    act: Act
    url: str
    words: str
    is_first: bool


@require_GET
def difficulty_list(request: SignedInRequest) -> HttpResponse:
    """Those that stand, or what the filters ask for."""
    now = timezone.now()
    form = DifficultyFilter(request.GET, user=request.user)
    page = Paginator(for_list(form.narrow(at=now)), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(line, CHIPS[line.difficulty.state]) for line in lines(page.object_list, at=now)],
        "waiting": waiting_for(request.user).count(),
        "told": told_in_reports(request.user).count(),
        "may_add": bool(request.user.access.held_unit_ids),
    }
    return render(request, "web/oversight/difficulty_list.html", context)


@require_GET
def difficulty_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stands in the way, whose turn it is, the way with its days, what was decided and what came of it."""
    difficulty, now = _difficulty(request, pk), timezone.now()
    context = {
        "difficulty": difficulty,
        "chip_kind": CHIPS[difficulty.state],
        "way": way_of(difficulty, at=now),
        "tasks": Task.objects.visible_to(request.user).filter(difficulties=difficulty),
        "buttons": buttons_for(request.user, difficulty),
        "follow_ups": FollowUp.objects.visible_to(request.user).filter(difficulty=difficulty).select_related("unit"),
        "told_in": difficulty.submission,
        "decided": difficulty.state in (State.DECIDED, State.REMOVED),
    }
    return render(request, "web/oversight/difficulty_detail.html", context)


@require_GET
def difficulty_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper of the decision."""
    rows = Difficulty.objects.visible_to(request.user).filter(decision_file__isnull=False)
    stored = get_object_or_404(rows.select_related("decision_file"), pk=pk).decision_file
    assert stored is not None
    response = HttpResponse(read_file(stored), content_type=stored.media_type)
    response["Content-Disposition"] = f'attachment; filename="quyet-dinh-{pk}.{stored.extension}"'
    return response


def buttons_for(user: User, difficulty: Difficulty) -> list[Button]:
    """The acts open to the reader, the likeliest first; of stopping and resuming the one that is possible."""
    stopped = difficulty.stops.filter(resumed_at=None).exists()
    idle = Act.STOP if stopped else Act.RESUME
    acts = [act for act in open_acts(State(difficulty.state), parties(user, difficulty)) if act != idle]
    ordered = list(dict.fromkeys(chain((act for act in FIRST if act in acts), acts)))
    return [
        Button(act, reverse(f"oversight:difficulty-{_slug(act)}", args=[difficulty.pk]), _(ACT_WORDS[act]), not place)
        for place, act in enumerate(ordered)
    ]


def _slug(act: Act) -> str:
    return "edit" if act == Act.WRITE else act.value.replace("_", "-")


def _difficulty(request: SignedInRequest, pk: int) -> Difficulty:
    names = (
        "unit",
        "plan",
        "authority",
        "written_by",
        "decided_by",
        "decision_file",
        "submission__entry__duty__period",
    )
    return get_object_or_404(Difficulty.objects.visible_to(request.user).select_related(*names), pk=pk)
