"""Registers beside the tasks: plans of agencies, related programmes, pilots, trials, commendations, security."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.indicators.models import Indicator
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan, StoredFile, Task
from tiendo.reporting.models import Submission


class Recorded(models.Model):
    """Who entered it and when."""

    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class PlanCall(Recorded):
    """The order that every unit which reports shall have its own plan for a year, by a day (R013, R038)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="calls")
    year = models.PositiveSmallIntegerField(_("năm"))
    due_on = models.DateField(_("trước hết ngày"))
    source = models.TextField(_("căn cứ"))

    class Meta:
        ordering = ["plan", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year"], name="plan_call_once_per_year"),
            models.CheckConstraint(condition=~Q(source=""), name="plan_call_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.plan.code} {self.year}"


class UnitPlanQuerySet(models.QuerySet["UnitPlan"]):
    def visible_to(self, user: User) -> UnitPlanQuerySet:
        if user.access.reads_everything:
            return self
        return self.filter(unit_id__in=user.access.held_unit_ids)

    def standing(self) -> UnitPlanQuerySet:
        return self.filter(replaced_at=None)


class UnitPlan(Recorded):
    """A unit's own plan as it was signed and sent; `detailed` is the same plan taken in with its tasks, when it was."""

    call = models.ForeignKey(PlanCall, models.PROTECT, related_name="unit_plans")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="unit_plans")
    number = models.TextField(_("số, ký hiệu"))
    signed_on = models.DateField(_("ngày ký"))
    title = models.TextField(_("tên kế hoạch"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    detailed = models.OneToOneField(Plan, models.PROTECT, null=True, related_name="unit_plan")
    replaced_at = models.DateTimeField(null=True, help_text="a later entry stands instead; this one is kept")

    objects = UnitPlanQuerySet.as_manager()

    class Meta:
        ordering = ["call", "unit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "unit"], condition=Q(replaced_at=None), name="unit_plan_one_standing"
            ),
            models.CheckConstraint(condition=~Q(number="") & ~Q(title=""), name="unit_plan_has_number_and_title"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.number}"


class RelatedProgramme(Recorded):
    """A programme or plan in force that touches this one, with the result of its review (R015)."""

    class Outcome(models.TextChoices):
        KEEP = "keep", _("giữ nguyên")
        AMEND = "amend", _("sửa đổi, bổ sung")
        REPLACE = "replace", _("thay thế, bãi bỏ")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="related_programmes")
    number = models.TextField(_("số, ký hiệu"))
    title = models.TextField(_("tên chương trình, kế hoạch"))
    issued_on = models.DateField(_("ngày ban hành"), null=True)
    reviewer = models.ForeignKey(Unit, models.PROTECT, related_name="programmes_to_review")
    due_on = models.DateField(_("rà soát xong trước hết ngày"))
    outcome = models.CharField(_("kết quả rà soát"), max_length=20, choices=Outcome.choices, blank=True, default="")
    reason = models.TextField(_("lý do, đề xuất"), blank=True, default="")
    replaced_by = models.TextField(_("văn bản sửa đổi, thay thế"), blank=True, default="")
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["plan", "due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="related_programme_once"),
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_at=None) | (~Q(outcome="") & Q(reviewed_at__isnull=False)),
                name="related_programme_outcome_iff_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class PilotQuerySet(models.QuerySet["Pilot"]):
    def visible_to(self, user: User) -> PilotQuerySet:
        if user.access.reads_everything:
            return self
        held = user.access.held_unit_ids
        return self.filter(Q(unit_id__in=held) | Q(supervisor_id__in=held))


class Pilot(Recorded):
    """A pilot, or a sandbox trial under supervision: pilot → evaluation → institutionalisation (R047, R051)."""

    class Kind(models.TextChoices):
        PILOT = "pilot", _("thí điểm")
        SANDBOX = "sandbox", _("thử nghiệm có kiểm soát")

    class Stage(models.TextChoices):
        PILOT = "pilot", _("đang thí điểm")
        EVALUATED = "evaluated", _("đã đánh giá")
        INSTITUTIONALISED = "institutionalised", _("đã thể chế hóa")
        STOPPED = "stopped", _("dừng")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="pilots")
    kind = models.CharField(_("loại"), max_length=20, choices=Kind.choices)
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="pilots")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="pilots")
    supervisor = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="supervised_pilots")
    title = models.TextField(_("nội dung"))
    decision = models.TextField(_("văn bản cho phép"))
    conditions = models.TextField(_("điều kiện, giới hạn"), blank=True, default="")
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"))
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.PILOT)

    objects = PilotQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "ends_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="pilot_ends_after_start"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(decision=""), name="pilot_has_title_and_decision"),
            models.CheckConstraint(
                condition=~Q(kind="sandbox") | (Q(supervisor__isnull=False) & ~Q(conditions="")),
                name="pilot_sandbox_is_supervised",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PilotRecord(Recorded):
    """What happened in a pilot: its evaluation, the act that made it a rule, an incident, its end."""

    class Kind(models.TextChoices):
        EVALUATION = "evaluation", _("đánh giá")
        INSTITUTION = "institution", _("thể chế hóa")
        INCIDENT = "incident", _("sự cố")
        STOP = "stop", _("dừng")

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="records")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    happened_on = models.DateField(_("ngày"))
    text = models.TextField(_("nội dung"))
    paper = models.TextField(_("số, ngày văn bản"), blank=True, default="")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pilot", "happened_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="pilot_record_says_what"),
            models.CheckConstraint(
                condition=~Q(kind="institution") | ~Q(paper=""), name="pilot_institution_has_a_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot_id}: {self.kind}"


class Commendation(Recorded):
    """Who was commended by which paper, and the results that justify it (R045)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="commendations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="commendations")
    person = models.TextField(_("cá nhân"), blank=True, default="", help_text="empty: the unit itself")
    form = models.TextField(_("hình thức khen thưởng"))
    decision = models.TextField(_("số, ngày quyết định"))
    decided_on = models.DateField(_("ngày quyết định"))
    reason = models.TextField(_("thành tích"))
    tasks = models.ManyToManyField(Task, related_name="commendations", blank=True)
    submissions = models.ManyToManyField(Submission, related_name="commendations", blank=True)
    indicators = models.ManyToManyField(Indicator, related_name="commendations", blank=True)

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(form="") & ~Q(decision=""), name="commendation_has_form_and_decision")
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.form}"


class SecurityCheckQuerySet(models.QuerySet["SecurityCheck"]):
    def visible_to(self, user: User) -> SecurityCheckQuerySet:
        return self if user.access.reads_everything else self.filter(task__in=Task.objects.visible_to(user))


class SecurityCheck(models.Model):
    """One line of the security checklist of a task that is an IT project; the newest answer stands (R049).

    `item` is a code of the shipped list (`oversight.security`), so that answers outlive its wording.
    """

    class Answer(models.TextChoices):
        DONE = "done", _("đã có")
        PARTLY = "partly", _("có một phần")
        NOT_DONE = "not_done", _("chưa có")
        NOT_NEEDED = "not_needed", _("không áp dụng")

    task = models.ForeignKey(Task, models.PROTECT, related_name="security_checks")
    item = models.CharField(max_length=40)
    answer = models.CharField(max_length=20, choices=Answer.choices)
    note = models.TextField(_("ghi chú, minh chứng"), blank=True, default="")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = SecurityCheckQuerySet.as_manager()

    class Meta:
        ordering = ["task", "item", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "item"], condition=Q(replaced_at=None), name="security_check_one_standing"
            ),
            models.CheckConstraint(
                condition=~Q(answer="not_needed") | ~Q(note=""), name="security_check_not_needed_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.item}: {self.answer}"
