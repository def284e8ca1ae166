from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import Post, Role, User
from tiendo.accounts.queries import people_visible_to, with_posts
from tiendo.orgs.models import Unit
from tiendo.orgs.words import fold
from tiendo.web.days import DayField

USERNAME = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$", _("Chỉ dùng chữ thường không dấu, chữ số, dấu chấm và gạch nối.")
)


class SignInForm(AuthenticationForm):
    """Django's form with the words of this house."""

    error_messages = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra bộ gõ và phím Caps Lock rồi thử lại."),
        "inactive": _("Tài khoản này đã khóa; hãy hỏi người quản trị hệ thống."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")


class OwnPasswordForm(forms.Form):
    old = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        help_text=_("Ít nhất 10 ký tự; nên là một câu dễ nhớ, không dùng tên mình."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError(gettext("Mật khẩu đang dùng chưa đúng."))
        return old

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise ValidationError(gettext("Hai lần nhập mật khẩu mới không giống nhau."))
        return again


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        help_text=_("Ít nhất 10 ký tự. Báo riêng cho người dùng và nhắc họ đổi ngay khi đăng nhập."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class PersonForm(NewPasswordForm):
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        validators=[USERNAME],
        help_text=_("Ví dụ: nguyen.van.an"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=200)
    email = forms.EmailField(label=_("Thư điện tử công vụ"), required=False)
    password = forms.CharField(
        label=_("Mật khẩu đầu tiên"),
        strip=False,
        help_text=_("Ít nhất 10 ký tự. Báo riêng cho người dùng và nhắc họ đổi ngay khi đăng nhập."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ["username", "full_name", "email", "password"]

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise ValidationError(gettext("Tên đăng nhập này đã có người dùng."))
        return username


class PostForm(forms.Form):
    unit = forms.ModelChoiceField(
        label=pgettext_lazy("một", "Cơ quan, đơn vị"), queryset=Unit.objects.none(), to_field_name="code"
    )
    role = forms.ChoiceField(label=_("Vai trò trong hệ thống"), choices=Role.choices)
    title = forms.CharField(label=_("Chức danh"), max_length=200, help_text=_("Ví dụ: Giám đốc, Chuyên viên."))
    valid_from = DayField(label=_("Từ ngày"))
    delegated_by = forms.CharField(
        label=_("Văn bản ủy quyền"),
        required=False,
        help_text=_("Chỉ ghi khi người này ký thay thủ trưởng: số và ngày của văn bản ủy quyền."),
    )

    def __init__(self, *args: Any, person: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = on
        self.person = person
        self.fields["unit"].queryset = Unit.objects.in_force(on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        same = Post.objects.filter(user=self.person, unit=data.get("unit"), role=data.get("role"), valid_to=None)
        if same.exists():
            raise ValidationError(gettext("Người này đang giữ đúng vai trò đó ở đơn vị đã chọn."))
        return data


class EndPostForm(forms.Form):
    on = DayField(
        label=_("Thôi giữ từ ngày"),
        help_text=_("Ngày đầu tiên không còn giữ chức vụ."),
    )


class PersonFilter(forms.Form):
    q = forms.CharField(label=_("Tìm người, chức danh, đơn vị"), required=False)
    role = forms.ChoiceField(label=_("Vai trò"), required=False, choices=[("", _("Tất cả")), *Role.choices])

    def people(self, by: User, on: date) -> list[User]:
        """The accounts `by` may look up, narrowed by what was asked; words are compared without marks."""
        people = list(with_posts(people_visible_to(by), by=by, on=on))
        asked = self.cleaned_data if self.is_valid() else {}
        words = fold(asked.get("q") or "").split()
        role = asked.get("role")
        return [person for person in people if _matches(person, words) and (not role or role in _roles(person))]


def _roles(person: User) -> set[str]:
    return {post.role for post in person.current_posts}  # type: ignore[attr-defined]


def _matches(person: User, words: list[str]) -> bool:
    posts = person.current_posts  # type: ignore[attr-defined]
    text = fold(" ".join([person.full_name, person.username, *(f"{post.title} {post.unit.name}" for post in posts)]))
    return all(word in text for word in words)


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do the act of a valid form; what the house refuses becomes an error of the form, so nothing typed is lost."""
    try:
        act()
    except ValidationError as error:
        _blame(form, error)
    except PermissionDenied as error:
        form.add_error(None, str(error))
    return not form.errors


def _blame(form: forms.Form, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error("password" if "password" in form.fields else None, error)
        return
    for name, sentences in error.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)
