"""Tags: the list with totals, and which task carries which (R053)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import require
from tiendo.plans.actions import tags as actions
from tiendo.plans.detailing import in_main_plans
from tiendo.plans.models import Tag, Task
from tiendo.plans.tag_queries import by_tag, tags_of
from tiendo.plans.tag_rules import can_tag_tasks
from tiendo.web.oversight.register_asking import ask
from tiendo.web.oversight.register_forms import PutTagForm, TagForm, TagNameForm
from tiendo.web.requests import SignedInRequest


@require_GET
def tag_list(request: SignedInRequest) -> HttpResponse:
    """Each tag with its tasks, counted by the very lists that open from the numbers."""
    counts = by_tag(in_main_plans(Task.objects.visible_to(request.user)), on=timezone.localdate())
    kinds = [(words, [row for row in counts if row.tag.kind == kind]) for kind, words in Tag.Kind.choices]
    context = {"kinds": [each for each in kinds if each[1]], "may_keep": can_tag_tasks(request.user)}
    return render(request, "web/oversight/tag_list.html", context)


@require_POST
def tag_load(request: SignedInRequest) -> HttpResponse:
    """Take in the shipped tags that are not there yet."""
    made = len(actions.load_tags(by=request.user, at=timezone.now()))
    words = ngettext("Đã thêm %(n)d nhãn.", "Đã thêm %(n)d nhãn.", made) % {"n": made}
    messages.success(request, words if made else _("Danh mục nhãn đã đủ."))
    return redirect("oversight:tag-list")


@require_http_methods(["GET", "POST"])
def tag_add(request: SignedInRequest) -> HttpResponse:
    require(can_tag_tasks(request.user))
    form, back = TagForm(request.POST or None), reverse("oversight:tag-list")
    return ask(
        request,
        form,
        _("Thêm nhãn"),
        lambda **who: actions.add_tag(**form.cleaned_data, **who),
        back=back,
        register=(_("Nhãn"), back),
    )


@require_http_methods(["GET", "POST"])
def tag_rename(request: SignedInRequest, code: str) -> HttpResponse:
    require(can_tag_tasks(request.user))
    tag = get_object_or_404(Tag, code=code)
    form, back = TagNameForm(request.POST or None, initial={"name": tag.name}), reverse("oversight:tag-list")
    return ask(
        request,
        form,
        _("Đổi tên nhãn"),
        lambda **who: actions.rename_tag(tag=tag, **form.cleaned_data, **who),
        back=back,
        register=(_("Nhãn"), back),
        eyebrow=tag.name,
        template="web/oversight/tag_rename.html",
        tag=tag,
    )


@require_POST
def tag_retire(request: SignedInRequest, code: str) -> HttpResponse:
    """Out of use, or into use again."""
    tag = actions.retire_tag(tag=get_object_or_404(Tag, code=code), by=request.user, at=timezone.now())
    words = _("Đã thôi dùng nhãn “%(name)s”.") if tag.retired_at else _("Nhãn “%(name)s” được dùng lại.")
    messages.success(request, words % {"name": tag.name})
    return redirect("oversight:tag-list")


@require_http_methods(["GET", "POST"])
def tag_put(request: SignedInRequest, code: str) -> HttpResponse:
    """The tags of one task: put one on, take one off."""
    require(can_tag_tasks(request.user))
    task = get_object_or_404(Task.objects.visible_to(request.user), code=code)
    carried = tags_of(task)
    left = Tag.objects.filter(retired_at=None).exclude(pk__in=[row.tag_id for row in carried])
    form, tags = PutTagForm(request.POST or None, rows={"tag": left}), reverse("oversight:tag-list")
    return ask(
        request,
        form,
        _("Gắn nhãn"),
        lambda **who: actions.put_tag(task=task, **form.cleaned_data, **who),
        back=reverse("oversight:tag-put", args=[code]),
        register=(_("Nhãn"), tags),
        eyebrow=f"{task.code} · {task.title}",
        template="web/oversight/task_tags.html",
        task=task,
        carried=carried,
    )


@require_POST
def tag_take(request: SignedInRequest, code: str, tag: str) -> HttpResponse:
    task = get_object_or_404(Task.objects.visible_to(request.user), code=code)
    actions.take_tag(task=task, tag=get_object_or_404(Tag, code=tag), by=request.user, at=timezone.now())
    messages.success(request, _("Đã bỏ nhãn."))
    return redirect("oversight:tag-put", code)
