"""The register of difficulties, and the page of one with its way."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tiendo.accounts.models import User
from tiendo.oversight.difficulty_permissions import can_do, parties
from tiendo.oversight.difficulty_queries import for_list, lines, told_in_reports, waiting_for, way_of
from tiendo.oversight.difficulty_workflow import ACT_WORDS, Act, State, open_acts
from tiendo.oversight.models import Difficulty, FollowUp
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.web.oversight.difficulty_filters import DifficultyFilter
from tiendo.web.requests import SignedInRequest

PAGE = 25
# The look of each state, and the few words that fit beside others on a phone.
CHIPS: dict[str, tuple[str, Promise]] = {
    "draft": ("draft", gettext_lazy("Đang soạn")),
    "sent": ("waiting", gettext_lazy("Ở đầu mối")),
    "returned": ("returned", gettext_lazy("Trả lại")),
    "forwarded": ("awaiting_approval", gettext_lazy("Chờ trả lời")),
    "decided": ("in_progress", gettext_lazy("Đang thực hiện")),
    "removed": ("completed", gettext_lazy("Đã tháo gỡ")),
    "withdrawn": ("withdrawn", gettext_lazy("Đã rút")),
}
ELSEWHERE = gettext_lazy("chuyển cơ quan khác")
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
        "rows": [(line, *CHIPS[line.difficulty.state]) for line in lines(page.object_list, at=now)],
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
        "chip_kind": CHIPS[difficulty.state][0],
        "way": way_of(difficulty, at=now),
        "tasks": Task.objects.visible_to(request.user).filter(difficulties=difficulty),
        "buttons": buttons_for(request.user, difficulty),
        "follow_ups": _follow_ups(request.user, difficulty),
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
    found = open_acts(State(difficulty.state), parties(user, difficulty))
    acts = [act for act in found if act != idle and can_do(user, difficulty, act)]
    first = [act for act in FIRST if act in acts and not (act == Act.FORWARD and difficulty.state == State.FORWARDED)]
    return [_button(difficulty, act, is_first=act in first[:1]) for act in dict.fromkeys([*first, *acts])]


def _button(difficulty: Difficulty, act: Act, *, is_first: bool) -> Button:
    again = act == Act.FORWARD and difficulty.state == State.FORWARDED
    words = str(ELSEWHERE) if again else _(ACT_WORDS[act])
    return Button(act, reverse(f"oversight:difficulty-{_slug(act)}", args=[difficulty.pk]), words, is_first)


def _follow_ups(user: User, difficulty: Difficulty) -> list[tuple[FollowUp, bool]]:
    """All that is done about it, for whoever waits for its end; whether the item's own page is open to the reader."""
    seen = set(FollowUp.objects.visible_to(user).filter(difficulty=difficulty).values_list("pk", flat=True))
    return [(item, item.pk in seen) for item in difficulty.follow_ups.select_related("unit")]


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
