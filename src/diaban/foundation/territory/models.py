"""Units, their versions and successions; containment and coverage, which are derived from these."""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, Value
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.folding import Folded
from diaban.foundation.acts.revisions import Revised


def same(*expressions: str | Func) -> tuple[Func, str]:
    """A term of an exclusion constraint that means equality of a bigint, without the extension btree_gist."""
    first, second = expressions * 2 if len(expressions) == 1 else expressions
    return Func(first, second, Value("[]"), function="int8range"), RangeOperators.OVERLAPS


def full_name(kind: str, name: str) -> str:
    """The name with the kind before it: "Huyện Xín Mần"; a country is called by its bare name."""
    return name if kind == Kind.NUOC else f"{kind.capitalize()} {name}"


class Level(models.TextChoices):
    """Where a unit stands in the hierarchy, from above to below."""

    COUNTRY = "country", _("Cả nước")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class Kind(models.TextChoices):
    """What a unit is called before its name."""

    NUOC = "nước", _("Nước")
    TINH = "tỉnh", _("Tỉnh")
    THANH_PHO = "thành phố", _("Thành phố")
    HUYEN = "huyện", _("Huyện")
    QUAN = "quận", _("Quận")
    THI_XA = "thị xã", _("Thị xã")
    XA = "xã", _("Xã")
    PHUONG = "phường", _("Phường")
    THI_TRAN = "thị trấn", _("Thị trấn")
    DAC_KHU = "đặc khu", _("Đặc khu")


class UnitQuerySet(models.QuerySet["Unit"]):
    def called(self) -> "UnitQuerySet":
        """Each unit with the kind and name of its last version, for `last_name`."""
        last = UnitVersion.objects.filter(unit=OuterRef("pk")).order_by("-valid")
        return self.annotate(
            called_kind=Subquery(last.values("kind")[:1]), called_name=Subquery(last.values("name")[:1])
        )


class Unit(models.Model):
    """An administrative unit: an extent of land. Whatever changes the extent ends the unit and begins its successors.

    `area` is in km², `lat` and `lon` a point inside in degrees (WGS 84); each is null where nobody gave it.
    """

    uid = models.UUIDField(unique=True)
    level = models.CharField(max_length=10, choices=Level)
    area = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    lon = models.DecimalField(max_digits=9, decimal_places=6, null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="level_of_a_unit_is_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(
                name="a_point_has_both_coordinates",
                condition=Q(lat=None, lon=None)
                | Q(lat__isnull=False, lon__isnull=False, lat__range=(-90, 90), lon__range=(-180, 180)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def last_name(self) -> str:
        """The full name of the last version; blank for a unit without any. One query unless `called()` fetched it."""
        called = self if hasattr(self, "called_name") else Unit.objects.called().get(pk=self.pk)
        kind, name = getattr(called, "called_kind", None), getattr(called, "called_name", None)
        return full_name(kind, name) if kind and name else ""


class UnitVersionQuerySet(models.QuerySet["UnitVersion"]):
    def on(self, day: date) -> "UnitVersionQuerySet":
        return self.filter(valid__contains=day)

    def in_order(self) -> "UnitVersionQuerySet":
        return self.order_by("sort_key", "unit_id")


class UnitVersion(Revised):
    """What a unit was called, which code it had and what it belonged to during `valid` (upper bound exclusive).

    The first known version has no lower bound. `code` is the official code of the General Statistics Office where there
    is one; it belongs to one unit a day, and may come back later for another.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions", db_index=False)
    valid = DateRangeField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="child_versions")
    name_folded = models.GeneratedField(expression=Folded("name"), output_field=models.TextField(), db_persist=True)
    sort_key = models.CharField(max_length=400, db_collation="C", editable=False)

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_version_of_a_unit_a_day",
                expressions=[same("unit"), ("valid", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="one_unit_of_a_code_a_day",
                expressions=[
                    same(Func(F("code"), Value(0), function="hashtextextended")),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="a_version_holds_at_least_a_day", condition=Q(valid__isempty=False)),
            models.CheckConstraint(name="kind_of_a_unit_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="no_unit_is_its_own_parent", condition=~Q(parent=F("unit"))),
        ]
        indexes = [
            models.Index(fields=["unit"], name="versions_of_a_unit"),
            models.Index(fields=["code"], name="versions_of_a_code"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return full_name(self.kind, self.name)

    @property
    def first_day(self) -> date | None:
        """The first day, or None where the beginning is not known."""
        lower: date | None = self.valid.lower
        return lower

    @property
    def last_day(self) -> date | None:
        """The last day, or None while it lasts."""
        upper: date | None = self.valid.upper
        return upper - timedelta(days=1) if upper else None


class Succession(Revised):
    """On `on` a part of the predecessor's extent, or all of it, went to the successor.

    Its share is `weight` over the sum of the predecessor's weights. `assumed` says that nobody counted: a divided unit is
    taken to fall into equal parts until an official types a population. Both are of one level. The districts, which ended
    without successors of their level, have none: what became of one follows from its communes.
    """

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_out", db_index=False)
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_in")
    on = models.DateField()
    basis = models.CharField(max_length=300)
    weight = models.DecimalField(max_digits=18, decimal_places=4)
    assumed = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_between_two_units"),
            models.CheckConstraint(name="a_weight_is_positive", condition=Q(weight__gt=0)),
            models.CheckConstraint(name="no_unit_succeeds_itself", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.on})"


class Containment(models.Model):
    """During `valid` the descendant lay in the ancestor, `distance` steps below; each unit contains itself at 0. Derived.

    No foreign keys in the database, here and below: 200,000 of their checks would be two thirds of a load.
    """

    ancestor = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="containments_below", db_index=False, db_constraint=False
    )
    descendant = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="containments_above", db_index=False, db_constraint=False
    )
    valid = DateRangeField()
    distance = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["ancestor", "descendant"], include=["valid"], name="units_inside_a_unit"),
            models.Index(fields=["descendant", "distance"], name="units_above_a_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} ⊇ {self.descendant_id} {self.valid}"


class Coverage(models.Model):
    """A unit that exists today and any unit that it is, contains or descends from. Derived."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="covers", db_index=False, db_constraint=False)
    covered = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="covered_by", db_index=False, db_constraint=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "covered"], name="one_coverage_of_a_unit_by_another")]
        indexes = [models.Index(fields=["covered", "unit"], name="units_that_cover_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} covers {self.covered_id}"


class Boundary(models.Model):
    """Where a unit's border runs, as simplified polygons. A unit is its extent, so a newer one only knows the border better.

    `geometry` is a GeoJSON MultiPolygon in degrees (WGS 84); `digest` is the SHA-256 of the file it came from.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="boundaries", db_index=False)
    number = models.PositiveSmallIntegerField()
    geometry = models.JSONField()
    source = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="one_number_of_a_boundary"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(superseded_at=None), name="one_current_boundary_of_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.number}"
