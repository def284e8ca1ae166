"""The list of yearly evaluations, one of them with its stage and what waits on whom, and the acts that move it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.evaluation.actions import cycles as acts
from tiendo.evaluation.actions.deciding import decide_cycle, publish_cycle
from tiendo.evaluation.actions.snapshots import take_snapshot
from tiendo.evaluation.asking import content_of
from tiendo.evaluation.conditions import group_words, groups_of, lacking
from tiendo.evaluation.models import Assessor, CriteriaSet, Cycle, Scorecard, Snapshot
from tiendo.evaluation.permissions import can_open_cycle, parties
from tiendo.evaluation.states import STAGE_WORDS, Stage
from tiendo.evaluation.workflow import ACT_WORDS, MOVES, PARTY_WORDS, Act, IllegalMove, may, move
from tiendo.plans.queries import openable
from tiendo.ui.saying import said
from tiendo.web.evaluation.acting import do, say_faults
from tiendo.web.evaluation.forms import AdjustForm, AdvanceForm, AssessorForm, CycleForm, DecideForm, ReasonForm
from tiendo.web.requests import SignedInRequest

STAGES = (
    Stage.SELF_ASSESSMENT,
    Stage.CONSOLIDATION,
    Stage.APPRAISAL,
    Stage.OBJECTION,
    Stage.DECIDED,
    Stage.PUBLISHED,
)


@require_GET
def cycle_list(request: SignedInRequest) -> HttpResponse:
    """Every cycle, running ones first, with this reader's own cards in them."""
    cycles = list(Cycle.objects.visible_to(request.user).select_related("criteria"))
    own = Scorecard.objects.own_of(request.user).filter(cycle__in=cycles).select_related("unit", "head")
    cards: dict[int, list[Scorecard]] = {}
    for card in own:
        cards.setdefault(card.cycle_id, []).append(card)
    done = {Stage.PUBLISHED, Stage.CANCELLED}
    rows = sorted(((each, cards.get(each.pk, [])) for each in cycles), key=lambda row: row[0].stage in done)
    context = {"rows": rows, "can_open": can_open_cycle(request.user), "words": _stage_words()}
    return render(request, "web/evaluation/cycle_list.html", context)


@require_http_methods(["GET", "POST"])
def cycle_create(request: SignedInRequest) -> HttpResponse:
    require(can_open_cycle(request.user))
    sets = CriteriaSet.objects.visible_to(request.user).in_force().select_related("plan")
    groups = {group.code: group.name for each in sets for group in content_of(each.content).groups}
    form = CycleForm(request.POST or None, sets=sets, groups=list(groups.items()), initial={"groups": list(groups)})
    if request.method == "POST" and form.is_valid():
        try:
            cycle = acts.open_cycle(by=request.user, at=timezone.now(), **form.for_action())
        except IllegalMove as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã mở đợt đánh giá và mời các đơn vị."))
            return redirect("evaluation:cycle-detail", cycle.pk)
    return render(request, "web/evaluation/cycle_create.html", {"form": form, "has_sets": bool(groups)})


@require_GET
def cycle_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    cycle = find_cycle(request, pk)
    cards = Scorecard.objects.visible_to(request.user).filter(cycle=cycle).select_related("unit", "head")
    stage = Stage(cycle.stage)
    context = {
        "cycle": cycle,
        "words": _stage_words(),
        "number": STAGES.index(stage) + 1 if stage in STAGES else 0,
        "labels": [_(STAGE_WORDS[each]) for each in STAGES],
        "cards": list(cards),
        "own": list(Scorecard.objects.own_of(request.user).filter(cycle=cycle).select_related("unit", "head")),
        "waits": _waits(cycle),
        "seen_tasks": openable(request.user, (line["task"] for line in cycle.adjustments)),
        "snapshots": list(cycle.snapshots.all()) if request.user.access.reads_everything else [],
        "has_results": _has_results(request, cycle),
        **_steering(request, cycle),
    }
    return render(request, "web/evaluation/cycle_detail.html", context)


@require_POST
def cycle_advance(request: SignedInRequest, pk: int) -> HttpResponse:
    cycle, form = find_cycle(request, pk), AdvanceForm(request.POST)
    until = form.cleaned_data.get("objection_until") if form.is_valid() else None
    may_advance = may(Stage(cycle.stage), Act.ADVANCE, parties(request.user, cycle))
    if may_advance and move_or_none(cycle, Act.ADVANCE) == Stage.OBJECTION and until is None:
        messages.error(request, _("Hãy ghi ngày cuối đơn vị được gửi ý kiến, từ hôm nay trở đi."))
        return redirect("evaluation:cycle-detail", pk)
    done = _("Đã chuyển bước.")
    return do(request, acts.advance, done, "evaluation:cycle-detail", pk, cycle=cycle, objection_until=until)


@require_POST
def cycle_snapshot(request: SignedInRequest, pk: int) -> HttpResponse:
    cycle = find_cycle(request, pk)
    return do(request, take_snapshot, _("Đã chốt số liệu và tính điểm."), "evaluation:cycle-detail", pk, cycle=cycle)


@require_POST
def cycle_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    cycle, form = find_cycle(request, pk), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    done = _("Đã hủy đợt đánh giá.")
    return do(request, acts.cancel_cycle, done, "evaluation:cycle-detail", pk, cycle=cycle, reason=reason)


@require_POST
def cycle_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    cycle, form = find_cycle(request, pk), DecideForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"decision": "", "conclusion": ""}
    return do(request, decide_cycle, _("Đã quyết định kết quả."), "evaluation:cycle-detail", pk, cycle=cycle, **given)


@require_POST
def cycle_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    cycle = find_cycle(request, pk)
    return do(request, publish_cycle, _("Đã công bố kết quả."), "evaluation:cycle-detail", pk, cycle=cycle)


@require_POST
def cycle_adjust(request: SignedInRequest, pk: int) -> HttpResponse:
    cycle, form = find_cycle(request, pk), AdjustForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"text": "", "document": "", "task": ""}
    done = _("Đã ghi điều chỉnh.")
    return do(request, acts.record_adjustment, done, "evaluation:cycle-detail", pk, cycle=cycle, **given)


@require_POST
def assessor_name(request: SignedInRequest, pk: int) -> HttpResponse:
    cycle = find_cycle(request, pk)
    form = AssessorForm(request.POST, people=_people(), groups=_groups(cycle))
    if not form.is_valid():
        say_faults(request, form)
        return redirect("evaluation:cycle-detail", pk)
    done = _("Đã cử người thẩm định.")
    return do(request, acts.name_assessor, done, "evaluation:cycle-detail", pk, cycle=cycle, **form.for_action())


@require_POST
def assessor_end(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Assessor.objects.filter(cycle__in=Cycle.objects.visible_to(request.user)).select_related("cycle")
    named = get_object_or_404(rows, pk=pk)
    done = _("Người này thôi thẩm định; ý kiến đã nêu giữ nguyên.")
    return do(request, acts.end_assessor, done, "evaluation:cycle-detail", named.cycle_id, assessor=named)


def find_cycle(request: SignedInRequest, pk: int) -> Cycle:
    """The cycle as this reader may see it, or 404."""
    rows = Cycle.objects.visible_to(request.user).select_related("criteria", "plan_version__plan", "opened_by")
    return get_object_or_404(rows, pk=pk)


def move_or_none(cycle: Cycle, act: Act) -> Stage | None:
    found = MOVES.get((Stage(cycle.stage), act))
    return found.to if found else None


def _stage_words() -> dict[str, str]:
    return {each.value: _(STAGE_WORDS[each]) for each in Stage}


def _waits(cycle: Cycle) -> list[tuple[str, str]]:
    """(who, what) at this stage, as the table of the workflow says; steering acts stand with their buttons."""
    main = {
        Stage.SELF_ASSESSMENT: (Act.DRAFT_SELF, Act.SUBMIT),
        Stage.CONSOLIDATION: (Act.CONSOLIDATE,),
        Stage.APPRAISAL: (Act.ASSESS, Act.REFEREE),
        Stage.OBJECTION: (Act.OBJECT, Act.ANSWER, Act.DECIDE),
        Stage.DECIDED: (Act.PUBLISH,),
    }
    found = []
    for act in main.get(Stage(cycle.stage), ()):
        by = move(Stage(cycle.stage), act).by
        found.append((", ".join(_(words) for party, words in PARTY_WORDS.items() if party in by), _(ACT_WORDS[act])))
    return found


def _steering(request: SignedInRequest, cycle: Cycle) -> dict[str, Any]:
    """What this reader may do with the whole cycle now, with the forms for it."""
    mine = parties(request.user, cycle)
    may_do = {act.value: may(Stage(cycle.stage), act, mine) for act in Act}
    found: dict[str, Any] = {"may": may_do, "lacking": lacking(cycle, on=timezone.localdate())}
    if request.user.access.reads_everything:
        named = cycle.assessors.filter(ended_at=None).select_related("user")
        found |= {"assessors": list(named), "group_words": group_words(cycle)}
    if may_do[Act.NAME_ASSESSOR]:
        found["assessor_form"] = AssessorForm(people=_people(), groups=_groups(cycle))
    if move_or_none(cycle, Act.ADVANCE) == Stage.OBJECTION:
        found["advance_form"] = AdvanceForm()
    return found | {"decide_form": DecideForm(), "adjust_form": AdjustForm(), "cancel_form": ReasonForm()}


def _people() -> Any:
    return User.objects.filter(is_active=True).order_by("full_name", "pk")


def _groups(cycle: Cycle) -> list[tuple[str, str]]:
    words = group_words(cycle)
    return [(code, words.get(code, code)) for code in groups_of(cycle)]


def _has_results(request: SignedInRequest, cycle: Cycle) -> bool:
    """Whether this reader may open a scoreboard of it."""
    if request.user.access.reads_everything:
        return cycle.snapshots.exists()
    shown = (Stage.OBJECTION, Stage.DECIDED, Stage.PUBLISHED)
    return cycle.stage in shown and cycle.snapshots.exclude(purpose=Snapshot.Purpose.PRELIMINARY).exists()
