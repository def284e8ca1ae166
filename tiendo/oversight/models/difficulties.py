"""What is in a unit's way: told, forwarded, answered by who may decide, followed until it is gone (R021, R046)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.oversight.answering import of_tasks
from tiendo.plans.models import Plan, StoredFile, Task
from tiendo.reporting.models import Submission


class DifficultyQuerySet(models.QuerySet["Difficulty"]):
    def visible_to(self, user: User) -> DifficultyQuerySet:
        """A unit sees its own and those it is asked to answer; who steers or inspects sees what was sent."""
        held = user.access.held_unit_ids
        own = of_tasks(held, Difficulty.objects.all())
        asked = Q(authority_id__in=held) & ~Q(state__in=[Difficulty.State.DRAFT, Difficulty.State.SENT])
        sent = ~Q(state=Difficulty.State.DRAFT)
        return self.filter(own | sent if user.access.reads_everything else own | asked)

    def standing(self) -> DifficultyQuerySet:
        """Sent and neither removed nor withdrawn."""
        ended = [Difficulty.State.REMOVED, Difficulty.State.WITHDRAWN, Difficulty.State.DRAFT]
        return self.exclude(state__in=ended)


class Difficulty(models.Model):
    """An obstacle with its cause and the measure the unit proposes."""

    class Kind(models.TextChoices):
        RULES = "rules", _("cơ chế, chính sách, thủ tục")
        MONEY = "money", _("kinh phí")
        PEOPLE = "people", _("nhân lực")
        TECHNOLOGY = "technology", _("hạ tầng, công nghệ, dữ liệu")
        COORDINATION = "coordination", _("phối hợp giữa các cơ quan")
        LAND = "land", _("đất đai, mặt bằng, đầu tư")
        OTHER = "other", _("khác")

    class Cause(models.TextChoices):
        OBJECTIVE = "objective", _("khách quan")
        SUBJECTIVE = "subjective", _("chủ quan")

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SENT = "sent", _("ở cơ quan đầu mối")
        RETURNED = "returned", _("trả lại để bổ sung")
        FORWARDED = "forwarded", _("ở cơ quan có thẩm quyền")
        DECIDED = "decided", _("đã có quyết định, đang thực hiện")
        REMOVED = "removed", _("đã tháo gỡ")
        WITHDRAWN = "withdrawn", _("đơn vị rút lại")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="difficulties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="difficulties")
    tasks = models.ManyToManyField(Task, related_name="difficulties", blank=True)
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, related_name="difficulties", help_text="the report that told of it"
    )
    kind = models.CharField(_("loại"), max_length=20, choices=Kind.choices)
    cause_kind = models.CharField(_("nguyên nhân"), max_length=20, choices=Cause.choices)
    title = models.TextField(_("khó khăn, vướng mắc"))
    cause = models.TextField(_("nguyên nhân cụ thể"), blank=True, default="")
    measure = models.TextField(_("đề xuất, kiến nghị"))
    folded = models.TextField(help_text="title and cause folded, for finding the same obstacle elsewhere")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    authority = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="difficulties_to_answer", help_text="who may decide"
    )
    reply_due_on = models.DateField(_("phải trả lời trước hết ngày"), null=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    decision = models.TextField(_("nội dung quyết định"), blank=True, default="")
    decision_number = models.TextField(_("số, ngày văn bản quyết định"), blank=True, default="")
    decision_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    excuses = models.BooleanField(
        _("xác nhận nguyên nhân khách quan"),
        default=False,
        help_text="the decision confirms that its tasks are late for an objective cause",
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="removed or withdrawn")
    escalated_at = models.DateTimeField(null=True, help_text="when those above were told that no answer came")

    objects = DifficultyQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(measure=""), name="difficulty_says_what_and_what_to_do"),
            models.CheckConstraint(
                condition=~Q(state__in=["forwarded", "decided"])
                | Q(authority__isnull=False, reply_due_on__isnull=False),
                name="difficulty_forwarded_to_somebody_by_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="difficulty_decided_says_what",
            ),
            models.CheckConstraint(
                condition=Q(excuses=False) | (Q(cause_kind="objective", state__in=["decided", "removed"])),
                name="difficulty_excuses_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["removed", "withdrawn"], ended_at__isnull=False)
                | (~Q(state__in=["removed", "withdrawn"]) & Q(ended_at=None)),
                name="difficulty_ended_at_iff_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DifficultyStay(models.Model):
    """One step of a difficulty's way: who has it, from when to when. The stays follow each other without a gap."""

    class Desk(models.TextChoices):
        UNIT = "unit", _("đơn vị nêu khó khăn")
        COORDINATOR = "coordinator", _("cơ quan đầu mối")
        AUTHORITY = "authority", _("cơ quan có thẩm quyền")
        CARRYING_OUT = "carrying_out", _("đang thực hiện quyết định")

    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="stays")
    desk = models.CharField(max_length=20, choices=Desk.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    act = models.CharField(max_length=30, blank=True, default="", help_text="what ended it, of the workflow's acts")
    left_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True, default="", help_text="what was said with the act")

    class Meta:
        ordering = ["difficulty", "arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["difficulty"], condition=Q(left_at=None), name="difficulty_on_one_desk_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")), name="difficulty_stay_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.difficulty_id} @ {self.desk}"


class ClockStop(models.Model):
    """The reply clock stands still, for a stated reason: days are shown with and without it, and it is said."""

    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="stops")
    reason = models.TextField(_("lý do tạm dừng"))
    stopped_at = models.DateTimeField()
    resume_by = models.DateField(_("tạm dừng đến hết ngày"), help_text="after this day the clock runs again by itself")
    stopped_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="None: the clock")

    class Meta:
        ordering = ["difficulty", "stopped_at"]
        constraints = [
            models.UniqueConstraint(fields=["difficulty"], condition=Q(resumed_at=None), name="clock_stopped_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="clock_stop_says_why"),
            models.CheckConstraint(
                condition=Q(resumed_at=None) | Q(resumed_at__gte=F("stopped_at")), name="clock_resumed_after_stop"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.difficulty_id}: {self.reason[:40]}"
