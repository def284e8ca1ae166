"""Inspections of two kinds: in the year's programme, or by surprise; what was looked at, found and concluded (R008)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.indicators.models import Observation
from tiendo.orgs.models import Unit
from tiendo.oversight.checklists import mark_of
from tiendo.plans.models import Plan, StoredFile, Task
from tiendo.reporting.models import Submission
from tiendo.ui.stamps import stamp_of


class ProgrammeQuerySet(models.QuerySet["InspectionProgramme"]):
    def visible_to(self, user: User) -> ProgrammeQuerySet:
        """The year's programme is read by those who steer or inspect; a unit learns of its own inspections."""
        return self if user.access.reads_everything else self.none()


class InspectionProgramme(models.Model):
    """The inspections decided for a year, by one paper."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="inspection_programmes")
    year = models.PositiveSmallIntegerField(_("năm"))
    title = models.TextField(_("tên chương trình"))
    decision = models.TextField(_("số, ngày quyết định"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "decision"], name="inspection_programme_once"),
            models.CheckConstraint(condition=~Q(decision=""), name="inspection_programme_has_a_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, user: User) -> InspectionQuerySet:
        """Who steers or inspects sees all; the inspected unit what it is told; the team and who asked for it its own.

        Nobody of the inspected unit sees a surprise coming, whatever else they read.
        """
        access = user.access
        units = access.held_unit_ids | access.unit_ids | access.signing_unit_ids
        own = Q(unit_id__in=units)
        if access.reads_everything:
            return self.exclude(own & Q(kind=Inspection.Kind.SURPRISE) & ~self._told())
        mine = Q(recorded_by=user) | Q(pk__in=TeamMember.objects.filter(user=user, ended_at=None).values("inspection"))
        return self.filter((own & self._told()) | (mine & ~own))

    def _told(self) -> Q:
        """Those the inspected unit knows of: by the decision, or for a surprise from the day it begins."""
        begun = Q(state__in=[Inspection.State.UNDER_WAY, Inspection.State.CONCLUDED])
        return begun | (Q(kind=Inspection.Kind.SCHEDULED) & ~Q(decision=""))

    def running(self) -> InspectionQuerySet:
        return self.filter(state__in=[Inspection.State.ANNOUNCED, Inspection.State.UNDER_WAY])


class Inspection(models.Model):
    """One inspection of one unit: its scope, team, paper and days; a surprise one stands in no programme."""

    class State(models.TextChoices):
        PLANNED = "planned", _("trong chương trình")
        ANNOUNCED = "announced", _("đã có quyết định")
        UNDER_WAY = "under_way", _("đang kiểm tra")
        CONCLUDED = "concluded", _("đã kết luận")
        CANCELLED = "cancelled", _("không tiến hành")

    class Kind(models.TextChoices):
        SCHEDULED = "scheduled", _("theo chương trình")
        SURPRISE = "surprise", _("đột xuất")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="inspections")
    programme = models.ForeignKey(InspectionProgramme, models.PROTECT, null=True, related_name="inspections")
    kind = models.CharField(_("loại"), max_length=20, choices=Kind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="inspections", help_text="the one inspected")
    title = models.TextField(_("tên cuộc kiểm tra"))
    scope = models.TextField(_("nội dung, phạm vi"))
    tasks = models.ManyToManyField(Task, related_name="inspections", blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED, db_index=True)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"))
    decision = models.TextField(_("số, ngày quyết định kiểm tra"), blank=True, default="")
    decision_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    conclusion = models.TextField(_("kết luận"), blank=True, default="")
    conclusion_number = models.TextField(_("số, ngày kết luận"), blank=True, default="")
    conclusion_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    concluded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField(null=True)
    cancelled_because = models.TextField(blank=True, default="")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="inspection_ends_after_start"),
            models.CheckConstraint(
                condition=Q(kind="scheduled", programme__isnull=False) | Q(kind="surprise", programme=None),
                name="inspection_scheduled_iff_in_a_programme",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["announced", "under_way", "concluded"]) | ~Q(decision=""),
                name="inspection_announced_by_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state="concluded") | (~Q(conclusion="") & Q(concluded_at__isnull=False)),
                name="inspection_concluded_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""), name="inspection_cancelled_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stamp(self) -> str:
        """Changes with what is looked at and when."""
        tasks = sorted(self.tasks.values_list("pk", flat=True))
        return stamp_of(self.title, self.scope, self.starts_on, self.ends_on, tasks)


class TeamMember(models.Model):
    """Who inspects; one of them leads. Nobody inspects the unit they work in."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="team")
    user = models.ForeignKey(User, models.PROTECT, related_name="inspections")
    is_leader = models.BooleanField(_("trưởng đoàn"), default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["inspection", "-is_leader", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "user"], condition=Q(ended_at=None), name="team_member_once"),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(is_leader=True, ended_at=None), name="team_one_leader"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.inspection_id})"


class CheckPoint(models.Model):
    """A line of the inspection's checklist, answered in the field."""

    class Answer(models.TextChoices):
        GOOD = "good", _("đạt")
        BAD = "bad", _("không đạt")
        NOT_SEEN = "not_seen", _("chưa xem được")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="checkpoints")
    position = models.PositiveIntegerField()
    text = models.TextField(_("nội dung kiểm tra"))
    answer = models.CharField(max_length=20, choices=Answer.choices, blank=True, default="")
    note = models.TextField(_("ghi chú"), blank=True, default="")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["inspection", "position"]
        constraints = [models.UniqueConstraint(fields=["inspection", "position"], name="checkpoint_position_once")]

    def __str__(self) -> str:
        return self.text

    @property
    def mark(self) -> str:
        """What a form remembers of the answer it shows."""
        return mark_of(self.answer, self.note)


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: User) -> FindingQuerySet:
        """The team and those who steer or inspect; the inspected unit's people once the inspection is concluded."""
        access = user.access
        units = access.held_unit_ids | access.unit_ids | access.signing_unit_ids
        own = Q(inspection__unit_id__in=units)
        after = Q(inspection__state=Inspection.State.CONCLUDED)
        if access.reads_everything:
            return self.filter(after | ~own)
        team = TeamMember.objects.filter(user=user, ended_at=None).values("inspection")
        return self.filter((own & after) | (Q(inspection__in=team) & ~own))

    def standing(self) -> FindingQuerySet:
        return self.filter(withdrawn_at=None)


class Finding(models.Model):
    """What the team saw, beside what was reported. `draft_key` is made in the browser: sent twice, it is one finding.

    `score` names a score it concerns: {"cycle": pk, "card": key, "criterion": code, "snapshot": sha256}; scores stand
    in a room above this one, so it is kept in words.
    """

    class Weight(models.TextChoices):
        GOOD = "good", _("việc làm tốt")
        REMARK = "remark", _("lưu ý")
        SHORTCOMING = "shortcoming", _("thiếu sót")
        VIOLATION = "violation", _("vi phạm")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="findings")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="findings")
    observation = models.ForeignKey(Observation, models.PROTECT, null=True, related_name="findings")
    score = models.JSONField(null=True)
    weight = models.CharField(_("mức độ"), max_length=20, choices=Weight.choices)
    text = models.TextField(_("phát hiện"))
    contradicts = models.BooleanField(_("khác với số liệu đã báo cáo"), default=False)
    draft_key = models.UUIDField(unique=True)
    seen_at = models.DateTimeField(help_text="when the words were first written in the field")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True, default="")

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "seen_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_what"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""), name="finding_withdrawn_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class FindingFile(models.Model):
    """A photo or a paper that shows a finding."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.TextField()
    draft_key = models.UUIDField(unique=True, help_text="made in the browser: sent twice, it is one file")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["finding", "pk"]

    def __str__(self) -> str:
        return self.name
