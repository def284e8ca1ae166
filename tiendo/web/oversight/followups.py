"""One thing a unit must do: what was asked, what was said since, and the act that is the reader's turn."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tiendo.oversight.actions import following_up as actions
from tiendo.oversight.followup_permissions import can_follow_up, parties, reporter_of
from tiendo.oversight.followup_workflow import ACT_WORDS, Act, IllegalMove, State, acts_open
from tiendo.oversight.models import FollowUp, FollowUpStep
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.ui.saying import said
from tiendo.web.oversight.followup_forms import WordsForm, form_for
from tiendo.web.requests import SignedInRequest

DOES: dict[Act, Callable[..., FollowUp]] = {
    Act.NOTE: actions.note_follow_up,
    Act.REPORT: actions.report_follow_up,
    Act.RETURN: actions.return_follow_up,
    Act.CLOSE: actions.close_follow_up,
    Act.EXTEND: actions.extend_follow_up,
    Act.CANCEL: actions.cancel_follow_up,
}
DONE = {
    Act.NOTE: gettext_lazy("Đã ghi tiến độ."),
    Act.REPORT: gettext_lazy("Đã báo cáo xong, chờ bên giao việc xác nhận."),
    Act.RETURN: gettext_lazy("Đã trả lại để đơn vị làm tiếp."),
    Act.CLOSE: gettext_lazy("Đã xác nhận việc này xong."),
    Act.EXTEND: gettext_lazy("Đã gia hạn."),
    Act.CANCEL: gettext_lazy("Đã thôi theo dõi việc này."),
}
# The first that is open stands on the page when it is the reader's turn; the rest behind a line of their own.
FOREMOST = (Act.REPORT, Act.CLOSE, Act.RETURN, Act.NOTE, Act.EXTEND, Act.CANCEL)
TURNS = FOREMOST[:4]


@require_GET
def follow_up_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk))


@require_POST
def follow_up_act(request: SignedInRequest, pk: int, act: Act) -> HttpResponse:
    """Do one act; what is refused for the moment is said on the page, and what was typed stays."""
    follow_up = _found(request, pk)
    form = form_for(act, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, follow_up, {act: form}, status=422)
    try:
        DOES[act](follow_up=follow_up, by=request.user, at=timezone.now(), **form.values())
    except (IllegalMove, RefusedFile) as error:
        form.add_error(None, said(error))
        return _page(request, follow_up, {act: form}, status=422)
    messages.success(request, str(DONE[act]))
    return redirect("oversight:follow-up-detail", pk)


@require_GET
def follow_up_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was sent along with a step."""
    steps = FollowUpStep.objects.filter(follow_up__in=FollowUp.objects.visible_to(request.user), file__isnull=False)
    step = get_object_or_404(steps.select_related("file"), pk=pk)
    assert step.file is not None
    response = HttpResponse(read_file(step.file), content_type=step.file.media_type)
    response["Content-Disposition"] = f'attachment; filename="viec-{step.follow_up_id}-{pk}.{step.file.extension}"'
    return response


def _found(request: SignedInRequest, pk: int) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.user).select_related(
        "plan", "unit", "task", "direction__meeting", "inspection", "finding", "difficulty", "made_by"
    )
    return get_object_or_404(rows, pk=pk)


def _page(
    request: SignedInRequest, follow_up: FollowUp, tried: dict[Act, WordsForm] | None = None, *, status: int = 200
) -> HttpResponse:
    task = follow_up.task
    offered = _offered(request, follow_up, tried or {})
    turn = bool(offered) and offered[0][0] in TURNS
    context = {
        "item": follow_up,
        "is_late": follow_up.state == State.OPEN and follow_up.due_on < timezone.localdate(),
        "today": timezone.localdate(),
        "steps": [
            (step, _(ACT_WORDS[Act(step.act)])) for step in follow_up.steps.select_related("by", "file").order_by("at")
        ],
        "offered": offered[:1] if turn else [],
        "more": offered[1:] if turn else offered,
        "own_report": follow_up.state == State.REPORTED and reporter_of(follow_up) == request.user.pk,
        "sees_task": task and Task.objects.visible_to(request.user).filter(pk=task.pk).exists(),
    }
    return render(request, "web/oversight/follow_up_detail.html", context, status=status)


def _offered(
    request: SignedInRequest, follow_up: FollowUp, tried: dict[Act, WordsForm]
) -> list[tuple[Act, str, WordsForm]]:
    """Acts this reader may do now, with their forms; the one that is most likely their turn first."""
    open_acts = acts_open(State(follow_up.state), parties(request.user, follow_up))
    chosen = [act for act in FOREMOST if act in open_acts and can_follow_up(request.user, follow_up, act)]
    return [(act, _capital(_(ACT_WORDS[act])), tried.get(act) or form_for(act)) for act in chosen]


def _capital(words: Any) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]
