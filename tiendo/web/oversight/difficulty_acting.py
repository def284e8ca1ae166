"""One page for each act on a difficulty: what it does, what must be typed, and the button."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tiendo.accounts.permissions import require
from tiendo.oversight.actions import difficulties as unit_acts
from tiendo.oversight.actions import difficulties_answering as answers
from tiendo.oversight.actions import difficulties_clock as clock
from tiendo.oversight.difficulty_permissions import can_do
from tiendo.oversight.difficulty_workflow import ACT_WORDS, Act, IllegalMove
from tiendo.oversight.models import Difficulty
from tiendo.plans.files import RefusedFile
from tiendo.ui.saying import said
from tiendo.web.oversight.difficulty_forms import ActForm, form_for
from tiendo.web.requests import SignedInRequest

DOES: dict[Act, Callable[..., Any]] = {
    Act.SEND: unit_acts.send_difficulty,
    Act.TAKE_BACK: unit_acts.take_back_difficulty,
    Act.WITHDRAW: unit_acts.withdraw_difficulty,
    Act.STAND: unit_acts.stand_difficulty,
    Act.REMOVE: unit_acts.remove_difficulty,
    Act.RETURN: answers.return_difficulty,
    Act.FORWARD: answers.forward_difficulty,
    Act.DECLINE: answers.decline_difficulty,
    Act.DECIDE: answers.decide_difficulty,
    Act.FOLLOW: answers.follow_decision,
    Act.STOP: clock.stop_reply_clock,
    Act.RESUME: clock.resume_reply_clock,
}
DONE: dict[Act, Promise] = {
    Act.SEND: gettext_lazy("Đã gửi cơ quan đầu mối."),
    Act.TAKE_BACK: gettext_lazy("Đã lấy lại để sửa."),
    Act.WITHDRAW: gettext_lazy("Đã rút lại."),
    Act.STAND: gettext_lazy("Đã báo cơ quan đầu mối là vẫn còn vướng."),
    Act.REMOVE: gettext_lazy("Đã ghi nhận khó khăn được tháo gỡ."),
    Act.RETURN: gettext_lazy("Đã trả lại đơn vị."),
    Act.FORWARD: gettext_lazy("Đã chuyển cơ quan có thẩm quyền."),
    Act.DECLINE: gettext_lazy("Đã chuyển lại cơ quan đầu mối."),
    Act.DECIDE: gettext_lazy("Đã ghi quyết định. Việc còn theo dõi đến khi được tháo gỡ."),
    Act.FOLLOW: gettext_lazy("Đã giao việc."),
    Act.STOP: gettext_lazy("Đã tạm dừng tính hạn."),
    Act.RESUME: gettext_lazy("Hạn trả lời đã tính tiếp."),
}


@require_http_methods(["GET", "POST"])
def difficulty_act(request: SignedInRequest, pk: int, act: Act) -> HttpResponse:
    """The form of the act, and the act; one that is not possible now leads back with a sentence."""
    rows = Difficulty.objects.visible_to(request.user).select_related("unit", "plan", "authority")
    difficulty = get_object_or_404(rows, pk=pk)
    try:
        require(can_do(request.user, difficulty, act))
    except IllegalMove as error:
        messages.error(request, said(error))
        return redirect("oversight:difficulty-detail", pk)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = form_for(act, *given, difficulty=difficulty, user=request.user, on=timezone.localdate())
    if request.method == "POST" and form.is_valid() and _done(request, difficulty, act, form):
        return _onwards(request, pk)
    context = {"difficulty": difficulty, "form": form, "act": act, "act_words": _(ACT_WORDS[act])}
    return render(request, "web/oversight/difficulty_act.html", context)


def _done(request: SignedInRequest, difficulty: Difficulty, act: Act, form: ActForm) -> bool:
    """Do it; what is refused for the moment is said on the form, and what was typed stays."""
    try:
        DOES[act](difficulty=difficulty, by=request.user, at=timezone.now(), **form.values())
    except (IllegalMove, RefusedFile) as error:
        form.add_error(None, said(error))
        return False
    messages.success(request, str(DONE[act]))
    return True


def _onwards(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to the difficulty; an authority that gave it away sees it no more and goes to the register."""
    if Difficulty.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect("oversight:difficulty-detail", pk)
    return redirect("oversight:difficulty-list")
