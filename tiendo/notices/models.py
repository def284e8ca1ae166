from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import Role, User
from tiendo.notices.kinds import KINDS, TEST, WAY_WORDS, Kind, Way
from tiendo.notices.sayings import again
from tiendo.ui.sentences import Sentence

WAY_CHOICES = [(way.value, words) for way, words in WAY_WORDS.items()]


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def visible_to(self, user: User) -> EndpointQuerySet:
        """Addresses of other programs are kept by the administrator."""
        return self if Role.ADMINISTRATOR in user.access.roles else self.none()


class Endpoint(models.Model):
    """The address of another program that hears of what happens, signed with a secret of its own.

    The secret is derived from `salt` and the key of this installation, so that the tables alone do not hold it.
    """

    name = models.CharField(_("tên"), max_length=120)
    url = models.URLField(_("địa chỉ nhận"), max_length=500)
    salt = models.CharField(max_length=64)
    kinds = models.JSONField(_("loại tin"), default=list, help_text="codes of kinds; empty for all")
    is_active = models.BooleanField(_("đang dùng"), default=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="endpoints")
    created_at = models.DateTimeField()

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["url"], condition=Q(is_active=True), name="endpoint_url_once")]

    def __str__(self) -> str:
        return self.name

    def hears(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: User) -> DeliveryQuerySet:
        """Whether letters arrive is watched by the administrator."""
        return self if Role.ADMINISTRATOR in user.access.roles else self.none()

    def unfinished(self) -> DeliveryQuerySet:
        return self.filter(state__in=[Delivery.State.WAITING, Delivery.State.SENDING, Delivery.State.FAILED])


class Delivery(models.Model):
    """One thing to carry out of the house: a letter to a person (one notice, or a morning's digest), or an event.

    Whoever carries it first takes it: `state` sending, until `due_at`. A carrier who has not come back by then is gone,
    and another may try. `attempts` tells the carriers apart.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENDING = "sending", _("đang gửi")
        SENT = "sent", _("đã gửi")
        FAILED = "failed", _("chưa gửi được, sẽ thử lại")
        GIVEN_UP = "given_up", _("không gửi được")
        DROPPED = "dropped", _("không cần gửi")

    class Form(models.TextChoices):
        LETTER = "letter", _("thư")
        DIGEST = "digest", _("thư tổng hợp")
        EVENT = "event", _("tin cho hệ thống khác")

    form = models.CharField(max_length=10, choices=Form.choices)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="deliveries")
    endpoint = models.ForeignKey(Endpoint, models.PROTECT, null=True, related_name="deliveries")
    digest_on = models.DateField(null=True, help_text="the working day whose morning the digest belongs to")
    event = models.CharField(max_length=64, default="", help_text="hash of the message's key; names the event outside")
    payload = models.JSONField(null=True, help_text="what the other program is told")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="not to be tried before; while sending, when the carrier counts as gone")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(default="", help_text="why the last attempt failed, in words")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "sending", "failed"]), name="delivery_due"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(form="event", endpoint__isnull=False, user=None)
                | (~Q(form="event") & Q(endpoint=None, user__isnull=False)),
                name="delivery_to_one",
            ),
            models.CheckConstraint(
                condition=Q(form="digest", digest_on__isnull=False) | (~Q(form="digest") & Q(digest_on=None)),
                name="delivery_digest_has_day",
            ),
            models.UniqueConstraint(
                fields=["user", "digest_on"], condition=Q(form="digest"), name="delivery_one_digest_a_day"
            ),
            models.UniqueConstraint(
                fields=["endpoint", "event"], condition=Q(form="event"), name="delivery_event_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.pk} {self.state}"

    @property
    def is_test(self) -> bool:
        """Sent by the administrator to see whether it arrives: tried once."""
        return self.payload is not None and self.payload["type"] == TEST


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> NoticeQuerySet:
        """Each person reads their own."""
        return self.filter(user=user)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)


class Notice(models.Model):
    """One message to one person; `key` names what it says, and nobody is told the same thing twice.

    The sentence is kept as pattern and values, to be said in the reader's language.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    pattern = models.TextField()
    filled = models.JSONField(default=dict, help_text="the values of the pattern")
    body = models.TextField(default="", help_text="what somebody wrote, such as a reason")
    url = models.TextField(help_text="a path of this site")
    about = models.TextField(help_text='what it concerns, such as "reporting.duty:12"')
    key = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=10, choices=WAY_CHOICES, help_text="how it goes out, as chosen when written")
    mail = models.ForeignKey(
        Delivery, models.PROTECT, null=True, related_name="notices", help_text="the letter that carries it"
    )
    batch = models.UUIDField(default=uuid4, help_text="the call that wrote it")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["user", "-at"], name="notice_of_user"),
            models.Index(fields=["batch"], name="notice_batch"),
            models.Index(fields=["about"], name="notice_about"),
            models.Index(fields=["user", "at"], condition=Q(way="digest", mail=None), name="notice_for_digest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_once"),
            models.CheckConstraint(condition=Q(url__startswith="/") & ~Q(url__startswith="//"), name="notice_url_here"),
        ]

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def sentence(self) -> Sentence:
        return again(self.pattern, self.filled)

    @property
    def label(self) -> str:
        """The kind in words (a message to translate)."""
        return KINDS[Kind(self.kind)].label


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: User) -> PreferenceQuerySet:
        return self.filter(user=user)


class Preference(models.Model):
    """How a person wants messages of a kind, where it differs from the kind's own way."""

    user = models.ForeignKey(User, models.PROTECT, related_name="notice_preferences")
    kind = models.CharField(max_length=40)
    way = models.CharField(max_length=10, choices=WAY_CHOICES)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {Way(self.way)}"


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, user: User) -> FeedQuerySet:
        return self.filter(user=user)


class Feed(models.Model):
    """A secret address under which a person's calendar program reads their due days; only its hash is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="feed_one_open_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%d/%m/%Y}"
