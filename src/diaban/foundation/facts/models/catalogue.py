"""What can be reported: indicators, the dimensions they are divided by, and categories."""

from datetime import date, timedelta

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.folding import Folded
from diaban.foundation.acts.revisions import Revised
from diaban.foundation.ui.language import in_language

BASE_FIELD = "base"


class ValueType(models.TextChoices):
    """What a value of an indicator is."""

    INTEGER = "integer", _("Số nguyên")
    DECIMAL = "decimal", _("Số thập phân")
    BOOLEAN = "boolean", _("Có hoặc không")
    RANK = "rank", _("Thứ hạng")
    SCORE = "score", _("Điểm số")


class IndicatorKind(models.TextChoices):
    """How an indicator stands in time."""

    STOCK = "stock", _("Thời điểm")
    FLOW = "flow", _("Thời kỳ")
    RATIO = "ratio", _("Tỷ lệ")
    DERIVED = "derived", _("Tính từ chỉ tiêu khác")
    RANK = "rank", _("Thứ hạng")
    SCORE = "score", _("Điểm số")


class OverUnits(models.TextChoices):
    """How the value of an area comes from the values of its parts."""

    SUM = "SUM", _("Cộng")
    DISTINCT = "DISTINCT", _("Đếm không trùng")
    RATIO = "RATIO", _("Tổng tử số chia tổng mẫu số")
    FORMULA = "FORMULA", _("Tính lại theo công thức")
    COUNT = "COUNT", _("Đếm từ sổ đăng ký")
    NONE = "NONE", _("Không tổng hợp")


class OverTime(models.TextChoices):
    """How the value of a year so far comes from the values of its periods."""

    SUM = "SUM", _("Cộng dồn")
    LATEST = "LATEST", _("Lấy kỳ cuối")
    RATIO = "RATIO", _("Tổng tử số chia tổng mẫu số")
    FORMULA = "FORMULA", _("Tính lại theo công thức")
    DISTINCT = "DISTINCT", _("Đếm không trùng")
    NONE = "NONE", _("Lấy kỳ đầu")


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", _("Càng cao càng tốt")
    DOWN = "down", _("Càng thấp càng tốt")
    NEUTRAL = "neutral", _("Không đánh giá")


class Valid(models.Model):
    """Something that may be reported during `valid` (upper bound exclusive)."""

    valid = DateRangeField(default=DateRange)

    class Meta:
        abstract = True

    def is_valid_on(self, day: date) -> bool:
        bounds: DateRange = self.valid
        return (bounds.lower is None or bounds.lower <= day) and (bounds.upper is None or day < bounds.upper)

    @property
    def first_day(self) -> date | None:
        first: date | None = self.valid.lower
        return first

    @property
    def last_day(self) -> date | None:
        bounds: DateRange = self.valid
        return bounds.upper - timedelta(days=1) if bounds.upper else None


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def valid_on(self, day: date) -> "IndicatorQuerySet":
        return self.filter(valid__contains=day)


class Indicator(Valid, Revised):
    """One measure. `digits` are those shown; `frequencies` holds the letters M, Q, H, Y joined by a semicolon.

    A ratio is numerator / denominator × scale. `least` and `most` bound what may be typed.
    """

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=10, unique=True)
    official_code = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250)
    field_code = models.CharField(max_length=40, db_index=True)
    unit_name = models.CharField(max_length=40)
    value_type = models.CharField(max_length=10, choices=ValueType)
    digits = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=IndicatorKind)
    over_units = models.CharField(max_length=10, choices=OverUnits)
    over_time = models.CharField(max_length=10, choices=OverTime)
    numerator = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    denominator = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scale = models.PositiveIntegerField(default=1)
    formula = models.CharField(max_length=300, blank=True)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.NEUTRAL)
    frequencies = models.CharField(max_length=10)
    least = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    most = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    name_folded = models.GeneratedField(expression=Folded("name"), output_field=models.TextField(), db_persist=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="a_ratio_and_only_a_ratio_has_two_parts",
                condition=Q(over_units="RATIO", numerator__isnull=False, denominator__isnull=False)
                | (~Q(over_units="RATIO") & Q(numerator=None, denominator=None)),
            ),
            models.CheckConstraint(
                name="a_formula_indicator_and_no_other_has_one",
                condition=(Q(over_units="FORMULA") & ~Q(formula="")) | (~Q(over_units="FORMULA") & Q(formula="")),
            ),
            models.CheckConstraint(name="the_parts_of_a_ratio_differ", condition=~Q(numerator=F("denominator"))),
            models.CheckConstraint(name="a_scale_is_positive", condition=Q(scale__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def called(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name, self.name_en)

    @property
    def is_base(self) -> bool:
        """Is it one of the background figures (population, households …) that are filled in once a year?"""
        return self.field_code == BASE_FIELD


class Dimension(models.Model):
    """What an indicator can be divided by. The members of an entity dimension are enterprises, counted once."""

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150)
    is_entity = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name, self.name_en)


class Member(Valid, Revised):
    """One of the things that a dimension divides into."""

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="members", db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["dimension_id", "position"]
        constraints = [models.UniqueConstraint(fields=["dimension", "code"], name="one_member_of_a_code")]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name, self.name_en)


class Mode(models.TextChoices):
    """How the parts of a dimension stand to the total."""

    SPLIT = "split", _("Chia theo (cộng lại bằng tổng)")
    OFWHICH = "ofwhich", _("Trong đó (không cộng lại)")
    LIST = "list", _("Danh sách (tích chọn)")


class IndicatorDimension(models.Model):
    """An indicator may be divided by a dimension."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="divisions", db_index=False)
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="divisions")
    mode = models.CharField(max_length=10, choices=Mode)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["indicator_id", "position"]
        constraints = [models.UniqueConstraint(fields=["indicator", "dimension"], name="one_division_by_a_dimension")]

    def __str__(self) -> str:
        return f"{self.indicator_id} / {self.dimension_id}"


class Category(models.Model):
    """A canonical set of members, at most one of a dimension. The empty set is the total.

    `key` writes it: "" or "postal_point_type=level_1", several joined by a semicolon in the order of their dimensions' codes.
    """

    id = models.AutoField(primary_key=True)
    key = models.CharField(max_length=200, unique=True)
    members = models.ManyToManyField(Member, related_name="categories")

    def __str__(self) -> str:
        return self.key or "total"
