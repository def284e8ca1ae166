"""The template of the consolidated report: seen, replaced, tried with real figures, given back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.papers.model import Block, Heading
from tiendo.papers.wording import numbered
from tiendo.reporting import actions
from tiendo.reporting.models import Period, ReportTemplate
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.gathering import facts_of
from tiendo.reporting.papers.paper import body, read_template, shipped_text
from tiendo.reporting.papers.template import BadTemplate
from tiendo.reporting.papers.texts import template_in_force
from tiendo.reporting.permissions import can_keep_templates, can_read_issued
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.web.reporting.forms_papers import TemplateForm, versions
from tiendo.web.reporting.paper_html import shown
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def template_list(request: SignedInRequest) -> HttpResponse:
    """The template in force and its versions; a new one is tried with a period's figures or put in force."""
    if not can_read_issued(request.user):
        raise Http404
    form = TemplateForm(request.POST or None, request.FILES or None, initial={"text": template_in_force().text})
    preview: list[Block] = []
    if request.method == "POST":
        require(can_keep_templates(request.user))
        if form.is_valid():
            try:
                if "preview" not in request.POST:
                    return _put_in_force(request, form)
                preview = _preview(form.cleaned_data["text"], form.cleaned_data["period"])
            except BadTemplate as bad:
                form.add_error("text", [said(problem.sentence) for problem in bad.problems])
            except IllegalMove as error:
                form.add_error(None, said(error))
    return _page(request, form, preview)


@require_GET
def template_file(request: SignedInRequest, number: int) -> HttpResponse:
    """A version as a text file; 0 is the one shipped with the program."""
    if not can_read_issued(request.user):
        raise Http404
    text = get_object_or_404(ReportTemplate, number=number).text if number else shipped_text()
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mau-bao-cao-{number}.txt"'
    return response


@require_POST
def template_restore(request: SignedInRequest, number: int) -> HttpResponse:
    """An older version comes back in force as the newest; 0 goes back to the one shipped."""
    require(can_keep_templates(request.user))
    try:
        if number:
            row = get_object_or_404(ReportTemplate, number=number)
            note = f"Dùng lại bản số {number}"  # stored, so Vietnamese whoever acts
            actions.upload_template(text=row.text, note=note, by=request.user, at=timezone.now())
        else:
            actions.retire_template(by=request.user, at=timezone.now())
    except (IllegalMove, BadTemplate) as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã đổi mẫu báo cáo đang dùng."))
    return redirect("reporting:template-list")


def _put_in_force(request: SignedInRequest, form: TemplateForm) -> HttpResponse:
    values = form.cleaned_data
    row = actions.upload_template(text=values["text"], note=values["note"], by=request.user, at=timezone.now())
    messages.success(request, _("Mẫu số %(n)d được dùng từ bây giờ.") % {"n": row.number})
    return redirect("reporting:template-list")


def _preview(text: str, period: Period | None) -> list[Block]:
    """The blocks as a period's figures would fill them; without a period, of the one due last."""
    period = period or Period.objects.exclude(opened_at=None).order_by("-due_at").first()
    template = read_template(text)
    if period is None:
        return []
    facts = facts_of(period)
    blocks = numbered(body(template, facts, figures(facts)))
    return [Heading(2, block.line) if isinstance(block, Heading) and block.level == 1 else block for block in blocks]


def _page(request: SignedInRequest, form: TemplateForm, preview: list[Block]) -> HttpResponse:
    context = {
        "form": form,
        "blocks": shown(preview) if preview else [],
        "versions": versions(),
        "current": template_in_force(),
        "decision": can_keep_templates(request.user),
    }
    return render(request, "web/reporting/template_list.html", context)
