"""Events and the head of their chain. Triggers (see `triggers.py`) refuse to change or delete an event."""

from django.db import models
from django.db.models import Q

from tiendo.audit.chain import GENESIS


class Event(models.Model):
    """One act, written once. `subject` is text such as "reporting.entry:12", so nothing it names is ever pinned."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.TextField()
    act = models.TextField()
    subject = models.TextField()
    detail = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["act", "seq"], name="event_act_seq"),
            models.Index(fields=["subject", "seq"], name="event_subject_seq"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(seq__gte=1), name="event_seq_from_one"),
            models.UniqueConstraint(fields=["hash"], name="event_hash_once"),
            # Two events after one would be a fork, and a fork could hide either.
            models.UniqueConstraint(fields=["prev_hash"], name="event_follows_one"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.subject}"


class ChainHead(models.Model):
    """The last event, in one row. Writers lock it, so they queue; readers compare it with the last event stored."""

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="chain_head_single_row")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"
