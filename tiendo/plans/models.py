from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.plans.assignments import Assignment as Assignment
from tiendo.plans.assignments import AssignmentQuerySet as AssignmentQuerySet
from tiendo.plans.charges import Charge as Charge
from tiendo.plans.charges import GroupSupervision as GroupSupervision
from tiendo.plans.charges import Handover as Handover
from tiendo.plans.charges import TaskTerms as TaskTerms
from tiendo.plans.documents import Document as Document
from tiendo.plans.documents import StoredFile as StoredFile
from tiendo.plans.higher import HigherDocument as HigherDocument
from tiendo.plans.higher import Mandate as Mandate
from tiendo.plans.holding import Holding
from tiendo.plans.milestones import Milestone as Milestone
from tiendo.plans.states import STATE_WORDS, WorkState
from tiendo.plans.tags import Tag as Tag
from tiendo.plans.tags import TaskTag as TaskTag
from tiendo.plans.ties import TaskIndicator as TaskIndicator
from tiendo.plans.ties import TaskTwin as TaskTwin

STATES = [(state.value, _(STATE_WORDS[state])) for state in WorkState]


def only_performs(user: User) -> bool:
    """Whether all this person has here is tasks that an enterprise performs under a lead unit (R094)."""
    if not user.access.is_enterprise:
        return False
    parts = Assignment.objects.in_force().answered_by(user.access.held_unit_ids)
    return not parts.exclude(role=Assignment.Role.PERFORMING).exists()


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> PlanQuerySet:
        """A signed plan is addressed to every unit: whoever signs in may read it, but enterprises that only perform."""
        return self if user.is_active and not only_performs(user) else self.none()


class Plan(models.Model):
    code = models.SlugField(_("mã kế hoạch"), max_length=40, unique=True)
    title = models.TextField(_("tên kế hoạch"))
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    under = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="detailed", help_text="the plan it carries out"
    )
    created_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=Q(under=None) | ~Q(under=F("id")), name="plan_under_another")]

    def __str__(self) -> str:
        return self.title

    @property
    def version(self) -> PlanVersion:
        """The latest version. Raises DoesNotExist for a plan without one."""
        return self.versions.latest("number")


class PlanVersion(models.Model):
    """What the plan said from a date on. Never changed: an amendment or an attached annex makes the next one."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    in_force_from = models.DateField()
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="version_number_once_per_plan")]

    def __str__(self) -> str:
        return f"{self.plan.code} v{self.number}"


class ItemKind(models.TextChoices):
    SECTION = "section", _("Mục")
    BULLET = "bullet", _("Gạch đầu dòng")
    CLAUSE = "clause", _("Khoản")
    PARAGRAPH = "paragraph", _("Đoạn")
    ANNEX_REFERENCE = "annex_reference", _("Dẫn chiếu phụ lục")
    TASK_ROW = "task_row", _("Dòng nhiệm vụ")
    INDICATOR_ROW = "indicator_row", _("Dòng chỉ tiêu")


class PlanItem(models.Model):
    """One piece of a version's text, and where it stands in its document."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="items")
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="later", help_text="the same piece in its first version"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    document = models.ForeignKey(Document, models.PROTECT, related_name="items")
    path = models.TextField(help_text="III.1.3#4; rows of an annex: PL2.12")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=ItemKind.choices)
    number = models.TextField(null=True)
    text = models.TextField()
    where = models.JSONField(help_text='{"lines": [first, last]} or {"page", "table", "row"}')
    details = models.JSONField(default=dict, help_text="an indicator row's unit and target, a section's level")

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="item_path_once_per_version")]

    def __str__(self) -> str:
        return self.path


class Annex(models.Model):
    """An annex the plan names: attached, or missing and shown as missing until it is (R033)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="annexes")
    label = models.TextField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="annexes")
    mentioned_in = models.JSONField(default=list, help_text="paths of the items that name it")

    class Meta:
        ordering = ["label"]
        constraints = [models.UniqueConstraint(fields=["plan", "label"], name="annex_label_once_per_plan")]

    def __str__(self) -> str:
        return self.label


class TaskGroup(models.Model):
    """A branch of the plan under which tasks are counted together."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="groups")
    code = models.TextField(help_text="the section's path, or the annex group's number")
    title = models.TextField()
    short_title = models.TextField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="group_code_once_per_plan")]

    def __str__(self) -> str:
        return self.short_title


def _in(parts: AssignmentQuerySet) -> Q:
    """Tasks with one of the parts."""
    return Q(pk__in=parts.values("task"))


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> TaskQuerySet:
        """Everything for those who steer or inspect; a unit sees tasks it leads, helps with, performs or supervises,
        those given to a group it belongs to, and those of its own plan under another."""
        if user.access.reads_everything:
            return self
        held = user.access.held_unit_ids
        if not held:
            return self.none()
        parts = Assignment.objects.in_force()  # two lists apart: the database reads each by its own index
        charged = _in(parts.answered_by(held)) | _in(parts.joined_by(held))
        own = Q(plan__under__isnull=False, plan__owner_id__in=held)
        return self.filter(charged | self._in_branches_of(held) | own)

    def _in_branches_of(self, unit_ids: frozenset[int]) -> Q:
        """Tasks of branches the units supervise; a task with an agency of its own is that agency's (R007)."""
        own = Assignment.objects.in_force().filter(
            task=OuterRef("pk"), role=Assignment.Role.SUPERVISING, unit__isnull=False
        )
        branches = GroupSupervision.objects.filter(group=OuterRef("group"), unit_id__in=unit_ids, ended_at=None)
        return Q(Exists(branches)) & ~Q(Exists(own))

    def of_units(
        self, unit_ids: frozenset[int], *roles: str, on: date | None = None, known: Holding | None = None
    ) -> TaskQuerySet:
        """Tasks for which any of the units answers, in any role or only in those named, on the day (today).

        `unit_ids` are held units: with each unit come those whose successor it is (`orgs.queries.units_held_by`);
        `known` spares the queries.
        """
        charged = Assignment.objects.in_force().answered_by(unit_ids, on=on, known=known).filter(task=OuterRef("pk"))
        return self.filter(Exists(charged.filter(role__in=roles) if roles else charged))

    def shared_with(self, unit_ids: frozenset[int], *, on: date | None = None) -> TaskQuerySet:
        """Tasks given to a group in which any of the units takes part on the day (today), and no part of their own."""
        parts = Assignment.objects.in_force()
        return self.filter(_in(parts.joined_by(unit_ids, on=on)) & ~_in(parts.answered_by(unit_ids, on=on)))

    def counted(self) -> TaskQuerySet:
        """Tasks that stand in one of the four official cells: all but the cancelled."""
        return self.exclude(state=WorkState.CANCELLED)

    def done_on_time(self) -> TaskQuerySet:
        return self.filter(Q(due_on=None) | Q(completed_on__lte=F("due_on")), state=WorkState.COMPLETED)

    def done_late(self) -> TaskQuerySet:
        return self.filter(state=WorkState.COMPLETED, completed_on__gt=F("due_on"))

    def unfinished(self) -> TaskQuerySet:
        return self.counted().exclude(state=WorkState.COMPLETED)

    def open_in_time(self, on: date) -> TaskQuerySet:
        return self.unfinished().filter(Q(due_on=None) | Q(due_on__gte=on))

    def open_overdue(self, on: date) -> TaskQuerySet:
        """Overdue from the day after the last good day."""
        return self.unfinished().filter(due_on__lt=on)

    def with_cell(self, on: date) -> TaskQuerySet:
        """Annotated with `cell`: which of the four official cells each stands in that day; None for the cancelled."""
        cells = Case(
            When(state=WorkState.CANCELLED, then=Value(None)),
            When(state=WorkState.COMPLETED, completed_on__gt=F("due_on"), then=Value("done_late")),
            When(state=WorkState.COMPLETED, then=Value("done_on_time")),
            When(due_on__lt=on, then=Value("open_overdue")),
            default=Value("open_in_time"),
            output_field=models.CharField(),
        )
        return self.annotate(cell=cells)

    def due_soon(self, on: date) -> TaskQuerySet:
        last = on + timedelta(days=settings.TIENDO_DUE_SOON_DAYS)
        return self.unfinished().filter(due_on__gte=on, due_on__lte=last)

    def without_lead(self) -> TaskQuerySet:
        """No unit the house knows is accountable: no lead named, or only words such as "các sở, ban, ngành"."""
        lead = Assignment.objects.in_force().filter(task=OuterRef("pk"), role=Assignment.Role.LEAD, unit__isnull=False)
        return self.counted().filter(~Exists(lead))

    def without_report(self) -> TaskQuerySet:
        return self.counted().filter(last_accepted_on=None)

    def stale(self, on: date) -> TaskQuerySet:
        """Unfinished, and the last accepted word (or the task itself) is older than the setting allows (R029)."""
        limit = on - timedelta(days=settings.TIENDO_STALE_DAYS)
        return self.unfinished().filter(
            Q(last_accepted_on__lt=limit) | Q(last_accepted_on=None, followed_from__lt=limit)
        )

    def carrying_out(self, document: HigherDocument) -> TaskQuerySet:
        """Tasks that carry out a higher document, themselves or with their whole plan (R027)."""
        rows = Mandate.objects.in_force().filter(document=document)
        own, whole = rows.filter(task=OuterRef("pk")), rows.filter(plan=OuterRef("plan"), task=None)
        return self.filter(Exists(own) | Exists(whole))

    def published(self) -> TaskQuerySet:
        """Tasks that may be named in public at all."""
        return self.filter(not_public_reason=None)


class Task(models.Model):
    """One thing to be done, followed through every version of its plan.

    `state`, `percent`, `completed_on` and `last_accepted_on` repeat the latest accepted report;
    `due_on` repeats the last line of the deadline ledger, `original_due_on` its first.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    group = models.ForeignKey(TaskGroup, models.PROTECT, null=True, related_name="tasks")
    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="tasks", help_text="where it was assigned")
    code = models.CharField(_("mã"), max_length=60, unique=True)
    number = models.TextField(_("số thứ tự trong văn bản"), null=True)
    title = models.TextField(_("nhiệm vụ"))
    description = models.TextField(_("nội dung"))
    product = models.TextField(_("sản phẩm"), null=True)
    authority = models.TextField(_("thẩm quyền quyết định"), null=True)
    not_public_reason = models.TextField(_("lý do không công khai"), null=True)
    position = models.PositiveIntegerField()
    folded = models.TextField(help_text="what the task is found by, made by task_index")
    followed_from = models.DateField()

    state = models.CharField(max_length=30, choices=STATES, default=WorkState.NOT_STARTED.value, db_index=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    completed_on = models.DateField(null=True)
    last_accepted_on = models.DateField(null=True)

    due_on = models.DateField(null=True, db_index=True)
    due_kind = models.CharField(max_length=20, default="missing")
    original_due_on = models.DateField(null=True)
    starts_on = models.DateField(null=True, help_text="when the lead unit means to begin, or as the document says")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "position"]
        indexes = [models.Index(fields=["plan", "position"]), models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=0, percent__lte=100), name="task_percent_0_to_100"
            ),
            models.CheckConstraint(
                condition=Q(state="completed", completed_on__isnull=False)
                | (~Q(state="completed") & Q(completed_on=None)),
                name="task_completed_on_iff_completed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class DeadlineLine(models.Model):
    """One line of a task's deadline ledger. The first is what the document gave; nothing is erased."""

    class Kind(models.TextChoices):
        MOMENT = "moment", _("một ngày")
        PERIOD_END = "period_end", _("hết kỳ")
        RANGE = "range", _("khoảng thời gian")
        RECURRING = "recurring", _("thường xuyên, định kỳ")
        OPEN = "open", _("không có ngày cuối")
        MISSING = "missing", _("không có trong văn bản")

    task = models.ForeignKey(Task, models.PROTECT, related_name="deadline_lines")
    number = models.PositiveIntegerField()
    raw = models.TextField(null=True, help_text="as printed or as typed")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    due_on = models.DateField(null=True, help_text="last good day")
    starts_on = models.DateField(null=True)
    rrule = models.TextField(null=True)
    is_before = models.BooleanField(default=False)
    reason = models.TextField()
    source = models.TextField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["task", "number"]
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="deadline_line_number_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="deadline_line_has_a_reason"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(kind__in=["moment", "period_end", "range", "recurring", "open"]),
                name="deadline_line_missing_has_no_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task.code} #{self.number}: {self.due_on}"


class FieldSource(models.Model):
    """Where a field came from: the document, or a person who filled what it did not give (R034, R067)."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="sources")
    field = models.CharField(max_length=40)
    document = models.ForeignKey(Document, models.PROTECT, null=True)
    where = models.JSONField(default=dict)
    quote = models.TextField(null=True)
    note = models.TextField(null=True, help_text="by hand: the paper or order it rests on")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["task", "field", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False) | (Q(note__isnull=False) & ~Q(note="")),
                name="field_source_document_or_note",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task.code}.{self.field}"
