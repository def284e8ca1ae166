"""Parts: what a coordinating agency says of its share in what the lead has sent."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.calendars.periods import vietnam_date
from tiendo.orgs.models import Unit
from tiendo.reporting.models.entries import Entry, Submission


class PartQuerySet(models.QuerySet["Part"]):
    def visible_to(self, user: User) -> PartQuerySet:
        """All for those who read everything; the unit asked sees its own, the lead those on its entries."""
        if user.access.reads_everything:
            return self
        held = user.access.held_unit_ids
        return self.filter(Q(unit_id__in=held) | Q(entry__duty__unit_id__in=held))

    def waiting(self) -> PartQuerySet:
        """Those an answer is still hoped for: asked, and in open periods also those that let the time pass."""
        return self.filter(Q(state="asked") | Q(state="silent", entry__duty__period__closed_at=None))

    def disputed(self) -> PartQuerySet:
        return self.filter(state="disputed")


class Part(models.Model):
    """A coordinating unit is asked about one entry; where its answer stands today."""

    class State(models.TextChoices):
        ASKED = "asked", _("chờ xác nhận")
        CONFIRMED = "confirmed", _("đã xác nhận")
        AMENDED = "amended", _("xác nhận, có bổ sung")
        DISPUTED = "disputed", _("không thống nhất")
        SETTLED = "settled", _("đã xử lý ý kiến")
        SILENT = "silent", _("không trả lời đúng hạn")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="parts")
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="from this moment on silence is recorded as silence")

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["entry", "unit__sort_key"]
        constraints = [models.UniqueConstraint(fields=["entry", "unit"], name="part_once_per_entry_and_unit")]

    def __str__(self) -> str:
        return f"{self.entry} – {self.unit}"

    @property
    def last_good_day(self) -> date:
        """The last day on which an answer comes before silence is recorded."""
        return vietnam_date(self.due_at - timedelta(microseconds=1))


class PartAnswer(models.Model):
    """One word in the history of a part: an answer, silence recorded by the clock, or how a dispute was settled."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="answers")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="part_answers")
    state = models.CharField(max_length=20, choices=Part.State.choices)
    text = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="None: the clock")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["part", "answered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "silent", "asked"]) | ~Q(text=""), name="part_answer_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.state}"
