from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tiendo.orgs.models import Unit, UnitKind
from tiendo.orgs.queries import links, units_held_by


class Role(models.TextChoices):
    OFFICER = "officer", _("Cán bộ đầu mối")
    HEAD = "head", _("Thủ trưởng")
    COORDINATOR = "coordinator", _("Cơ quan đầu mối")
    DECISION_MAKER = "decision_maker", _("Người quyết định")
    FINANCE = "finance", _("Tài chính")
    INSPECTOR = "inspector", _("Thanh tra, kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


READS_EVERYTHING = frozenset({Role.COORDINATOR, Role.DECISION_MAKER, Role.FINANCE, Role.INSPECTOR})
WORKS_IN_UNIT = frozenset({Role.OFFICER, Role.HEAD})
SIGNS_FOR_UNIT = frozenset({Role.HEAD, Role.DECISION_MAKER})


@dataclass(frozen=True)
class Access:
    """What a person's posts of one day open: roles, units worked for, units answered for (successions resolved).

    Posts of people whose substitute one is that day count as one's own. `signing_unit_ids` are units whose superior
    signature one gives: as their head, or as the decision-maker in them.
    `is_enterprise`: every post is in an enterprise.
    """

    roles: frozenset[Role]
    unit_ids: frozenset[int]
    held_unit_ids: frozenset[int]
    headed_unit_ids: frozenset[int]
    signing_unit_ids: frozenset[int]
    is_enterprise: bool = False

    @property
    def reads_everything(self) -> bool:
        return bool(self.roles & READS_EVERYTHING)


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person who signs in. Posts say what they may do; the account itself opens nothing."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    full_name = models.TextField(_("họ và tên"))
    email = models.EmailField(_("thư điện tử"), blank=True)
    is_active = models.BooleanField(_("đang dùng"), default=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()

    class Meta:
        ordering = ["full_name", "pk"]

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def access(self) -> Access:
        """Today's access, worked out once per request."""
        return self._access(self.posts_today, timezone.localdate())

    def acting_for(self, unit_id: int, roles: Collection[str] = SIGNS_FOR_UNIT) -> User | None:
        """The absent person in whose place one holds such a post for the unit today; None where the post is one's own,
        or there is none."""
        if all(post.user_id == self.pk for post in self.posts_today):
            return None
        known, on = links(), timezone.localdate()
        for post in self.posts_today:
            if post.role in roles and unit_id in units_held_by(frozenset({post.unit_id}), on=on, known=known):
                return post.user if post.user_id != self.pk else None
        return None

    def _access(self, posts: list[Post], on: date) -> Access:
        own = frozenset(post.unit_id for post in posts)
        working = frozenset(post.unit_id for post in posts if post.role in WORKS_IN_UNIT)
        headed = frozenset(post.unit_id for post in posts if post.role == Role.HEAD)
        signing = frozenset(post.unit_id for post in posts if post.role in SIGNS_FOR_UNIT)
        known = links() if working | signing else []
        return Access(
            roles=frozenset(Role(post.role) for post in posts),
            unit_ids=own,
            held_unit_ids=units_held_by(working, on=on, known=known),
            headed_unit_ids=units_held_by(headed, on=on, known=known),
            signing_unit_ids=units_held_by(signing, on=on, known=known),
            is_enterprise=bool(posts) and all(post.unit.kind == UnitKind.ENTERPRISE for post in posts),
        )

    @cached_property
    def main_post(self) -> Post | None:
        """The post shown beside the name."""
        return self.posts_today[0] if self.posts_today else None

    @cached_property
    def posts_today(self) -> list[Post]:
        """The posts held today with their units, asked for once per request: one's own first, then those of people one
        stands in for."""
        if not self.is_active or self.pk is None:
            return []
        on = timezone.localdate()
        posts = Post.objects.in_force(on).held_by(self, on).select_related("unit", "user")
        return sorted(posts, key=lambda post: post.user_id != self.pk)


class PostQuerySet(models.QuerySet["Post"]):
    def in_force(self, on: date) -> PostQuerySet:
        return self.filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gt=on))

    def held_by(self, user: User, on: date) -> PostQuerySet:
        """The person's own, and those of colleagues away that day who named the person as their substitute.

        Keeping accounts is not handed on with the rest of a person's work.
        """
        away = Absence.objects.in_force(on).filter(substitute=user, user__is_active=True).values("user")
        return self.filter(Q(user=user) | (Q(user__in=away) & ~Q(role=Role.ADMINISTRATOR)))

    def visible_to(self, user: User) -> PostQuerySet:
        """Everybody sees who holds which post in their own units; who reads or keeps everything sees all posts."""
        access = user.access
        if access.reads_everything or Role.ADMINISTRATOR in access.roles:
            return self
        return self.filter(Q(unit_id__in=access.unit_ids | access.held_unit_ids) | Q(user=user))


class Post(models.Model):
    """A person's office in a unit for a time: from-inclusive, to-exclusive.

    A delegate who may sign for the head holds a head post of his own, with `delegated_by` naming the paper (R018).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    title = models.TextField(_("chức danh"))
    delegated_by = models.TextField(_("văn bản ủy quyền"), null=True, blank=True)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["unit__sort_key", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="post_valid_to_after_from"
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "role"], condition=Q(valid_to=None), name="post_open_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.title}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def in_force(self, on: date) -> AbsenceQuerySet:
        return self.filter(ended_at=None, first_day__lte=on, last_day__gte=on)

    def within(self, first_day: date, last_day: date) -> AbsenceQuerySet:
        """Those in force on any of the days."""
        return self.filter(ended_at=None, first_day__lte=last_day, last_day__gte=first_day)

    def visible_to(self, user: User) -> AbsenceQuerySet:
        """Whoever sees a person's posts sees when the person is away, and who stands in."""
        mine = Q(user=user) | Q(substitute=user)
        return self.filter(mine | Q(user__in=Post.objects.visible_to(user).values("user")))


class Absence(models.Model):
    """A person is away from the first to the last day; a substitute, when named, does their work."""

    user = models.ForeignKey(User, models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="substitutions")
    first_day = models.DateField(_("từ ngày"))
    last_day = models.DateField(_("đến hết ngày"))
    reason = models.TextField(_("lý do, văn bản ủy quyền"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="taken back, or back before time")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_days_in_order"),
            models.CheckConstraint(
                condition=Q(substitute=None) | ~Q(substitute=F("user")), name="absence_substitute_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day} – {self.last_day}"


def hash_token(token: str) -> str:
    """What is kept of a token. It is long and random, so that a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def in_force(self) -> ApiKeyQuerySet:
        return self.filter(ended_at=None, user__is_active=True)

    def known_by(self, token: str) -> ApiKey | None:
        """The key in force that this token belongs to, with its person."""
        return self.in_force().select_related("user").filter(token_hash=hash_token(token)).first()

    def note_use(self, on: date) -> None:
        """Keep the day of the last use; one write a day and key at most."""
        self.filter(Q(last_used_on=None) | Q(last_used_on__lt=on)).update(last_used_on=on)


class ApiKey(models.Model):
    """A secret by which another program acts as a person: it opens what that person's posts open, and no more.

    Only a hash is kept; the secret is shown once.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="api_keys")
    name = models.TextField(_("dùng cho hệ thống nào"))
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["user", "-created_at"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="api_key_has_a_name")]

    def __str__(self) -> str:
        return self.name
