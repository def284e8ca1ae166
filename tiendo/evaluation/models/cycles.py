"""The yearly evaluation: cycle, scorecards, words on each criterion, objections, snapshots and results."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.evaluation.models.criteria import CriteriaSet
from tiendo.evaluation.states import (
    ANSWER_WORDS,
    STAGE_WORDS,
    SUBJECT_WORDS,
    VOICE_WORDS,
    Answer,
    Stage,
    Subject,
    Voice,
)
from tiendo.orgs.models import Unit
from tiendo.plans.models import PlanVersion, StoredFile


class CycleQuerySet(models.QuerySet["Cycle"]):
    def visible_to(self, user: User) -> CycleQuerySet:
        """Everybody inside knows that a cycle runs; whose cards one sees is said by the cards."""
        return self if user.is_active else self.none()

    def running(self) -> CycleQuerySet:
        return self.exclude(stage__in=[Stage.PUBLISHED, Stage.CANCELLED])


class Cycle(models.Model):
    """One evaluation of a year under one criteria set and one plan version (R030, R043)."""

    title = models.TextField(_("tên đợt đánh giá"))
    year = models.PositiveSmallIntegerField(_("năm"))
    subject = models.CharField(
        max_length=10, choices=[(each.value, _(SUBJECT_WORDS[each])) for each in Subject], default=Subject.UNIT.value
    )
    criteria = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="cycles")
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="cycles")
    data_from = models.DateField(_("số liệu từ ngày"))
    data_to = models.DateField(_("đến trước ngày"))
    self_until = models.DateField(_("hạn tự đánh giá"), help_text="last good day")
    objection_until = models.DateField(_("hạn gửi ý kiến"), null=True, help_text="last good day")
    stage = models.CharField(
        max_length=20,
        choices=[(each.value, _(STAGE_WORDS[each])) for each in Stage],
        default=Stage.SELF_ASSESSMENT.value,
    )
    conclusion = models.TextField(_("kết luận"), blank=True, default="")
    adjustments = models.JSONField(
        default=list, blank=True, help_text='what was changed because of it: [{"text", "document", "task"}] (R030)'
    )
    decision = models.TextField(_("văn bản quyết định"), blank=True, default="")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True, default="")

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria", "year", "subject"],
                condition=~Q(stage="cancelled"),
                name="cycle_once_per_year_and_set",
            ),
            models.CheckConstraint(condition=Q(data_to__gt=F("data_from")), name="cycle_data_to_after_from"),
            models.CheckConstraint(
                condition=~Q(stage__in=["decided", "published"])
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision="")),
                name="cycle_decided_by_a_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def visible_to(self, user: User) -> ScorecardQuerySet:
        """Everything for those who steer or inspect; a unit sees its own, and everybody's once published; who appraises
        a group sees the cards of the group. Heads are judged as persons: their cards are never everybody's."""
        access = user.access
        if access.reads_everything:
            return self
        published = Q(cycle__stage=Stage.PUBLISHED, head=None)
        own = Q(unit_id__in=access.held_unit_ids, head=None) | Q(head=user)
        named = Assessor.objects.filter(user=user, ended_at=None, cycle=OuterRef("cycle"), group=OuterRef("group"))
        return self.filter(published | own | Exists(named))

    def inside_of(self, user: User) -> ScorecardQuerySet:
        """Cards whose working one may read with every task in it; what others may know is what was published."""
        if user.access.reads_everything:
            return self
        named = Assessor.objects.filter(user=user, ended_at=None, cycle=OuterRef("cycle"), group=OuterRef("group"))
        own = Q(unit_id__in=user.access.held_unit_ids, head=None) | Q(head=user)
        return self.filter(own | Exists(named))

    def own_of(self, user: User) -> ScorecardQuerySet:
        """Cards on which the person, or a unit the person works for, is judged."""
        return self.filter(Q(unit_id__in=user.access.held_unit_ids, head=None) | Q(head=user))


class Scorecard(models.Model):
    """One unit, or one head of a unit for the days of the term, judged in a cycle within a group of its like."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="scorecards")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="scorecards")
    head = models.ForeignKey(User, models.PROTECT, null=True, related_name="scorecards")
    head_from = models.DateField(null=True)
    head_to = models.DateField(null=True, help_text="to-exclusive")
    group = models.CharField(max_length=40, help_text="only cards of one group are ranked together")
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        ordering = ["cycle", "group", "unit__sort_key", "head_from"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "unit"], condition=Q(head=None), name="scorecard_once_per_unit"),
            models.UniqueConstraint(
                fields=["cycle", "unit", "head", "head_from"],
                condition=Q(head__isnull=False),
                name="scorecard_once_per_term",
            ),
            models.CheckConstraint(
                condition=Q(head=None, head_from=None, head_to=None)
                | Q(head__isnull=False, head_from__isnull=False, head_to__gt=F("head_from")),
                name="scorecard_head_with_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} – {self.head or self.unit}"


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def current(self) -> JudgementQuerySet:
        return self.filter(is_current=True)

    def visible_to(self, user: User) -> JudgementQuerySet:
        """Own words always; a unit's only once it sent them; an assessor's only once two have spoken, and to another
        assessor of the group only once that one has; to the unit judged only from the objections on."""
        cards = Scorecard.objects.visible_to(user)
        own = Scorecard.objects.own_of(user)
        late = [Stage.OBJECTION, Stage.DECIDED, Stage.PUBLISHED]
        drafted = Q(voice=Voice.SELF) & (Q(scorecard__in=own) | Q(scorecard__submitted_at__isnull=False))
        others = Judgement.objects.current().filter(scorecard=OuterRef("scorecard"), criterion=OuterRef("criterion"))
        second = others.filter(voice=Voice.ASSESSOR).exclude(said_by=OuterRef("said_by"))
        named = Assessor.objects.filter(
            user=user, ended_at=None, cycle=OuterRef("scorecard__cycle"), group=OuterRef("scorecard__group")
        ).filter(voice=Voice.ASSESSOR)
        spoken = others.filter(voice=Voice.ASSESSOR, said_by=user)
        heard = Exists(second) & (~Exists(named) | Exists(spoken) | Q(scorecard__cycle__stage__in=late))
        inside = ~Q(voice=Voice.SELF) & (~Q(scorecard__in=own) | Q(scorecard__cycle__stage__in=late))
        settled = inside & (Q(voice=Voice.COORDINATOR) | heard)
        if not user.access.reads_everything:
            return self.filter(scorecard__in=cards).filter(Q(said_by=user) | drafted | (settled & self._mine(user)))
        return self.filter(Q(said_by=user) | drafted | settled)

    def _mine(self, user: User) -> Q:
        """A published card is everybody's; the words that led to it are not."""
        named = Assessor.objects.filter(
            user=user, ended_at=None, cycle=OuterRef("scorecard__cycle"), group=OuterRef("scorecard__group")
        )
        return Q(scorecard__in=Scorecard.objects.own_of(user)) | Q(Exists(named))


class Judgement(models.Model):
    """One person's word on one criterion of a card. A changed mind is the next `number`; nothing is overwritten."""

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="judgements")
    criterion = models.CharField(max_length=40)
    voice = models.CharField(max_length=12, choices=[(each.value, _(VOICE_WORDS[each])) for each in Voice])
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    level = models.PositiveSmallIntegerField(null=True, help_text="of the rubric, for a qualitative criterion")
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, help_text="as claimed, for a quantity")
    reason = models.TextField()
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    evidence_name = models.TextField(blank=True, default="")
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["scorecard", "criterion", "voice", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "criterion", "voice", "said_by", "number"], name="judgement_number_once"
            ),
            models.UniqueConstraint(
                fields=["scorecard", "criterion", "voice", "said_by"],
                condition=Q(is_current=True),
                name="judgement_one_in_force",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="judgement_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.scorecard} {self.criterion} {self.voice}"


class Assessor(models.Model):
    """Who appraises the qualitative criteria of a cycle; two for each group, the third only where they differ."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="assessors")
    group = models.CharField(max_length=40)
    user = models.ForeignKey(User, models.PROTECT, related_name="assessments")
    voice = models.CharField(max_length=12, choices=[("assessor", "assessor"), ("referee", "referee")])
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["cycle", "group", "voice", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "group", "user"], condition=Q(ended_at=None), name="assessor_once_per_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.group}: {self.user}"


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, user: User) -> ObjectionQuerySet:
        """Those who steer or inspect, who appraises the group, and the unit itself; never other units."""
        if user.access.reads_everything:
            return self
        named = Assessor.objects.filter(
            user=user, ended_at=None, cycle=OuterRef("scorecard__cycle"), group=OuterRef("scorecard__group")
        )
        return self.filter(Q(scorecard__in=Scorecard.objects.own_of(user)) | Exists(named))

    def waiting(self) -> ObjectionQuerySet:
        return self.filter(answer=None)


class Objection(models.Model):
    """A unit does not agree with what stands on its card; it gets an answer with reasons before the decision."""

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="objections")
    criterion = models.CharField(max_length=40)
    text = models.TextField()
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    evidence_name = models.TextField(blank=True, default="")
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answer = models.CharField(
        max_length=10, choices=[(each.value, _(ANSWER_WORDS[each])) for each in Answer], null=True
    )
    answer_text = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["scorecard", "raised_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="objection_says_what"),
            models.CheckConstraint(
                condition=Q(answer=None, answered_by=None, answered_at=None)
                | (Q(answer__isnull=False, answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer_text="")),
                name="objection_answered_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("raised_by")), name="objection_answered_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scorecard} {self.criterion}"


class Snapshot(models.Model):
    """Everything a computation of scores reads, frozen as canonical JSON, and the program's answer beside it.

    From `content` alone `tiendo-recompute` gives the same scores to the last digit.
    """

    class Purpose(models.TextChoices):
        PRELIMINARY = "preliminary", _("để tự đánh giá và tổng hợp")
        OBJECTION = "objection", _("gửi đơn vị cho ý kiến")
        FINAL = "final", _("trình quyết định")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    content = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", help_text="canonical JSON")
    sha256 = models.CharField(max_length=64)
    rule_sha256 = models.CharField(max_length=64, help_text="of the criteria set")
    heard = models.PositiveIntegerField(default=0, help_text="how many words and answers there were when it was taken")
    coverage = models.JSONField(
        default=dict, help_text="shares and names of tasks without measure, value, evidence (R006)"
    )
    agreement = models.JSONField(default=dict, help_text="of the two assessors, per criterion and overall")
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["cycle", "-number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="snapshot_number_once")]

    def __str__(self) -> str:
        return f"{self.cycle} #{self.number}"


class ResultQuerySet(models.QuerySet["Result"]):
    def visible_to(self, user: User) -> ResultQuerySet:
        """Those who steer or inspect see each; a unit its own from the objections on, and all units' once published.

        A preliminary computation is for those who prepare the cycle alone.
        """
        if user.access.reads_everything:
            return self
        shown = [Stage.OBJECTION, Stage.DECIDED, Stage.PUBLISHED]
        own = Q(scorecard__in=Scorecard.objects.own_of(user), scorecard__cycle__stage__in=shown)
        heard = own & ~Q(snapshot__purpose=Snapshot.Purpose.PRELIMINARY)
        published = Q(scorecard__cycle__stage=Stage.PUBLISHED, scorecard__head=None)
        return self.filter(heard | (published & Q(snapshot__purpose=Snapshot.Purpose.FINAL)))


class Result(models.Model):
    """A card's score in a snapshot, with its place among its like and how firm that place is."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="results")
    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="results")
    score = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    band = models.CharField(max_length=40, blank=True, default="")
    rank = models.PositiveIntegerField(null=True)
    tied = models.PositiveIntegerField(default=1, help_text="how many share the rank")
    rank_low = models.PositiveIntegerField(null=True, help_text="best rank of the interval")
    rank_high = models.PositiveIntegerField(null=True, help_text="worst rank of the interval")
    reported_completion = models.DecimalField(
        max_digits=9, decimal_places=4, null=True, help_text="percent, as reported"
    )
    outcome_completion = models.DecimalField(
        max_digits=9, decimal_places=4, null=True, help_text="percent, by outcomes"
    )
    working = models.JSONField(help_text="line by line: criterion, inputs, rule, points, and ids of records")

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["snapshot", "rank", "scorecard"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "scorecard"], name="result_once_per_card")]

    def __str__(self) -> str:
        return f"{self.snapshot} {self.scorecard_id}: {self.score}"
