from __future__ import annotations

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import Role, User
from tiendo.plans.models import Plan, StoredFile


class ReleaseQuerySet(models.QuerySet["Release"]):
    def approved(self) -> ReleaseQuerySet:
        return self.filter(status=Release.Status.APPROVED)

    def current(self) -> ReleaseQuerySet:
        """What is public now: of each plan the approved release with the newest figures; the newest plan first."""
        newest = ("-data_as_of", "-number")
        of_plan = Release.objects.approved().filter(plan=OuterRef("plan")).order_by(*newest)
        return self.filter(pk=Subquery(of_plan.values("pk")[:1])).order_by(*newest)

    def numbered(self) -> ReleaseQuerySet:
        """Public now or once: approved ones and those withdrawn since."""
        return self.filter(number__isnull=False)

    def visible_to(self, user: User) -> ReleaseQuerySet:
        """Approved ones are public; proposals and withdrawn ones are for those who prepare, decide or inspect."""
        looks = {Role.COORDINATOR, Role.DECISION_MAKER, Role.INSPECTOR}
        return self if user.access.roles & looks else self.approved()


class Release(models.Model):
    """A snapshot of a plan's progress, frozen when proposed, public once the decision-maker approves it.

    A correction is a release too: it says again what the corrected one said, without what had to be taken out.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("chờ phê duyệt")
        APPROVED = "approved", _("đã công bố")
        REJECTED = "rejected", _("không phê duyệt")
        WITHDRAWN = "withdrawn", _("đã rút")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="releases")
    title = models.TextField(_("tên đợt công bố"))
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PROPOSED)
    number = models.PositiveIntegerField(null=True, unique=True, help_text="given on approval")
    data_as_of = models.DateTimeField(help_text="the moment the snapshot was taken")
    summary = models.JSONField(help_text="the four cells and other counts of the snapshot")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(null=True, help_text="why it was rejected or withdrawn; never public")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="correction", help_text="the release this one says again"
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaces", help_text="where a withdrawn one sends its readers"
    )
    withdrawn_at = models.DateTimeField(null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", help_text="the sealed JSON")
    seal = models.CharField(max_length=64, null=True)
    log_seq = models.BigIntegerField(null=True)
    log_head = models.CharField(max_length=64, null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-data_as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "withdrawn"])
                | Q(
                    number__isnull=False,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    seal__isnull=False,
                    file__isnull=False,
                    log_head__isnull=False,
                ),
                name="release_approved_is_numbered_and_sealed",
            ),
            # A correction takes out and adds nothing, so the decision-maker makes it in one act.
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")) | Q(corrects__isnull=False),
                name="release_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="withdrawn", reason__isnull=False, replaced_by__isnull=False, withdrawn_at__isnull=False
                )
                | (~Q(status="withdrawn") & Q(replaced_by=None, withdrawn_at=None)),
                name="release_withdrawn_says_why_and_what_instead",
            ),
            models.CheckConstraint(condition=~Q(corrects=F("pk")), name="release_corrects_another"),
            models.CheckConstraint(condition=~Q(replaced_by=F("pk")), name="release_replaced_by_another"),
        ]

    def __str__(self) -> str:
        return self.title


class PublishedItem(models.Model):
    """A branch or passage of the plan as released, for the plan tree."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="items")
    path = models.TextField()
    parent_path = models.TextField(null=True)
    position = models.PositiveIntegerField()
    kind = models.TextField()
    number = models.TextField(null=True)
    text = models.TextField()

    class Meta:
        ordering = ["release", "position"]
        constraints = [models.UniqueConstraint(fields=["release", "path"], name="published_item_once")]

    def __str__(self) -> str:
        return self.path


class PublishedUnit(models.Model):
    """A unit as released, with the numbers of the tasks it answers for."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="units")
    code = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    sort_key = models.TextField()
    counts = models.JSONField(
        help_text="the four cells of the tasks it leads, the number it helps with, and of those it shares"
    )
    successor_code = models.TextField(null=True, help_text="the unit that answers for it on the day of the snapshot")
    successor_name = models.TextField(null=True)

    class Meta:
        ordering = ["release", "sort_key"]
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="published_unit_once")]

    def __str__(self) -> str:
        return self.name


class PublishedTask(models.Model):
    """A task as released; `data` is the whole public record, the columns are for lists."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="tasks")
    code = models.TextField()
    position = models.PositiveIntegerField()
    title = models.TextField()
    folded = models.TextField()
    group_code = models.TextField(null=True)
    group_title = models.TextField(null=True)
    lead_code = models.TextField(null=True)
    lead_name = models.TextField(null=True)
    unit_codes = models.TextField(help_text="|code|code| of every unit charged, for the unit's page")
    shared_codes = models.TextField(
        default="||", help_text="|code|code| of units charged as members of a group alone, for the unit's page"
    )
    cell = models.CharField(max_length=20, help_text="one of the four official cells on that day, or not_counted")
    state = models.CharField(max_length=30)
    side = models.CharField(max_length=20)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    due_on = models.DateField(null=True)
    due_text = models.TextField(null=True, help_text="the deadline as printed, for one without a last day")
    completed_on = models.DateField(null=True)
    updated_on = models.DateField(null=True)
    item_path = models.TextField()
    data = models.JSONField()

    class Meta:
        ordering = ["release", "position"]
        indexes = [models.Index(fields=["release", "position"]), models.Index(fields=["release", "cell"])]
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="published_task_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class PublishedIndicator(models.Model):
    """An indicator as released; `data` is the whole public record, the columns are for lists."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="indicators")
    code = models.TextField()
    position = models.PositiveIntegerField()
    name = models.TextField()
    folded = models.TextField()
    owner_code = models.TextField(null=True)
    owner_name = models.TextField(null=True)
    state = models.CharField(max_length=10, help_text="of the latest figure of the whole, no_data without one")
    period = models.CharField(max_length=10, null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    data = models.JSONField()

    class Meta:
        ordering = ["release", "position"]
        indexes = [models.Index(fields=["release", "position"])]
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="published_indicator_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
