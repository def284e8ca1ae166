"""Security checklists of IT projects: which are open, and the answers of one (R049)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.accounts.permissions import require
from tiendo.oversight.actions.security import CheckAnswer, answer_security
from tiendo.oversight.models import SecurityCheck
from tiendo.oversight.register_queries import answers_of, security_lines
from tiendo.oversight.register_rules import can_answer_security
from tiendo.oversight.security import IT_PROJECT, CheckItem, check_items, check_state
from tiendo.plans.models import Task
from tiendo.plans.tags import tagged
from tiendo.web.oversight.register_asking import ask, paper_of, send_file
from tiendo.web.oversight.register_forms import PaperField
from tiendo.web.requests import SignedInRequest

CHOICES = [("", gettext_lazy("— chưa trả lời —")), *SecurityCheck.Answer.choices]


class ChecklistForm(forms.Form):
    """Three fields a point; a point without an answer is left as it is."""

    def __init__(self, *args: Any, standing: dict[str, SecurityCheck], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in check_items():
            known = standing.get(item.code)
            self.fields[f"{item.code}_answer"] = forms.ChoiceField(
                label=gettext_lazy("Trả lời"), choices=CHOICES, required=False, initial=known.answer if known else ""
            )
            self.fields[f"{item.code}_note"] = forms.CharField(
                label=gettext_lazy("Ghi chú, minh chứng"),
                required=False,
                max_length=2000,
                initial=known.note if known else "",
            )
            self.fields[f"{item.code}_file"] = PaperField(label=gettext_lazy("Tệp minh chứng"), help_text="")

    def answers(self) -> dict[str, CheckAnswer]:
        """Only the points that carry an answer."""
        data = self.cleaned_data
        return {
            item.code: CheckAnswer(
                data[f"{item.code}_answer"], data[f"{item.code}_note"], paper_of(data[f"{item.code}_file"])
            )
            for item in check_items()
            if data[f"{item.code}_answer"]
        }

    def points(self, standing: dict[str, SecurityCheck]) -> list[dict[str, Any]]:
        """Each point with its fields and what stands."""
        return [self._point(item, standing.get(item.code)) for item in check_items()]

    def _point(self, item: CheckItem, known: SecurityCheck | None) -> dict[str, Any]:
        fields = [self[f"{item.code}_{name}"] for name in ("answer", "note", "file")]
        return {"item": item, "known": known, "fields": fields}


@require_GET
def security_list(request: SignedInRequest) -> HttpResponse:
    """Every IT project with how far its checklist is, the least answered on top."""
    lines = security_lines(request.user)
    asked = request.GET.get("tinh_trang", "")
    shown = [line for line in lines if asked != "thieu" or not line.state.is_complete]
    context = {
        "lines": shown,
        "total": len(lines),
        "incomplete": sum(not line.state.is_complete for line in lines),
        "asked": asked,
    }
    return render(request, "web/oversight/security_list.html", context)


@require_http_methods(["GET", "POST"])
def security_check(request: SignedInRequest, code: str) -> HttpResponse:
    """The checklist of one project; people of the lead unit answer it, others who may see the task read it."""
    projects = tagged(Task.objects.visible_to(request.user), IT_PROJECT)
    task = get_object_or_404(projects, code=code)
    may = can_answer_security(request.user, task)
    if request.method == "POST":
        require(may)
    standing = {row.item: row for row in answers_of(request.user, [task])[task.pk]}
    form = ChecklistForm(request.POST or None, request.FILES or None, standing=standing)
    back = reverse("oversight:security-list")
    return ask(
        request,
        form,
        _("Danh mục an toàn thông tin"),
        lambda **who: answer_security(task=task, answers=form.answers(), **who),
        back=reverse("oversight:security-check", args=[code]),
        register=(_("An toàn thông tin của dự án"), back),
        eyebrow=f"{task.code} · {task.title}",
        template="web/oversight/security_check.html",
        task=task,
        may=may,
        points=form.points(standing),
        state=check_state({item: row.answer for item, row in standing.items()}),
    )


@require_GET
def security_file(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = SecurityCheck.objects.visible_to(request.user).select_related("file")
    row = get_object_or_404(rows, pk=pk, file__isnull=False)
    assert row.file is not None
    return send_file(row.file, f"an-toan-{pk}")
