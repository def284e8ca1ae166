from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import Role, User
from tiendo.orgs.models import Unit
from tiendo.plans.models import Annex, Plan, PlanVersion, StoredFile

LOOKS = (Role.COORDINATOR, Role.DECISION_MAKER, Role.INSPECTOR)


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: User) -> ImportQuerySet:
        """The coordinator imports, the decision-maker and inspectors may look; a unit sees what is of its own plan."""
        if user.access.roles & set(LOOKS):
            return self
        return self.none() if user.access.is_enterprise else self.filter(unit_id__in=user.access.held_unit_ids)


class Import(models.Model):
    """One file read once: what it says (the reading, kept whole) and what became of its proposals."""

    class Status(models.TextChoices):
        READING = "reading", _("đang đọc")
        UNREADABLE = "unreadable", _("không đọc được")
        PROPOSED = "proposed", _("chờ chấp nhận")
        ACCEPTED = "accepted", _("đã chấp nhận")
        DISCARDED = "discarded", _("đã bỏ")

    class Form(models.TextChoices):
        DOCUMENT = "document", _("văn bản")
        WORKBOOK = "workbook", _("bảng tính của kế hoạch")

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="imports")
    file_name = models.TextField()
    form = models.CharField(max_length=20, choices=Form.choices, default=Form.DOCUMENT)
    reading = models.JSONField(null=True, help_text="tiendo.reading/1; null until the file is read")
    lines = models.JSONField(default=list, help_text="the text as printed, for the page that shows the source")
    printed = models.JSONField(
        default=list, help_text="the lines as the file has them, where their letters had to be repaired"
    )
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent of the reading that is done")
    progress_at = models.DateTimeField(null=True, help_text="the reader's last sign of life")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="how often a worker has begun to read")
    failure = models.TextField(null=True, help_text="why it could not be read: one sentence")
    base = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        null=True,
        related_name="amendment_proposals",
        help_text="the version this file would amend; its proposals are compared with it",
    )
    annex = models.ForeignKey(
        Annex, models.PROTECT, null=True, related_name="imports", help_text="attached as this annex"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="imports", help_text="whose own plan it is; null: the province's"
    )
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="imports")
    version = models.ForeignKey(PlanVersion, models.PROTECT, null=True, related_name="imports")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PROPOSED)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(base=None) & ~Q(status__in=["discarded", "unreadable"]),
                name="import_file_once_unless_put_aside",
            ),
            models.UniqueConstraint(
                fields=["file", "base"],
                condition=~Q(status__in=["discarded", "unreadable"]),
                name="import_file_once_a_base",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="import_decided_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted") | Q(version__isnull=False), name="import_accepted_has_a_version"
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="import_progress_0_to_100"),
            models.CheckConstraint(
                condition=~Q(status__in=["proposed", "accepted"]) | Q(reading__isnull=False),
                name="import_proposed_was_read",
            ),
            models.CheckConstraint(
                condition=~Q(status="unreadable") | Q(failure__isnull=False), name="import_unreadable_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Proposal(models.Model):
    """One thing the reading found and proposes; printed is never changed, edited is what a person made of it."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Thông tin văn bản")
        SECTION = "section", _("Mục")
        ITEM = "item", _("Nội dung")
        TASK = "task", _("Nhiệm vụ")
        INDICATOR = "indicator", _("Chỉ tiêu")
        REPAIR = "repair", _("Sửa lỗi in")
        ANNEX = "annex", _("Phụ lục")

    class Decision(models.TextChoices):
        PENDING = "pending", _("chưa quyết")
        ACCEPTED = "accepted", _("chấp nhận")
        REJECTED = "rejected", _("bỏ")

    class Change(models.TextChoices):
        ADDED = "added", _("thêm mới")
        CHANGED = "changed", _("thay đổi")
        REMOVED = "removed", _("không còn")
        SAME = "same", _("giữ nguyên")

    source = models.ForeignKey(Import, models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.TextField(help_text="the path or number in the document")
    position = models.PositiveIntegerField()
    printed = models.JSONField()
    edited = models.JSONField(null=True)
    change = models.CharField(
        max_length=20, choices=Change.choices, blank=True, default="", help_text="empty where nothing is compared"
    )
    current = models.JSONField(null=True, help_text="what the plan has now, in the shape of printed")
    current_ref = models.TextField(blank=True, default="", help_text="the task's code or the item's path it speaks of")
    twins = models.JSONField(
        default=list,
        help_text="[{task, proposal, plan, title, score, due_on, confirmed}], likeliest first; confirmed may be null",
    )
    links = models.JSONField(default=list, help_text="keys of indicator proposals, paths of the plan's indicators")
    made_from = models.JSONField(default=list, help_text="keys of the proposals it was split from or joined with")
    unshaped = models.JSONField(null=True, help_text="{edited, where} as they were before a join, for the way back")
    where = models.JSONField(default=dict)
    sure = models.BooleanField(default=True)
    decision = models.CharField(max_length=20, choices=Decision.choices, default=Decision.PENDING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["source", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "key"], name="proposal_once_per_key"),
            models.CheckConstraint(
                condition=Q(change__in=["", "added"], current__isnull=True)
                | Q(change__in=["changed", "removed", "same"]),
                name="proposal_new_has_nothing_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def fingerprint(self) -> str:
        """Of what it says now: a page keeps it, so that a save can tell whether somebody was quicker."""
        words = json.dumps(self.value, ensure_ascii=False, sort_keys=True)
        return sha256(words.encode()).hexdigest()

    @property
    def value(self) -> dict[str, Any]:
        """What a person made of it, or as printed."""
        value: dict[str, Any] = self.printed if self.edited is None else self.edited
        return value
