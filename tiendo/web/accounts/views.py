from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tiendo.accounts import actions
from tiendo.accounts.models import Absence, Post, User
from tiendo.accounts.permissions import can_administer, can_record_absence, require
from tiendo.accounts.queries import people_visible_to
from tiendo.web.accounts.forms import (
    EndPostForm,
    NewPasswordForm,
    OwnPasswordForm,
    PersonFilter,
    PersonForm,
    PostForm,
    SignInForm,
    attempt,
)
from tiendo.web.requests import SignedInRequest

PAGE = 50


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "web/accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """By POST only; then the public front page."""


def password_change(request: SignedInRequest) -> HttpResponse:
    """A person changes their own password and stays signed in here; other sessions end."""
    form = OwnPasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        new = form.cleaned_data["new"]
        user = User.objects.get(pk=request.user.pk)
        try_it = attempt(form, lambda: actions.set_password(user=user, password=new, by=user, at=timezone.now()))
        if try_it:
            update_session_auth_hash(request, user)
            messages.success(request, _("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."))
            return redirect("accounts:person-detail", user.username)
    return render(request, "web/accounts/password_change.html", {"form": form})


def person_list(request: SignedInRequest) -> HttpResponse:
    """Who works in the units one may see, with their posts."""
    form = PersonFilter(request.GET)
    people = form.people(request.user, timezone.localdate())
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    can_add = can_administer(request.user)
    return render(request, "web/accounts/person_list.html", {"form": form, "page": page, "can_add": can_add})


def person_detail(request: SignedInRequest, username: str) -> HttpResponse:
    """A person's posts, past ones too."""
    person = get_object_or_404(people_visible_to(request.user), username=username)
    today = timezone.localdate()
    posts = Post.objects.visible_to(request.user).filter(user=person).select_related("unit").order_by("-valid_from")
    context = {
        "person": person,
        "posts": [(post, post.valid_from <= today and (not post.valid_to or post.valid_to > today)) for post in posts],
        "is_self": person.pk == request.user.pk,
        "can_administer": can_administer(request.user),
        "can_record_absence": can_record_absence(request.user, person),
        "away": Absence.objects.visible_to(request.user).in_force(today).filter(user=person).first(),
    }
    return render(request, "web/accounts/person_detail.html", context)


def person_add(request: SignedInRequest) -> HttpResponse:
    """The administrator makes an account; it opens nothing until a post is given."""
    require(can_administer(request.user))
    form = PersonForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: actions.create_user(**data, by=request.user, at=timezone.now())):
            messages.success(request, _("Đã lập tài khoản. Hãy giao chức vụ để người này bắt đầu làm việc."))
            return redirect("accounts:post-give", data["username"])
    return render(request, "web/accounts/person_add.html", {"form": form})


def person_password(request: SignedInRequest, username: str) -> HttpResponse:
    """The administrator gives a new password to somebody who forgot theirs."""
    require(can_administer(request.user))
    person = get_object_or_404(people_visible_to(request.user), username=username)
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        new, by = form.cleaned_data["password"], request.user
        if attempt(form, lambda: actions.set_password(user=person, password=new, by=by, at=timezone.now())):
            messages.success(request, _("Đã đặt mật khẩu mới."))
            return redirect("accounts:person-detail", username)
    return render(request, "web/accounts/person_password.html", {"form": form, "person": person})


@require_POST
def person_close(request: SignedInRequest, username: str) -> HttpResponse:
    """The administrator closes an account."""
    person = get_object_or_404(people_visible_to(request.user), username=username)
    actions.deactivate_user(user=person, by=request.user, at=timezone.now())
    messages.success(request, _("Đã khóa tài khoản; những gì người này đã làm vẫn còn nguyên."))
    return redirect("accounts:person-detail", username)


def post_give(request: SignedInRequest, username: str) -> HttpResponse:
    """The administrator gives a post in a unit from a date on."""
    require(can_administer(request.user))
    person = get_object_or_404(people_visible_to(request.user), username=username)
    form = PostForm(request.POST or None, person=person, on=timezone.localdate())
    if form.is_valid():
        data = form.cleaned_data | {"delegated_by": form.cleaned_data["delegated_by"] or None}
        if attempt(form, lambda: actions.give_post(user=person, **data, by=request.user, at=timezone.now())):
            messages.success(request, _("Đã giao chức vụ."))
            return redirect("accounts:person-detail", username)
    return render(request, "web/accounts/post_give.html", {"form": form, "person": person})


def post_end(request: SignedInRequest, username: str, pk: int) -> HttpResponse:
    """The administrator ends a post; the time it was held stays known."""
    require(can_administer(request.user))
    posts = Post.objects.visible_to(request.user).select_related("user", "unit")
    post = get_object_or_404(posts, pk=pk, user__username=username)
    form = EndPostForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: actions.end_post(post=post, on=on, by=request.user, at=timezone.now())):
            messages.success(request, _("Đã ghi ngày thôi giữ chức vụ."))
            return redirect("accounts:person-detail", username)
    return render(request, "web/accounts/post_end.html", {"form": form, "post": post, "person": post.user})
