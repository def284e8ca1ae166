"""Sets of criteria to read: the list, one set in words with its links, what changed; and its way into force."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.evaluation.actions import criteria as acts
from tiendo.evaluation.criteria import KIND_WORDS, Criterion
from tiendo.evaluation.describing import Chapter, chapters, criterion_words
from tiendo.evaluation.models import CriteriaSet, CriterionLink
from tiendo.evaluation.set_rules import can_draft_set, can_edit_set, can_put_in_force, can_take_back_set
from tiendo.evaluation.sets import changes, content_of_set, faults_of_set, link_rows
from tiendo.evaluation.shaping import Misfit, canonical
from tiendo.evaluation.shipped import preset
from tiendo.evaluation.states import SetStatus
from tiendo.indicators.models import Indicator, Passport
from tiendo.plans.models import Plan
from tiendo.ui.saying import said
from tiendo.web.evaluation.criteria_forms import DecideForm, DraftForm, ReasonForm
from tiendo.web.requests import SignedInRequest

LOOKS = {
    SetStatus.DRAFT: "draft",
    SetStatus.PROPOSED: "awaiting_approval",
    SetStatus.IN_FORCE: "approved",
    SetStatus.RETIRED: "closed",
}


@dataclass(frozen=True)
class Shown:
    """One criterion as the page shows it."""

    criterion: Criterion
    kind: str
    sentences: tuple[str, ...]
    links: list[tuple[CriterionLink, str]]


@require_GET
def criteria_list(request: SignedInRequest) -> HttpResponse:
    """Every set this person may read, the one in force first, older versions below."""
    rank = {SetStatus.IN_FORCE: 0, SetStatus.PROPOSED: 1, SetStatus.DRAFT: 2, SetStatus.RETIRED: 3}
    rows = sorted(visible_sets(request), key=lambda each: (rank[SetStatus(each.status)], each.code))
    context = {
        "rows": [(each, LOOKS[SetStatus(each.status)]) for each in rows],
        "can_draft": can_draft_set(request.user),
    }
    return render(request, "web/evaluation/criteria_list.html", context)


@require_http_methods(["GET", "POST"])
def criteria_draft(request: SignedInRequest) -> HttpResponse:
    """Begin a set from a shipped one."""
    require(can_draft_set(request.user))
    plans = Plan.objects.all()
    form = DraftForm(request.POST or None, plans=plans, initial={"plan": plans.first(), "start": "theo-doi-ke-hoach"})
    if request.method == "POST" and form.is_valid():
        given = {"plan": form.cleaned_data["plan"], "code": form.cleaned_data["code"].lower()}
        content = preset(form.cleaned_data["start"])
        made = acts.draft_set(content=content, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("Đã lập bản soạn. Hãy sửa trọng số và gắn từng tiêu chí với mục tiêu, chỉ tiêu."))
        return redirect("evaluation:criteria-edit", made.pk)
    return render(request, "web/evaluation/criteria_draft.html", {"form": form})


@require_GET
def criteria_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The set in words, each criterion with what it serves; and its next act for whoever may do it."""
    criteria = find_set(request, pk)
    content, user = content_of_set(criteria), request.user
    open_still = criteria.status in (SetStatus.DRAFT, SetStatus.PROPOSED)
    context = {
        "criteria": criteria,
        "look": LOOKS[SetStatus(criteria.status)],
        "content": content,
        "shown": shown(criteria),
        "chapters": said_chapters(chapters(content)),
        "faults": [said(each) for each in faults_of_set(criteria)] if open_still else [],
        "others": visible_sets(request).filter(code=criteria.code).exclude(pk=pk),
        "may": {
            "edit": can_edit_set(user, criteria),
            "take_back": can_take_back_set(user, criteria),
            "decide": can_put_in_force(user, criteria),
            "draft": can_draft_set(user) and not open_still,
        },
        "decide_form": DecideForm(),
        "reason_form": ReasonForm(),
    }
    return render(request, "web/evaluation/criteria_detail.html", context)


def said_chapters(found: Iterable[Chapter]) -> list[tuple[str, list[str]]]:
    """Headings and sentences in the reader's language."""
    return [(said(each.title), [said(words) for words in each.sentences]) for each in found]


@require_GET
def criteria_compare(request: SignedInRequest, pk: int, other: int) -> HttpResponse:
    """What reads otherwise in this version than in another one of the same code."""
    now, was = find_set(request, pk), find_set(request, other)
    if now.code != was.code:
        raise Http404
    found = [
        (said(each.title), [said(words) for words in each.gone], [said(words) for words in each.come])
        for each in changes(content_of_set(was), content_of_set(now))
    ]
    return render(request, "web/evaluation/criteria_compare.html", {"now": now, "was": was, "changes": found})


@require_GET
def criteria_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The content and links as canonical JSON: what the hash on the page is the hash of."""
    criteria = find_set(request, pk)
    links = link_rows(criteria.links.select_related("indicator", "item"))
    text = canonical({"content": criteria.content, "links": [list(each) for each in links]})
    name = f"{criteria.code}-v{criteria.number}.json"
    return HttpResponse(
        text, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
def criteria_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the next version from this one."""
    former = find_set(request, pk)
    given: dict[str, Any] = {"plan": former.plan, "code": former.code, "content": content_of_set(former)}
    made = acts.draft_set(**given, former=former, by=request.user, at=timezone.now())
    messages.success(request, _("Đã lập bản soạn của phiên bản mới, giữ các liên kết còn hiệu lực."))
    return redirect("evaluation:criteria-edit", made.pk)


@require_POST
def criteria_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    done = _("Đã trình bộ tiêu chí. Nội dung được giữ nguyên cho đến khi ban hành.")
    return _move(request, pk, acts.propose_set, done)


@require_POST
def criteria_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"reason": ""}
    return _move(request, pk, acts.take_back_set, _("Đã đưa bộ tiêu chí về bản soạn."), **given)


@require_POST
def criteria_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a draft away; the log remembers it."""
    acts.drop_draft(criteria=find_set(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("Đã bỏ bản soạn. Nhật ký còn ghi việc này."))
    return redirect("evaluation:criteria-list")


@require_POST
def criteria_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put into force; a form that is not whole is said on the page."""
    criteria = find_set(request, pk)
    require(can_put_in_force(request.user, criteria))
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi văn bản ban hành và ngày áp dụng."))
        return redirect("evaluation:criteria-detail", pk)
    return _move(request, pk, acts.put_in_force, _("Bộ tiêu chí đã được ban hành."), **form.cleaned_data)


def _move(request: SignedInRequest, pk: int, act: Callable[..., object], done: str, **given: Any) -> HttpResponse:
    """Do the act; every fault it is refused for is said on the set's page."""
    try:
        act(criteria=find_set(request, pk), by=request.user, at=timezone.now(), **given)
    except Misfit as error:
        messages.error(request, _("Chưa làm được: bộ tiêu chí còn điểm phải sửa, nêu ở đầu trang."))
        for fault in error.faults:
            messages.error(request, said(fault))
    else:
        messages.success(request, done)
    return redirect("evaluation:criteria-detail", pk)


def find_set(request: SignedInRequest, pk: int) -> CriteriaSet:
    """A set this person may read; 404 for any other."""
    return get_object_or_404(visible_sets(request), pk=pk)


def visible_sets(request: SignedInRequest) -> QuerySet[CriteriaSet]:
    return CriteriaSet.objects.visible_to(request.user).select_related("plan", "made_by", "decided_by")


def shown(criteria: CriteriaSet) -> list[Shown]:
    """The criteria in words, with names of what each serves."""
    links = list(criteria.links.select_related("indicator", "item"))
    names = names_of([link.indicator for link in links if link.indicator is not None])
    return [
        Shown(
            each,
            str(gettext_lazy(KIND_WORDS[each.kind])),
            tuple(said(words) for words in criterion_words(each)),
            [(link, link_words(link, names)) for link in links if link.criterion == each.code],
        )
        for each in content_of_set(criteria).criteria
    ]


def names_of(indicators: list[Indicator]) -> dict[int, str]:
    """Names by the passports in force, in one query."""
    rows = Passport.objects.in_force().filter(indicator__in=indicators).values_list("indicator_id", "name")
    return dict(rows)


def link_words(link: CriterionLink, names: dict[int, str]) -> str:
    """What a link leads to, in words."""
    if link.indicator is not None:
        return f"{link.indicator.code} {names.get(link.indicator.pk, '')}".strip()
    return link.item.text if link.item else ""
