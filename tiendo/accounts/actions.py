"""Everything that changes people and posts. `by` is None only for the first administrator."""

from datetime import date, datetime
from secrets import token_urlsafe
from typing import Literal

from axes.utils import reset
from django.contrib.auth.hashers import BasePasswordHasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import Absence, ApiKey, Post, Role, User, hash_token
from tiendo.accounts.permissions import can_administer, can_record_absence, can_stand_in, no, require
from tiendo.audit.record import record
from tiendo.orgs.models import Unit

MACHINE = "hệ thống"
KEY_MARK = "tiendo_"  # so that a leaked key is known for what it is


@transaction.atomic
def create_user(
    *,
    username: str,
    full_name: str,
    password: str,
    by: User | None,
    at: datetime,
    email: str = "",
    hasher: BasePasswordHasher | Literal["default"] = "default",
) -> User:
    """A new account without any post. Raises ValidationError with sentences if the password is weak."""
    _require_administrator(by)
    user = User(username=username, full_name=full_name, email=email, created_at=at)
    validate_password(password, user)
    user.password = make_password(password, hasher=hasher)
    user.full_clean()
    user.save()
    record(act="accounts.user.create", subject=f"accounts.user:{username}", actor=_name(by), at=at)
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: User, at: datetime) -> User:
    """A person changes their own password, or the administrator gives a new one, which also ends a lockout."""
    if by.pk != user.pk:
        require(can_administer(by))
        reset(username=user.username)
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(act="accounts.user.set_password", subject=f"accounts.user:{user.username}", actor=by.username, at=at)
    return user


@transaction.atomic
def deactivate_user(*, user: User, by: User, at: datetime) -> User:
    """Close an account: nobody signs in with it; what it did stays."""
    require(can_administer(by))
    if user.pk == by.pk:
        require(no(_("Bạn không thể tự khóa tài khoản của mình; hãy nhờ người quản trị khác.")))
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(act="accounts.user.deactivate", subject=f"accounts.user:{user.username}", actor=by.username, at=at)
    return user


@transaction.atomic
def give_post(
    *,
    user: User,
    unit: Unit,
    role: str,
    title: str,
    valid_from: date,
    by: User | None,
    at: datetime,
    valid_to: date | None = None,
    delegated_by: str | None = None,
) -> Post:
    """A person holds a post in a unit from a date."""
    _require_administrator(by)
    post = Post(
        user=user,
        unit=unit,
        role=role,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
        delegated_by=delegated_by,
    )
    post.full_clean()
    post.save()
    record(
        act="accounts.post.give",
        subject=f"accounts.user:{user.username}",
        actor=_name(by),
        at=at,
        unit=unit.code,
        role=role,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
        delegated_by=delegated_by,
    )
    return post


@transaction.atomic
def end_post(*, post: Post, on: date, by: User, at: datetime) -> Post:
    """The post ends: `on` is the first day it is no longer held."""
    require(can_administer(by))
    if post.user_id == by.pk and post.role == Role.ADMINISTRATOR:
        require(no(_("Bạn không thể tự thôi quản trị; hãy nhờ người quản trị khác.")))
    post = Post.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=post.pk)
    post.valid_to = on
    post.full_clean()
    post.save(update_fields=["valid_to"])
    record(
        act="accounts.post.end",
        subject=f"accounts.user:{post.user.username}",
        actor=by.username,
        at=at,
        unit=post.unit.code,
        role=post.role,
        valid_to=on,
    )
    return post


@transaction.atomic
def record_absence(
    *,
    user: User,
    first_day: date,
    last_day: date,
    reason: str,
    by: User,
    at: datetime,
    substitute: User | None = None,
) -> Absence:
    """A person is away from the first to the last day; the substitute does the work of their posts meanwhile.

    Raises ValidationError for days out of order, or days on which an absence stands already.
    """
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    require(can_record_absence(by, user))
    if substitute is not None:
        require(can_stand_in(by, user, substitute))
        _must_be_there(substitute, first_day, last_day)
    absence = Absence(
        user=user,
        substitute=substitute,
        first_day=first_day,
        last_day=last_day,
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    _must_fit(absence)
    absence.save()
    record(
        act="accounts.absence.record",
        subject=f"accounts.user:{user.username}",
        actor=by.username,
        at=at,
        first_day=first_day,
        last_day=last_day,
        substitute=substitute.username if substitute else None,
        reason=absence.reason,
    )
    return absence


@transaction.atomic
def end_absence(*, absence: Absence, by: User, at: datetime) -> Absence:
    """The person is back, or never left: from now on the substitute no longer stands in."""
    absence = Absence.objects.select_for_update(of=("self",)).select_related("user").get(pk=absence.pk)
    require(can_record_absence(by, absence.user))
    if absence.ended_at is not None:
        return absence
    absence.ended_at = at
    absence.save(update_fields=["ended_at"])
    record(
        act="accounts.absence.end",
        subject=f"accounts.user:{absence.user.username}",
        actor=by.username,
        at=at,
        first_day=absence.first_day,
        last_day=absence.last_day,
    )
    return absence


@transaction.atomic
def issue_api_key(*, user: User, name: str, by: User, at: datetime) -> tuple[ApiKey, str]:
    """A key by which another program acts as the person, and its token, which nobody can read again afterwards.

    Raises ValidationError without a name, PermissionDenied for an account that is closed.
    """
    require(can_administer(by))
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    if not user.is_active:
        require(no(_("Tài khoản này đã khóa nên không cấp khóa được.")))
    token = f"{KEY_MARK}{token_urlsafe(32)}"
    key = ApiKey(user=user, name=name.strip(), token_hash=hash_token(token), created_by=by, created_at=at)
    key.full_clean(exclude=["last_used_on", "ended_at"])
    key.save(force_insert=True)
    record(act="accounts.api_key.issue", subject=_key(key), actor=by.username, at=at, user=user.username, name=key.name)
    return key, token


@transaction.atomic
def end_api_key(*, key: ApiKey, by: User, at: datetime) -> ApiKey:
    """From now on the key opens nothing; what came by it stays. Ended again, the first moment stays."""
    key = ApiKey.objects.select_for_update(of=("self",)).select_related("user").get(pk=key.pk)
    require(can_administer(by))
    if key.ended_at is not None:
        return key
    key.ended_at = at
    key.save(update_fields=["ended_at"])
    record(act="accounts.api_key.end", subject=_key(key), actor=by.username, at=at, user=key.user.username)
    return key


def _key(key: ApiKey) -> str:
    return f"accounts.api_key:{key.pk}"


def _must_fit(absence: Absence) -> None:
    """Whole days in order, on which nothing is recorded yet."""
    absence.full_clean(exclude=["ended_at"], validate_constraints=False)
    if absence.last_day < absence.first_day:
        raise ValidationError({"last_day": _("Ngày cuối không được trước ngày đầu.")})
    if Absence.objects.within(absence.first_day, absence.last_day).filter(user=absence.user).exists():
        raise ValidationError(_("Đã ghi vắng mặt trong những ngày này; hãy kết thúc lần đó trước."))


def _must_be_there(substitute: User, first_day: date, last_day: date) -> None:
    if Absence.objects.within(first_day, last_day).filter(user=substitute).exists():
        raise ValidationError({"substitute": _("Người thay cũng vắng trong những ngày này; hãy chọn người khác.")})


def _require_administrator(by: User | None) -> None:
    """Only while there is nobody yet may the machine itself act."""
    if by is not None:
        require(can_administer(by))
    elif Post.objects.exists():
        raise PermissionDenied(_("Hệ thống đã có người quản trị; hãy đăng nhập bằng tài khoản quản trị."))


def _name(by: User | None) -> str:
    return by.username if by else MACHINE
