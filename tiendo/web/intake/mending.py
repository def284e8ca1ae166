"""Mend one proposal: in its place in the list, or on a page of its own where there are no scripts."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tiendo.accounts.permissions import require
from tiendo.intake import actions
from tiendo.intake.models import Proposal
from tiendo.intake.permissions import can_import
from tiendo.intake.proposing import task_sections
from tiendo.intake.queries import headings_of
from tiendo.web.intake.agencies import printed_names
from tiendo.web.intake.answers import back_to, card_answer, cards_of, look_of, proposal_of
from tiendo.web.intake.doubts import unknown_names
from tiendo.web.intake.editing import FORMS, EditForm, Surroundings
from tiendo.web.intake.source import shown_lines
from tiendo.web.intake.theirs import Theirs, carried, theirs_of
from tiendo.web.intake.units import UnitNames, choices_of_units
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def proposal_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was printed stays beside what a person makes of it."""
    proposal = proposal_of(request, pk)
    require(can_import(request.user, proposal.source))
    form, theirs = _form(request, proposal, request.POST or None), None
    if not _is_behind(request, proposal) and form.is_valid():
        try:
            return _save(request, proposal, form)
        except actions.Conflict:
            proposal = proposal_of(request, pk)
    if _is_behind(request, proposal):
        form = _form(request, proposal, carried(request.POST, proposal.value))
        theirs = theirs_of(proposal, form, request.user)
        form.add_error(None, theirs.sentence)
    return _shown(request, proposal, form, theirs)


def _is_behind(request: SignedInRequest, proposal: Proposal) -> bool:
    """Whether the form was opened on something else than the proposal says now."""
    return request.POST.get("seen") not in (None, proposal.fingerprint)


def _save(request: SignedInRequest, proposal: Proposal, form: EditForm) -> HttpResponse:
    """Keep the edit and lead back to the card. Raises Conflict when somebody was quicker."""
    changed = _others_changed(form)
    saved = actions.edit_proposal(
        proposal=proposal,
        edited=form.edited(),
        learned=form.learned(),
        seen=request.POST.get("seen"),
        by=request.user,
        at=timezone.now(),
    )
    if _in_place(request):
        return card_answer(request, look_of(request, proposal.source), saved, others=changed)
    messages.success(request, _saved_words(changed))
    return redirect(back_to(proposal.source, proposal))


def _shown(request: SignedInRequest, proposal: Proposal, form: EditForm, theirs: Theirs | None) -> HttpResponse:
    """The form: with what somebody else saved, after which saving once more replaces it."""
    context = {
        "form": form,
        "proposal": proposal,
        "card": cards_of(proposal.source, [proposal], request.user, proposal)[0],
        "theirs": theirs,
        "printed_names": printed_names(proposal.value),
    }
    if _in_place(request):
        return render(request, "web/intake/_card_edit.html", context | {"look": look_of(request, proposal.source)})
    return render(request, "web/intake/proposal_edit.html", context | _page(proposal))


def _in_place(request: SignedInRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]


def _form(request: SignedInRequest, proposal: Proposal, typed: QueryDict | None) -> EditForm:
    """Ids of fields in the list carry the proposal's number: two cards may be open at once."""
    surroundings = Surroundings(
        proposal=proposal,
        titles=task_sections(headings_of(proposal.source)),
        names=UnitNames(),
        others=_open_names(proposal),
    )
    auto_id = f"e{proposal.pk}_%s" if _in_place(request) else "id_%s"
    return FORMS[proposal.kind](typed, surroundings=surroundings, auto_id=auto_id)


def _open_names(proposal: Proposal) -> Counter[str]:
    """Printed names without a unit → in how many other rows of the import they stand."""
    if not unknown_names(proposal.value):
        return Counter()
    rows = proposal.source.proposals.filter(kind__in=[Proposal.Kind.TASK, Proposal.Kind.INDICATOR])
    others = rows.exclude(pk=proposal.pk).values_list("printed", "edited")
    return Counter(name for printed, edited in others for name in unknown_names(edited or printed))


def _others_changed(form: EditForm) -> int:
    """How many other rows the chosen units will settle too."""
    return sum(_open_names(form.proposal)[text] for text in form.learned())


def _saved_words(others: int) -> str:
    if others:
        return _("Đã lưu bản sửa; đơn vị vừa chọn áp dụng cho %(n)d dòng khác.") % {"n": others}
    return _("Đã lưu bản sửa; chữ in trong văn bản vẫn được giữ.")


def _page(proposal: Proposal) -> dict[str, object]:
    """What only the page of its own shows: the passage, the list of units, the way back."""
    source = proposal.source
    return {
        "source": source,
        "lines": [line for line in shown_lines(source, [proposal], proposal) if line.is_cited],
        "unit_names": choices_of_units(),
        "back": back_to(source, proposal),
    }
