from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    COMMITTEE = "committee", _("UBND tỉnh")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    COMMUNE = "commune", _("UBND xã, phường")
    DISTRICT = "district", _("UBND cấp huyện")
    PARTY = "party", _("Cơ quan Đảng, Mặt trận, đoàn thể")
    NATIONAL = "national", _("Cơ quan trung ương")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    OTHER = "other", _("Tổ chức khác")


class UnitQuerySet(models.QuerySet["Unit"]):
    def standing(self) -> UnitQuerySet:
        """Those in force at some time: not the units of a change that was undone."""
        return self.filter(withdrawn_at=None)

    def in_force(self, on: date) -> UnitQuerySet:
        return (
            self.standing()
            .filter(Q(valid_from=None) | Q(valid_from__lte=on))
            .filter(Q(valid_to=None) | Q(valid_to__gt=on))
        )

    def visible_to(self, user: object) -> UnitQuerySet:
        """The list of units is public knowledge; everybody sees it."""
        return self


class Unit(models.Model):
    """One legal identity under one name. A rename is a succession to a new unit, so old names stay on old papers."""

    code = models.SlugField(_("mã"), max_length=60, unique=True)
    name = models.TextField(_("tên"))
    short_name = models.TextField(_("tên gọi tắt"))
    folded = models.TextField(db_index=True, help_text="name and aliases folded for search")
    sort_key = models.TextField(db_index=True, help_text="Vietnamese collation key of the name")
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    official_id = models.TextField(_("mã định danh"), null=True, blank=True, help_text="entered, never generated")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    reports = models.BooleanField(_("phải báo cáo định kỳ"), default=False)
    made_by = models.ForeignKey("UnitChange", models.PROTECT, null=True, blank=True, related_name="units_made")
    withdrawn_at = models.DateTimeField(
        null=True, help_text="the change that made it was undone: it never was in force"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="unit_valid_to_after_from",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="unit_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitAlias(models.Model):
    """Another way documents write a unit: an abbreviation, a former spelling, a name learned from a correction."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    text = models.TextField()
    folded = models.TextField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "folded"], name="alias_once_per_unit")]

    def __str__(self) -> str:
        return self.text


class UnitChange(models.Model):
    """One act of reorganisation: what a decision does to units from a date on (R024, R052).

    Its effects stand in rows that name it: successions, units made, placements, memberships. An undo marks it undone
    and says why; the rows stay, and are no longer read.
    """

    class Kind(models.TextChoices):
        CREATE = "create", _("thành lập")
        RENAME = "rename", _("đổi tên")
        MERGE = "merge", _("hợp nhất, sáp nhập")
        SPLIT = "split", _("chia, tách")
        DISSOLVE = "dissolve", _("giải thể")
        MOVE = "move", _("chuyển cơ quan quản lý")

    kind = models.CharField(_("việc"), max_length=20, choices=Kind.choices)
    effective_on = models.DateField(_("có hiệu lực từ ngày"))
    decision = models.TextField(_("văn bản quyết định"))
    note = models.TextField(_("ghi chú"), blank=True, default="")
    ended = models.JSONField(default=list, help_text="codes of units whose validity this change ended")
    recorded_by = models.TextField(help_text="user name; this room knows no people")
    recorded_at = models.DateTimeField()
    undone_by = models.TextField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_because = models.TextField(null=True)

    class Meta:
        ordering = ["effective_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(decision=""), name="unit_change_rests_on_a_decision"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_because=None)
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & Q(undone_because__gt="")),
                name="unit_change_undone_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"


class SuccessionQuerySet(models.QuerySet["Succession"]):
    def standing(self) -> SuccessionQuerySet:
        """Those whose change was not undone."""
        return self.filter(undone_at=None)


class Succession(models.Model):
    """From `effective_on` on, `successor` answers for `predecessor`; nothing is re-pointed, an undo marks the row."""

    class Kind(models.TextChoices):
        RENAME = "rename", _("đổi tên")
        MERGE = "merge", _("hợp nhất, sáp nhập")
        SPLIT = "split", _("chia, tách")
        DISSOLVE = "dissolve", _("giải thể")

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="precedents")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    effective_on = models.DateField()
    decision = models.TextField(_("văn bản quyết định"))
    is_default = models.BooleanField(default=True)
    functions = models.TextField(
        _("chức năng, lĩnh vực tiếp nhận"), blank=True, default="", help_text="of a split: what passes to this one"
    )
    change = models.ForeignKey(UnitChange, models.PROTECT, null=True, related_name="successions")
    undone_at = models.DateTimeField(null=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_to_another_unit"),
            models.UniqueConstraint(
                fields=["predecessor", "successor"], condition=Q(undone_at=None), name="succession_once_per_pair"
            ),
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=Q(is_default=True, undone_at=None),
                name="succession_one_default_per_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Placement(models.Model):
    """Under which unit one stood from a day on; written when a unit is moved, so that former days keep their tree.

    A unit without a row stood under `Unit.parent` all the time; `Unit.parent` is where it stands last.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True, help_text="None: from the beginning")
    change = models.ForeignKey(UnitChange, models.PROTECT, related_name="placements")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["unit", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("unit")), name="placement_under_another"),
            models.UniqueConstraint(
                fields=["unit", "valid_from"], condition=Q(undone_at=None), name="placement_once_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} < {self.parent}"


class UnitGroup(models.Model):
    """A name documents use for many units at once ("các sở, ban, ngành"), with membership by date."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.TextField()
    folded = models.TextField(db_index=True)

    def __str__(self) -> str:
        return self.name


class GroupMembershipQuerySet(models.QuerySet["GroupMembership"]):
    def standing(self) -> GroupMembershipQuerySet:
        """Those neither undone with their change nor entered again since."""
        return self.filter(undone_at=None)

    def in_force(self, on: date) -> GroupMembershipQuerySet:
        """Of the day, whether or not the unit itself is in force then: see `history.members_on`."""
        begun = self.standing().filter(Q(valid_from=None) | Q(valid_from__lte=on))
        return begun.filter(Q(valid_to=None) | Q(valid_to__gt=on))


class GroupMembership(models.Model):
    group = models.ForeignKey(UnitGroup, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="group_memberships")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    change = models.ForeignKey(UnitChange, models.PROTECT, null=True, related_name="memberships")
    undone_at = models.DateTimeField(null=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "unit", "valid_from"], condition=Q(undone_at=None), name="membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} ∈ {self.group}"


class OfficeDay(models.Model):
    """A day on which offices differ from the known calendar: closed by announcement, or worked to make up for one."""

    class Kind(models.TextChoices):
        OFF = "off", _("nghỉ")
        WORKED = "worked", _("làm bù")

    day = models.DateField(_("ngày"), unique=True)
    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    note = models.TextField(_("văn bản, lý do"))

    class Meta:
        ordering = ["day"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="office_day_says_why")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class Boundary(models.Model):
    """Where a unit lies, as imported from a GeoJSON file: for maps only, it decides nothing."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="boundary")
    geometry = models.JSONField(help_text="GeoJSON Polygon or MultiPolygon, longitude and latitude")
    source = models.TextField(_("nguồn ranh giới"))
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["unit"]

    def __str__(self) -> str:
        return f"{self.unit} ({self.source})"
