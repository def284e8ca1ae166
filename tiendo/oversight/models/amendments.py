"""Changes of a plan on their way: what units propose, the draft that joins them, the decision (R025, R026)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.plans.holding import rows_of
from tiendo.plans.models import Document, Plan, PlanVersion, StoredFile, Task
from tiendo.ui.stamps import stamp_of


class ChangeKind(models.TextChoices):
    ADD = "add", _("bổ sung nhiệm vụ")
    CHANGE = "change", _("sửa nội dung")
    EXTEND = "extend", _("gia hạn")
    TRANSFER = "transfer", _("chuyển cơ quan chủ trì")
    DROP = "drop", _("thôi thực hiện")


class Wanted(models.Model):
    """What is to be changed in a plan. `wanted` holds only the fields that change, in the shape of `plans.TaskTerms`.

    `base` holds what these fields said when it was written, so that a later change of the same field is noticed.
    """

    kind = models.CharField(_("việc"), max_length=20, choices=ChangeKind.choices)
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+", help_text="None: a task to add")
    wanted = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    reason = models.TextField(_("lý do"))

    class Meta:
        abstract = True

    @property
    def stamp(self) -> str:
        """Changes with its words."""
        return stamp_of(self.wanted, self.reason)


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, user: User) -> AmendmentQuerySet:
        """Drafts are the coordinator's and the decision-maker's, of a unit's own plan the unit's; a decided one is
        everybody's who may read the plan."""
        if user.access.reads_everything:
            return self
        decided = Q(
            state__in=[Amendment.State.DECIDED, Amendment.State.IN_FORCE], plan__in=Plan.objects.visible_to(user)
        )
        return self.filter(decided | Q(plan__owner_id__in=user.access.held_unit_ids))


class Amendment(models.Model):
    """One draft that joins proposals; submitted, then decided by a numbered paper, then in force from its date."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang tổng hợp")
        SUBMITTED = "submitted", _("đang trình")
        RETURNED = "returned", _("trả lại để hoàn chỉnh")
        DECIDED = "decided", _("đã quyết định, chờ hiệu lực")
        IN_FORCE = "in_force", _("có hiệu lực")
        REFUSED = "refused", _("không chấp thuận")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="amendments")
    title = models.TextField(_("tên dự thảo"))
    summary = models.TextField(_("tóm tắt, lý do chung"), blank=True, default="")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    base = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+", help_text="the version it starts from")
    version = models.OneToOneField(PlanVersion, models.PROTECT, null=True, related_name="amendment")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="amendments")
    in_force_from = models.DateField(_("có hiệu lực từ ngày"), null=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(_("ý kiến của người quyết định"), blank=True, default="")

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "in_force"])
                | Q(document__isnull=False, in_force_from__isnull=False, decided_by__isnull=False),
                name="amendment_decided_by_a_paper",
            ),
            models.CheckConstraint(
                condition=Q(state="in_force", version__isnull=False) | (~Q(state="in_force") & Q(version=None)),
                name="amendment_in_force_iff_version",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="amendment_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stamp(self) -> str:
        """Changes with its name and summary."""
        return stamp_of(self.title, self.summary)


class AmendmentLine(Wanted):
    """One change in the draft; what the units asked for stays as they wrote it in their proposals."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    removed_at = models.DateTimeField(null=True, help_text="taken out of the draft; the row stays")

    class Meta:
        ordering = ["amendment", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="add", task=None) | (~Q(kind="add") & Q(task__isnull=False)),
                name="amendment_line_task_unless_added",
            ),
            models.UniqueConstraint(
                fields=["amendment", "task", "kind"],
                condition=Q(removed_at=None, task__isnull=False),
                name="amendment_line_once_per_task_and_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.task_id}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> ProposalQuerySet:
        """A unit sees its own; who steers or inspects, and the unit whose plan it is, sees what was sent."""
        held = user.access.held_unit_ids
        own, sent = rows_of(held, Proposal.objects.all()), ~Q(state=Proposal.State.DRAFT)
        return self.filter(own | sent if user.access.reads_everything else own | (sent & Q(plan__owner_id__in=held)))


class Proposal(Wanted):
    """A unit asks that the plan be changed; only a decision changes it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SENT = "sent", _("đã gửi cơ quan đầu mối")
        RETURNED = "returned", _("được trả lại để bổ sung")
        CONSOLIDATED = "consolidated", _("đã đưa vào dự thảo")
        DECIDED = "decided", _("đã được quyết định")
        REFUSED = "refused", _("không được chấp thuận")
        WITHDRAWN = "withdrawn", _("đơn vị rút lại")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="proposals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    line = models.ForeignKey(AmendmentLine, models.PROTECT, null=True, related_name="proposals")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", help_text="the unit's letter")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    answer = models.TextField(_("ý kiến của cơ quan đầu mối"), blank=True, default="")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="add", task=None) | (~Q(kind="add") & Q(task__isnull=False)),
                name="proposal_task_unless_added",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(sent_at__isnull=False), name="proposal_sent_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.kind} {self.task_id}"
