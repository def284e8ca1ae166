"""What somebody must do after a word was said: directions, meetings, items followed to their end (R039)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.models.difficulties import Difficulty
from tiendo.oversight.models.inspections import Finding, Inspection
from tiendo.plans.holding import rows_of
from tiendo.plans.models import Plan, StoredFile, Task


class Meeting(models.Model):
    """A meeting on the plan on a day, at one level; what was decided stands in its directions."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("cấp tỉnh")
        DISTRICT = "district", _("cấp huyện")
        COMMUNE = "commune", _("cấp xã")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="meetings")
    level = models.CharField(_("cấp"), max_length=20, choices=Level.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="meetings", help_text="of which district or commune"
    )
    held_on = models.DateField(_("ngày họp"))
    title = models.TextField(_("tên cuộc họp"))
    chaired_by = models.TextField(_("chủ trì"), blank=True, default="")
    conclusion = models.TextField(_("số, ngày thông báo kết luận"), blank=True, default="")
    conclusion_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="province", unit=None) | (~Q(level="province") & Q(unit__isnull=False)),
                name="meeting_of_a_unit_below_the_province",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="meeting_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.held_on}"


class Direction(models.Model):
    """A leader's word: at a meeting, in a paper, or on a page. It is carried out through its follow-up items."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="directions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="directions")
    given_by = models.TextField(_("người chỉ đạo"), help_text="name and office, as the paper says")
    given_on = models.DateField(_("ngày chỉ đạo"))
    paper = models.TextField(_("số, ngày văn bản"), blank=True, default="")
    text = models.TextField(_("nội dung chỉ đạo"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="direction_says_what")]

    def __str__(self) -> str:
        return self.text[:60]


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> FollowUpQuerySet:
        """Who steers or inspects sees all; a unit what it is to do; a team member what the own inspection asks."""
        if user.access.reads_everything:
            return self
        own = rows_of(user.access.held_unit_ids, FollowUp.objects.all())
        return self.filter(own | Q(inspection__team__user=user, inspection__team__ended_at=None)).distinct()

    def standing(self) -> FollowUpQuerySet:
        return self.filter(state__in=[FollowUp.State.OPEN, FollowUp.State.REPORTED])

    def late(self, on: date) -> FollowUpQuerySet:
        return self.standing().filter(due_on__lt=on)


class FollowUp(models.Model):
    """One thing one unit must do by a day; the unit says it is done, a second person closes it.

    It comes from exactly one of: a direction, an inspection (perhaps from one finding), a difficulty's decision.
    """

    class State(models.TextChoices):
        OPEN = "open", _("đang thực hiện")
        REPORTED = "reported", _("đã báo cáo, chờ xác nhận")
        CLOSED = "closed", _("đã xong")
        CANCELLED = "cancelled", _("thôi theo dõi")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="follow_ups")
    direction = models.ForeignKey(Direction, models.PROTECT, null=True, related_name="follow_ups")
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, related_name="follow_ups")
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="follow_ups")
    difficulty = models.ForeignKey(Difficulty, models.PROTECT, null=True, related_name="follow_ups")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="follow_ups", help_text="who must do it")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="follow_ups")
    text = models.TextField(_("việc phải làm"))
    due_on = models.DateField(_("xong trước hết ngày"))
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN, db_index=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True, help_text="when those above the unit were told it is late")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__isnull=False, inspection=None, finding=None, difficulty=None)
                | Q(direction=None, inspection__isnull=False, difficulty=None)
                | Q(direction=None, inspection=None, finding=None, difficulty__isnull=False),
                name="follow_up_from_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="follow_up_says_what"),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "cancelled"], ended_at__isnull=False)
                | (~Q(state__in=["closed", "cancelled"]) & Q(ended_at=None)),
                name="follow_up_ended_at_iff_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class FollowUpStep(models.Model):
    """What was said and done about an item, in order; never changed."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=30, help_text="of the workflow's acts")
    note = models.TextField(blank=True, default="")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True, help_text="the new day, where the act sets one")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="None: the clock")
    at = models.DateTimeField()

    class Meta:
        ordering = ["follow_up", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.follow_up_id}: {self.act}"
