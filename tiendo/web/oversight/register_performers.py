"""Which enterprise performs a task under its lead unit (R094)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tiendo.accounts.permissions import require
from tiendo.orgs.models import Unit, UnitKind
from tiendo.plans.actions import performing as actions
from tiendo.plans.models import Assignment, Task
from tiendo.plans.tag_rules import can_name_performer
from tiendo.web.oversight.register_asking import ask
from tiendo.web.oversight.register_forms import PerformerForm
from tiendo.web.plans.forms import SourceForm
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def performer_add(request: SignedInRequest, code: str) -> HttpResponse:
    task = get_object_or_404(Task.objects.visible_to(request.user), code=code)
    require(can_name_performer(request.user, task))
    firms = Unit.objects.visible_to(request.user).in_force(timezone.localdate()).filter(kind=UnitKind.ENTERPRISE)
    form = PerformerForm(request.POST or None, rows={"unit": firms})
    back = reverse("plans:task-detail", args=[code])
    return ask(
        request,
        form,
        _("Ghi doanh nghiệp thực hiện"),
        lambda **who: actions.add_performer(task=task, **form.cleaned_data, **who),
        back=back,
        register=(task.code, back),
        eyebrow=f"{task.code} · {task.title}",
        help_text=_(
            "Người của doanh nghiệp chỉ xem được nhiệm vụ này. Số liệu của nhiệm vụ do cơ quan chủ trì báo cáo."
        ),
    )


@require_http_methods(["GET", "POST"])
def performer_end(request: SignedInRequest, pk: int) -> HttpResponse:
    parts = Assignment.objects.in_force().filter(role=Assignment.Role.PERFORMING)
    seen = parts.filter(task__in=Task.objects.visible_to(request.user))
    part = get_object_or_404(seen.select_related("task", "unit"), pk=pk)
    require(can_name_performer(request.user, part.task))
    form, back = SourceForm(request.POST or None), reverse("plans:task-detail", args=[part.task.code])
    return ask(
        request,
        form,
        _("Thôi ghi %(unit)s thực hiện") % {"unit": part.unit},
        lambda **who: actions.end_performer(assignment=part, **form.cleaned_data, **who),
        back=back,
        register=(part.task.code, back),
        eyebrow=f"{part.task.code} · {part.task.title}",
    )
