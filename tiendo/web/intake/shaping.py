"""Give tasks another shape: split one, join two, take that back; say what they serve and whom they resemble."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.intake import actions
from tiendo.intake.models import Proposal
from tiendo.intake.permissions import can_import
from tiendo.intake.queries import link_choices, shaped_away
from tiendo.web.intake.answers import back_to, card_answer, cards_of, look_of, proposal_of, source_of
from tiendo.web.intake.cutting import parts_of, suggested_parts
from tiendo.web.intake.likeness import likely_first
from tiendo.web.intake.looking import is_number
from tiendo.web.intake.shape_forms import LinkForm, MergeForm, SplitForm, part_forms
from tiendo.web.intake.source import shown_lines
from tiendo.web.intake.units import UnitNames, choices_of_units
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def proposal_split(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cut a text into tasks: the cuts are suggested, moved by blank lines, then each part is filled in."""
    proposal = proposal_of(request, pk)
    require(can_import(request.user, proposal.source))
    text = str(proposal.value.get("description") or proposal.value.get("title") or "")
    texts = parts_of(request.GET["van_ban"]) if "van_ban" in request.GET else suggested_parts(text)
    parts = part_forms(request.POST or None, texts, proposal.value, UnitNames())
    form = SplitForm(request.POST or None)
    if request.method == "POST" and parts.is_valid() and form.is_valid() and _split(request, proposal, parts, form):
        return redirect(back_to(proposal.source, proposal))
    context = {"form": form, "parts": parts, "cut": "\n\n".join(texts), **_beside(request, proposal)}
    return render(request, "web/intake/proposal_split.html", context | {"unit_names": choices_of_units()})


@require_http_methods(["GET", "POST"])
def proposal_merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Join a task with another one of the same paper; the next is offered."""
    proposal = proposal_of(request, pk)
    require(can_import(request.user, proposal.source))
    others = _others(proposal)
    form = MergeForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        other = next(each for each in others if str(each.pk) == form.cleaned_data["other"])
        try:
            merged = actions.merge_proposals(proposals=[proposal, other], by=request.user, at=timezone.now())
        except PermissionDenied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gộp thành một nhiệm vụ; có thể hoàn lại ở thẻ của nhiệm vụ đó."))
            return redirect(back_to(merged.source, merged))
    return render(
        request, "web/intake/proposal_merge.html", {"form": form, "others": others, **_beside(request, proposal)}
    )


@require_http_methods(["GET", "POST"])
def proposal_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which indicators a task serves; those that share words with it come first."""
    proposal = proposal_of(request, pk)
    require(can_import(request.user, proposal.source))
    words = f"{proposal.value.get('title') or ''} {proposal.value.get('description') or ''}"
    choices = likely_first(words, link_choices(proposal.source), chosen=proposal.links)
    form = LinkForm(request.POST or None, choices=choices, initial={"links": proposal.links})
    if request.method == "POST" and form.is_valid():
        keys = form.cleaned_data["links"]
        actions.link_indicators(proposal=proposal, keys=keys, by=request.user, at=timezone.now())
        messages.success(request, _("Đã ghi chỉ tiêu mà nhiệm vụ này phục vụ."))
        return redirect(back_to(proposal.source, proposal))
    return render(
        request, "web/intake/proposal_link.html", {"form": form, "choices": choices, **_beside(request, proposal)}
    )


@require_POST
def proposal_unshape(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a split or a join back: the rows stand as printed, undecided."""
    proposal = proposal_of(request, pk)
    require(can_import(request.user, proposal.source))
    source = proposal.source
    try:
        rows = actions.undo_shaping(proposal=proposal, by=request.user, at=timezone.now())
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return redirect(back_to(source, proposal))
    messages.success(request, _("Đã hoàn lại; các dòng trở về như trong văn bản, chưa quyết."))
    return redirect(back_to(source, rows[0]))


@require_POST
def proposals_twin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm or deny that a task is the same work as another: `trung` is "12:co:KH68-012" or "12:khong:…"."""
    source = source_of(request, pk)
    require(can_import(request.user, source))
    number, _colon, rest = request.POST.get("trung", "").partition(":")
    verdict, _colon, name = rest.partition(":")
    proposal = get_object_or_404(source.proposals, pk=number if is_number(number) else 0)
    known = [twin["task"] or twin["proposal"] for twin in proposal.twins]
    if verdict not in ("co", "khong") or name not in known:
        messages.error(request, _("Không rõ cần xác nhận nhiệm vụ nào; hãy thử lại."))
        return redirect(back_to(source, proposal))
    same = verdict == "co"
    proposal = actions.decide_twin(proposal=proposal, ref=name, same=same, by=request.user, at=timezone.now())
    if request.htmx:  # type: ignore[attr-defined]
        return card_answer(request, look_of(request, source), proposal)
    return redirect(back_to(source, proposal))


def _split(request: SignedInRequest, proposal: Proposal, parts: object, form: SplitForm) -> bool:
    """Split, or say at the form why not."""
    filled = [each for each in parts if each.cleaned_data.get("description", "").strip()]  # type: ignore[attr-defined]
    whole, note = proposal.value, form.cleaned_data["note"]
    by_hand = [each.by_hand(whole) for each in filled]
    if any(by_hand) and not note:
        form.add_error("note", _("Hãy ghi căn cứ: số văn bản hoặc ý kiến chỉ đạo."))
        return False
    given = [
        each.part(whole) | ({"notes": dict.fromkeys(fields, note)} if fields else {})
        for each, fields in zip(filled, by_hand, strict=True)
    ]
    try:
        made = actions.split_proposal(proposal=proposal, parts=given, by=request.user, at=timezone.now())
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
        return False
    words = _("Đã tách thành %(n)d nhiệm vụ; có thể hoàn lại ở thẻ của các nhiệm vụ đó.")
    messages.success(request, words % {"n": len(made)})
    return True


def _others(proposal: Proposal) -> list[Proposal]:
    """Tasks it may be joined with: those that follow it, then those before, nearest first."""
    away = shaped_away(proposal.source)
    tasks = proposal.source.proposals.filter(kind=proposal.kind).exclude(pk=proposal.pk)
    there = [each for each in tasks if (each.kind, each.key) not in away and each.change != Proposal.Change.REMOVED]
    after = [each for each in there if (each.position, each.pk) > (proposal.position, proposal.pk)]
    before = [each for each in there if (each.position, each.pk) < (proposal.position, proposal.pk)]
    return [*after, *reversed(before)]


def _beside(request: SignedInRequest, proposal: Proposal) -> dict[str, object]:
    """The proposal's card and passage, for the page on which it is shaped."""
    source = proposal.source
    return {
        "proposal": proposal,
        "source": source,
        "card": cards_of(source, [proposal], request.user)[0],
        "lines": [line for line in shown_lines(source, [proposal], proposal) if line.is_cited],
        "back": back_to(source, proposal),
    }
