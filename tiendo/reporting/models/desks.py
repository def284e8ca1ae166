"""Desks: where a report lies, since when, and who moved it on. At any moment exactly one."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import Role, User
from tiendo.orgs.models import Unit
from tiendo.reporting.models.duties import Duty


class StayQuerySet(models.QuerySet["Stay"]):
    def open(self) -> StayQuerySet:
        """Those that last: where reports lie now."""
        return self.filter(left_at=None)

    def find_open(self, duty: Duty) -> Stay | None:
        """Where the report lies now; None before its period opens, and once it was accepted or locked."""
        return self.open().filter(duty=duty).select_related("unit", "user").first()


class Stay(models.Model):
    """A report on one desk, from arrival to leaving. The stays of a duty follow each other without a gap."""

    class Desk(models.TextChoices):
        OFFICER = "officer", _("cán bộ của đơn vị")
        APPROVER = "approver", _("người duyệt trong đơn vị")
        HEAD = "head", _("thủ trưởng đơn vị")
        PARENT = "parent", _("đơn vị cấp trên")
        COORDINATOR = "coordinator", _("cơ quan đầu mối")

    class Outcome(models.TextChoices):
        FORWARDED = "forwarded", _("trình lên")
        PUSHED_BACK = "pushed_back", _("trả lại trong đơn vị")
        RECALLED = "recalled", _("rút lại")
        SENT = "sent", _("đã gửi")
        RETURNED = "returned", _("cơ quan đầu mối trả lại")
        ACCEPTED = "accepted", _("đã tiếp nhận")
        REOPENED = "reopened", _("mở lại")
        CLOSED = "closed", _("khóa số liệu")

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="stays")
    desk = models.CharField(max_length=20, choices=Desk.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="whose desk it is")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="when it is one person's")
    step = models.PositiveSmallIntegerField(default=0, help_text="which approval step of the unit; 0 at the officers'")
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="None: the clock")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, null=True)
    note = models.TextField(blank=True, default="", help_text="why it was pushed back or recalled")
    warned_at = models.DateTimeField(null=True, help_text="the holder was told that it lies too long")
    escalated_at = models.DateTimeField(null=True, help_text="the holder's superior was told")

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["duty", "arrived_at", "pk"]
        indexes = [models.Index(fields=["desk", "arrived_at"], condition=Q(left_at=None), name="stay_open")]
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(left_at=None), name="stay_one_open_per_duty"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")), name="stay_left_after_arriving"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, outcome=None) | Q(left_at__isnull=False, outcome__isnull=False),
                name="stay_left_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.desk}"


def with_desks(duties: models.QuerySet[Duty]) -> models.QuerySet[Duty]:
    """Each report of a list with where it lies now as `open_stays`, none or one, in one query for all of them."""
    stays = Stay.objects.open().select_related("unit", "user")
    return duties.prefetch_related(models.Prefetch("stays", stays, to_attr="open_stays"))


class ApprovalStepQuerySet(models.QuerySet["ApprovalStep"]):
    def in_force(self, on: date) -> ApprovalStepQuerySet:
        return self.filter(valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gt=on))

    def visible_to(self, user: User) -> ApprovalStepQuerySet:
        """People of a unit see how their reports are approved; so does who reads or keeps everything."""
        if user.access.reads_everything or Role.ADMINISTRATOR in user.access.roles:
            return self
        return self.filter(unit_id__in=user.access.held_unit_ids)


class ApprovalStep(models.Model):
    """A person whose approval a unit wants before its head's; steps are taken in the order of `position`."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="approval_steps")
    position = models.PositiveSmallIntegerField(_("bước"))
    approver = models.ForeignKey(User, models.PROTECT, related_name="approval_steps")
    title = models.TextField(_("tên bước"))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = ApprovalStepQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "position"], condition=Q(valid_to=None), name="approval_step_once_per_position"
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="approval_step_from_1"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="approval_step_valid_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.position}: {self.title}"
