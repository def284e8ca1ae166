from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.plans.holding import rows_of
from tiendo.plans.models import StoredFile, Task


class FundingSource(models.Model):
    """Where money comes from: central budget, local budget, enterprises, aid. Shipped as data, kept by finance."""

    code = models.SlugField(_("mã nguồn kinh phí"), max_length=40, unique=True)
    name = models.TextField(_("nguồn kinh phí"))
    is_local_budget = models.BooleanField(_("thuộc ngân sách địa phương"), default=False)
    position = models.PositiveIntegerField(default=0)
    retired_on = models.DateField(null=True)

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="funding_source_has_a_name")]

    def __str__(self) -> str:
        return self.name


class MoneyKind(models.TextChoices):
    PLANNED = "planned", _("kế hoạch vốn")
    ALLOCATED = "allocated", _("đã giao")
    DISBURSED = "disbursed", _("đã giải ngân")


CELL = ("task", "source", "unit", "year", "kind")


class MoneyQuerySet(models.QuerySet["MoneyLine"]):
    def current(self) -> MoneyQuerySet:
        """Of each cell the newest confirmed line."""
        return self.filter(is_current=True)

    def newest(self) -> MoneyQuerySet:
        """Of each cell the line entered last, whatever became of it."""
        cell = {name: OuterRef(name) for name in CELL}
        return self.filter(~Exists(MoneyLine.objects.filter(**cell, number__gt=OuterRef("number"))))

    def waiting(self) -> MoneyQuerySet:
        """Lines to be confirmed or returned; one that a later line of its cell has overtaken no longer waits."""
        return self.newest().filter(state=MoneyLine.State.ENTERED)

    def visible_to(self, user: User) -> MoneyQuerySet:
        """Money stands with its task: whoever may see the task sees the confirmed lines; a unit also its own others."""
        if user.access.reads_everything:
            return self
        seen = Q(task__in=Task.objects.visible_to(user), is_current=True)
        return self.filter(seen | rows_of(user.access.held_unit_ids, MoneyLine.objects.all()))


class MoneyLine(models.Model):
    """One line of a task's money ledger: how much, of which source, in which budget year, up to which day.

    Amounts are whole đồng, cumulative since 1 January of the year for `disbursed`. Entered by a unit or by finance,
    confirmed by finance; a correction is the next `number` of the same cell (task, source, year, kind, unit).
    """

    class State(models.TextChoices):
        ENTERED = "entered", _("chờ Sở Tài chính xác nhận")
        CONFIRMED = "confirmed", _("đã xác nhận")
        RETURNED = "returned", _("bị trả lại")

    task = models.ForeignKey(Task, models.PROTECT, related_name="money_lines")
    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="money_lines")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="money_lines", help_text="whose money it is")
    year = models.PositiveSmallIntegerField(_("năm ngân sách"))
    kind = models.CharField(max_length=10, choices=MoneyKind.choices)
    number = models.PositiveIntegerField()
    amount = models.DecimalField(_("số tiền (đồng)"), max_digits=18, decimal_places=0)
    as_of = models.DateField(_("tính đến ngày"))
    document = models.TextField(_("văn bản giao vốn, chứng từ"), blank=True, default="")
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    evidence_name = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    taken_from = models.TextField(blank=True, default="", help_text='text id of the report it was taken from, or ""')
    state = models.CharField(max_length=10, choices=State.choices, default=State.ENTERED)
    is_current = models.BooleanField(default=False)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(null=True, help_text="why it was returned")

    objects = MoneyQuerySet.as_manager()

    class Meta:
        ordering = ["task", "year", "source", "kind", "number"]
        indexes = [
            models.Index(fields=["task", "year"], condition=Q(is_current=True), name="money_current"),
            models.Index(fields=["state"], condition=Q(state="entered"), name="money_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "source", "unit", "year", "kind", "number"], name="money_number_once"
            ),
            models.UniqueConstraint(
                fields=["task", "source", "unit", "year", "kind"],
                condition=Q(is_current=True),
                name="money_one_current_per_cell",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="money_not_negative"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="money_year_in_range"),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(state="confirmed"), name="money_current_is_confirmed"
            ),
            models.CheckConstraint(
                condition=Q(state="entered", decided_at=None, decided_by=None)
                | (~Q(state="entered") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="money_decided_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("entered_by")), name="money_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | (Q(reason__isnull=False) & ~Q(reason="")),
                name="money_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task.code} {self.year} {self.kind} {self.amount}"


class SpendingQuerySet(models.QuerySet["SpendingLine"]):
    def visible_to(self, user: User) -> SpendingQuerySet:
        """Sums of a budget that the council has decided: whoever signs in may read them."""
        return self if user.is_active else self.none()


class SpendingLine(models.Model):
    """One of the two sums of the 3 % rule (R062): all local spending, and what of it goes to science and the like.

    Entered by finance with the paper it stands in; a correction is the next line.
    """

    class Item(models.TextChoices):
        TOTAL = "total", _("tổng chi ngân sách địa phương")
        SCIENCE = "science", _("chi cho khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số")

    class Basis(models.TextChoices):
        ESTIMATE = "estimate", _("dự toán giao")
        SETTLED = "settled", _("quyết toán")

    owner = models.ForeignKey(Unit, models.PROTECT, related_name="spending_lines", help_text="whose budget")
    year = models.PositiveSmallIntegerField(_("năm ngân sách"))
    item = models.CharField(max_length=10, choices=Item.choices)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    amount = models.DecimalField(_("số tiền (đồng)"), max_digits=18, decimal_places=0)
    document = models.TextField(_("văn bản, nguồn số liệu"))
    note = models.TextField(blank=True, default="")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = SpendingQuerySet.as_manager()

    class Meta:
        ordering = ["owner", "year", "basis", "item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "year", "item", "basis", "number"], name="spending_number_once"),
            models.UniqueConstraint(
                fields=["owner", "year", "item", "basis"],
                condition=Q(is_current=True),
                name="spending_one_current",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="spending_not_negative"),
            models.CheckConstraint(condition=~Q(document=""), name="spending_names_its_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.year} {self.item} {self.amount}"
