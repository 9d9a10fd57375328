"""What was reported: collections, periods and the facts in them; plans; sums by province."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.facts.models.catalogue import Category, Indicator
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.models import Level, Unit

LARGEST = 10**18


class Reason(models.TextChoices):
    """Why a reported cell has no value; `none_occurred` is the one that stands beside a value, zero."""

    NONE_OCCURRED = "none_occurred", _("Không phát sinh")
    NOT_COLLECTED = "not_collected", _("Có phát sinh, chưa thu thập được số liệu")
    REFUSED = "refused", _("Doanh nghiệp không cung cấp")
    NOT_YET = "not_yet", _("Chưa đến kỳ")
    NOT_APPLICABLE = "not_applicable", _("Không áp dụng")


class CollectionKind(models.TextChoices):
    """Where the figures of a collection come from."""

    FORM = "form", _("Biểu mẫu báo cáo")
    REGISTER = "register", _("Sổ đăng ký")
    IMPORT = "import", _("Số liệu nhập từ nguồn khác")
    BASE = "base", _("Thông tin nền")
    REQUEST = "request", _("Thu thập số liệu nhanh")


class Collection(Revised):
    """The lineage that facts belong to. A consolidation reads exactly one, beside the one collection of base figures."""

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=CollectionKind)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="base"), name="one_collection_of_base_figures")
        ]

    def __str__(self) -> str:
        return self.name


class PeriodRow(models.Model):
    """A period that something was reported for. `ends_on` is exclusive; `code` is written in full: "nd09:2026-Q1"."""

    id = models.AutoField(primary_key=True)
    calendar = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    code = models.CharField(max_length=60, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_period_holds_at_least_a_day", condition=Q(starts_on__lt=F("ends_on"))),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)


class Delivery(models.Model):
    """One acceptance of facts: from which subject, when. Triggers refuse to change or delete it."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="deliveries")
    source_kind = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    accepted_at = models.DateTimeField()
    organisation_id = models.BigIntegerField(null=True)
    position_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["source_kind", "source_id"], name="deliveries_of_a_source")]

    def __str__(self) -> str:
        return f"{self.source_kind} {self.source_id}"


class Fact(models.Model):
    """A reported figure, or the reason why there is none. Triggers refuse every change but the one that supersedes it.

    Narrow, because there are millions: wide columns first, no index but those below, and nothing points to a fact.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+", db_index=False)
    accepted_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    contributor = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.ForeignKey(PeriodRow, on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", db_index=False)
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveSmallIntegerField()
    is_estimated = models.BooleanField()
    value = models.DecimalField(max_digits=26, decimal_places=8, null=True)
    reason = models.CharField(max_length=15, choices=Reason, blank=True)

    class Meta:
        constraints = [
            # A report is one unit and one period, so its keys lie side by side here and its rows in the table.
            models.UniqueConstraint(
                fields=["collection", "period", "unit", "indicator", "category", "contributor"],
                condition=Q(superseded_at=None),
                nulls_distinct=False,
                name="one_current_fact_of_a_key",
            ),
            models.CheckConstraint(
                name="a_value_or_the_reason_for_none",
                condition=Q(value__isnull=False, reason="")
                | Q(value__isnull=False, value=0, reason="none_occurred")
                | Q(value=None, reason__in=["not_collected", "refused", "not_yet", "not_applicable"]),
            ),
            models.CheckConstraint(
                name="superseded_after_it_was_accepted",
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("accepted_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["collection", "period", "unit", "indicator"],
                condition=Q(superseded_at__isnull=False),
                name="superseded_facts",
            ),
            models.Index(
                fields=["collection", "period", "indicator"],
                condition=Q(value=None, superseded_at=None),
                name="current_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.period_id}"


class StandingPlans(models.Manager["Plan"]):
    """Plans that were not taken away."""

    def get_queryset(self) -> models.QuerySet["Plan"]:
        return super().get_queryset().filter(value__isnull=False)


class Plan(Revised):
    """What a unit is to reach in a year (kế hoạch giao). No value: it was given and taken away again; `objects` are those
    that stand, `given` all."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="plans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.DecimalField(max_digits=26, decimal_places=8, null=True)
    basis = models.CharField(max_length=300, blank=True)

    objects = StandingPlans()
    given = models.Manager["Plan"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "indicator", "category"], name="one_plan_of_a_cell_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.year}"


class PlanVersion(models.Model):
    """One giving of a plan: the first (number 1) and every adjustment (điều chỉnh), each by its paper. Never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=26, decimal_places=8, null=True)  # none: taken away
    basis = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["plan_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_number_of_a_plan"),
            models.CheckConstraint(
                name="an_adjustment_names_its_decision", condition=Q(number=1) | (~Q(basis="") & Q(at__isnull=False))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class PlanProfile(Revised):
    """How much of a year's plan (percent) is due by the ends of quarters I, II and III, where it is not the straight line.

    `unit` is the area whose authority says so, for all units in it.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    quarter_1 = models.DecimalField(max_digits=5, decimal_places=2)
    quarter_2 = models.DecimalField(max_digits=5, decimal_places=2)
    quarter_3 = models.DecimalField(max_digits=5, decimal_places=2)
    basis = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "indicator"], name="one_profile_of_an_indicator_and_year"),
            models.CheckConstraint(
                name="a_profile_never_falls",
                condition=Q(quarter_1__gte=0)
                & Q(quarter_2__gte=F("quarter_1"))
                & Q(quarter_3__gte=F("quarter_2"))
                & Q(quarter_3__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.year}"

    @property
    def ends(self) -> tuple[Decimal, Decimal, Decimal]:
        return self.quarter_1, self.quarter_2, self.quarter_3


class Rollup(models.Model):
    """The current facts of one cell over the units of one level in a province, as sums and counts. Derived.

    `reported` counts the facts with a value, `absent` those with a reason instead. `mark` puts the hashes of all these
    units, and contributors, together: cells with the same mark have the same reporters. The facts hold the foreign keys.
    """

    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    period = models.ForeignKey(
        PeriodRow, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    collection = models.ForeignKey(
        Collection, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    level = models.CharField(max_length=10, choices=Level)
    reported = models.IntegerField()
    absent = models.IntegerField()
    estimated = models.IntegerField()
    mark = models.BigIntegerField()
    total = models.DecimalField(max_digits=38, decimal_places=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "period", "level", "province", "indicator", "category"],
                name="one_rollup_of_a_cell_and_province",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.province_id} {self.period_id}"
