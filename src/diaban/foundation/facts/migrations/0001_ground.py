"""The tables of facts. The columns of the fact itself stand by width, so that a row of it takes about 90 bytes."""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import psycopg.types.range
from django.db import migrations, models

import diaban.foundation.acts.folding

# A fact may be superseded, once. A delivery stays as it is. Nothing is deleted.
UNCHANGED = """
CREATE FUNCTION facts_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'accepted facts are immutable: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION facts_supersede_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before facts_fact := OLD;
BEGIN
    before.superseded_at := NEW.superseded_at;
    IF OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL AND NEW *= before THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'accepted facts are immutable: only a current fact may be superseded' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER only_superseded BEFORE UPDATE ON facts_fact FOR EACH ROW EXECUTE FUNCTION facts_supersede_only();
CREATE TRIGGER never_deleted BEFORE DELETE ON facts_fact FOR EACH ROW EXECUTE FUNCTION facts_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON facts_fact FOR EACH STATEMENT EXECUTE FUNCTION facts_refuse();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON facts_delivery FOR EACH ROW EXECUTE FUNCTION facts_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON facts_delivery FOR EACH STATEMENT EXECUTE FUNCTION facts_refuse();
"""
NO_TRIGGERS = """
DROP TRIGGER only_superseded ON facts_fact; DROP TRIGGER never_deleted ON facts_fact; DROP TRIGGER never_emptied ON facts_fact;
DROP TRIGGER never_changed ON facts_delivery; DROP TRIGGER never_emptied ON facts_delivery;
DROP FUNCTION facts_supersede_only(); DROP FUNCTION facts_refuse();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_ground"),
        ("territory", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dimension",
            fields=[
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=150)),
                ("name_en", models.CharField(max_length=150)),
                ("is_entity", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=250)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("form", "Biểu mẫu báo cáo"),
                            ("register", "Sổ đăng ký"),
                            ("import", "Số liệu nhập từ nguồn khác"),
                            ("base", "Thông tin nền"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "base")), fields=("kind",), name="one_collection_of_base_figures"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_kind", models.CharField(max_length=60)),
                ("source_id", models.BigIntegerField()),
                ("accepted_at", models.DateTimeField()),
                ("organisation_id", models.BigIntegerField(null=True)),
                ("position_id", models.BigIntegerField(null=True)),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="facts.collection"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(default=psycopg.types.range.Range)),
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=10, unique=True)),
                ("official_code", models.CharField(blank=True, max_length=20)),
                ("name", models.CharField(max_length=250)),
                ("name_en", models.CharField(max_length=250)),
                ("field_code", models.CharField(db_index=True, max_length=40)),
                ("unit_name", models.CharField(max_length=40)),
                (
                    "value_type",
                    models.CharField(
                        choices=[
                            ("integer", "Số nguyên"),
                            ("decimal", "Số thập phân"),
                            ("boolean", "Có hoặc không"),
                            ("rank", "Thứ hạng"),
                            ("score", "Điểm số"),
                        ],
                        max_length=10,
                    ),
                ),
                ("digits", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("stock", "Thời điểm"),
                            ("flow", "Thời kỳ"),
                            ("ratio", "Tỷ lệ"),
                            ("derived", "Tính từ chỉ tiêu khác"),
                            ("rank", "Thứ hạng"),
                            ("score", "Điểm số"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "over_units",
                    models.CharField(
                        choices=[
                            ("SUM", "Cộng"),
                            ("DISTINCT", "Đếm không trùng"),
                            ("RATIO", "Tổng tử số chia tổng mẫu số"),
                            ("FORMULA", "Tính lại theo công thức"),
                            ("COUNT", "Đếm từ sổ đăng ký"),
                            ("NONE", "Không tổng hợp"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "over_time",
                    models.CharField(
                        choices=[
                            ("SUM", "Cộng dồn"),
                            ("LATEST", "Lấy kỳ cuối"),
                            ("RATIO", "Tổng tử số chia tổng mẫu số"),
                            ("FORMULA", "Tính lại theo công thức"),
                            ("DISTINCT", "Đếm không trùng"),
                            ("NONE", "Lấy kỳ đầu"),
                        ],
                        max_length=10,
                    ),
                ),
                ("scale", models.PositiveIntegerField(default=1)),
                ("formula", models.CharField(blank=True, max_length=300)),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("up", "Càng cao càng tốt"),
                            ("down", "Càng thấp càng tốt"),
                            ("neutral", "Không đánh giá"),
                        ],
                        default="neutral",
                        max_length=10,
                    ),
                ),
                ("frequencies", models.CharField(max_length=10)),
                ("least", models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True)),
                ("most", models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True)),
                ("note", models.TextField(blank=True)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "name_folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=diaban.foundation.acts.folding.Folded("name"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "denominator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.indicator",
                    ),
                ),
                (
                    "numerator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.indicator",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="IndicatorDimension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("split", "Chia theo (cộng lại bằng tổng)"),
                            ("ofwhich", "Trong đó (không cộng lại)"),
                            ("list", "Danh sách (tích chọn)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "dimension",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="divisions", to="facts.dimension"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="divisions",
                        to="facts.indicator",
                    ),
                ),
            ],
            options={
                "ordering": ["indicator_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(default=psycopg.types.range.Range)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=150)),
                ("name_en", models.CharField(max_length=150)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "dimension",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="facts.dimension",
                    ),
                ),
            ],
            options={
                "ordering": ["dimension_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=200, unique=True)),
                ("members", models.ManyToManyField(related_name="categories", to="facts.member")),
            ],
        ),
        migrations.CreateModel(
            name="PeriodRow",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("calendar", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=20)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("code", models.CharField(max_length=60, unique=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("ends_on"))), name="a_period_holds_at_least_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.unit",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.delivery",
                    ),
                ),
                ("accepted_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "contributor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.periodrow",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.category",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.collection",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.indicator",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("is_estimated", models.BooleanField()),
                ("value", models.DecimalField(decimal_places=8, max_digits=26, null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none_occurred", "Không phát sinh"),
                            ("not_collected", "Có phát sinh, chưa thu thập được số liệu"),
                            ("refused", "Doanh nghiệp không cung cấp"),
                            ("not_yet", "Chưa đến kỳ"),
                            ("not_applicable", "Không áp dụng"),
                        ],
                        max_length=15,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("value", models.DecimalField(decimal_places=8, max_digits=26)),
                ("basis", models.CharField(blank=True, max_length=300)),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.category",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="facts.indicator"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rollup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("country", "Cả nước"),
                            ("province", "Cấp tỉnh"),
                            ("district", "Cấp huyện"),
                            ("commune", "Cấp xã"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reported", models.IntegerField()),
                ("absent", models.IntegerField()),
                ("estimated", models.IntegerField()),
                ("total", models.DecimalField(decimal_places=8, max_digits=38)),
                (
                    "category",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.category",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.collection",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.indicator",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="facts.periodrow",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.unit",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["source_kind", "source_id"], name="deliveries_of_a_source"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("denominator__isnull", False), ("numerator__isnull", False), ("over_units", "RATIO")),
                    models.Q(
                        models.Q(("over_units", "RATIO"), _negated=True), ("denominator", None), ("numerator", None)
                    ),
                    _connector="OR",
                ),
                name="a_ratio_and_only_a_ratio_has_two_parts",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("over_units", "FORMULA"), models.Q(("formula", ""), _negated=True)),
                    models.Q(models.Q(("over_units", "FORMULA"), _negated=True), ("formula", "")),
                    _connector="OR",
                ),
                name="a_formula_indicator_and_no_other_has_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("numerator", models.F("denominator")), _negated=True),
                name="the_parts_of_a_ratio_differ",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(condition=models.Q(("scale__gt", 0)), name="a_scale_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="indicatordimension",
            constraint=models.UniqueConstraint(fields=("indicator", "dimension"), name="one_division_by_a_dimension"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(fields=("dimension", "code"), name="one_member_of_a_code"),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", False)),
                fields=["collection", "period", "unit", "indicator"],
                name="superseded_facts",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("collection", "period", "unit", "indicator", "category", "contributor"),
                name="one_current_fact_of_a_key",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("value__isnull", False)),
                    models.Q(("reason", "none_occurred"), ("value", 0), ("value__isnull", False)),
                    models.Q(
                        ("reason__in", ["not_collected", "refused", "not_yet", "not_applicable"]), ("value", None)
                    ),
                    _connector="OR",
                ),
                name="a_value_or_the_reason_for_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("superseded_at", None), ("superseded_at__gte", models.F("accepted_at")), _connector="OR"
                ),
                name="superseded_after_it_was_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("unit", "year", "indicator", "category"), name="one_plan_of_a_cell_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="rollup",
            constraint=models.UniqueConstraint(
                fields=("collection", "period", "level", "province", "indicator", "category"),
                name="one_rollup_of_a_cell_and_province",
            ),
        ),
        migrations.RunSQL(UNCHANGED, NO_TRIGGERS),
    ]
