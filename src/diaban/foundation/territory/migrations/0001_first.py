import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import diaban.foundation.acts.folding


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(unique=True)),
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
                ("area", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                ("lat", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("lon", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["country", "province", "district", "commune"])),
                        name="level_of_a_unit_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lat", None), ("lon", None)),
                            models.Q(
                                ("lat__isnull", False),
                                ("lat__range", (-90, 90)),
                                ("lon__isnull", False),
                                ("lon__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="a_point_has_both_coordinates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("on", models.DateField()),
                ("basis", models.CharField(max_length=300)),
                ("weight", models.DecimalField(decimal_places=4, max_digits=18)),
                ("assumed", models.BooleanField()),
                (
                    "predecessor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions_out",
                        to="territory.unit",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="successions_in", to="territory.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"), name="one_succession_between_two_units"
                    ),
                    models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="a_weight_is_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="no_unit_succeeds_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "covered",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covered_by",
                        to="territory.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covers",
                        to="territory.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["covered", "unit"], name="units_that_cover_a_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "covered"), name="one_coverage_of_a_unit_by_another")
                ],
            },
        ),
        migrations.CreateModel(
            name="Containment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("distance", models.PositiveSmallIntegerField()),
                (
                    "ancestor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="containments_below",
                        to="territory.unit",
                    ),
                ),
                (
                    "descendant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="containments_above",
                        to="territory.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ancestor", "descendant"], name="units_below_a_unit"),
                    models.Index(fields=["descendant", "distance"], name="units_above_a_unit"),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nước", "Nước"),
                            ("tỉnh", "Tỉnh"),
                            ("thành phố", "Thành phố"),
                            ("huyện", "Huyện"),
                            ("quận", "Quận"),
                            ("thị xã", "Thị xã"),
                            ("xã", "Xã"),
                            ("phường", "Phường"),
                            ("thị trấn", "Thị trấn"),
                            ("đặc khu", "Đặc khu"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "name_folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=diaban.foundation.acts.folding.Folded("name"),
                        output_field=models.TextField(),
                    ),
                ),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=400)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="child_versions",
                        to="territory.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="territory.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit"], name="versions_of_a_unit"),
                    models.Index(fields=["code"], name="versions_of_a_code"),
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.Func("unit", "unit", models.Value("[]"), function="int8range"), "&&"),
                            ("valid", "&&"),
                        ],
                        name="one_version_of_a_unit_a_day",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.Func(models.F("code"), models.Value(0), function="hashtextextended"),
                                    models.Func(models.F("code"), models.Value(0), function="hashtextextended"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            ("valid", "&&"),
                        ],
                        name="one_unit_of_a_code_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid__isempty", False)), name="a_version_holds_at_least_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "nước",
                                    "tỉnh",
                                    "thành phố",
                                    "huyện",
                                    "quận",
                                    "thị xã",
                                    "xã",
                                    "phường",
                                    "thị trấn",
                                    "đặc khu",
                                ],
                            )
                        ),
                        name="kind_of_a_unit_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("unit")), _negated=True),
                        name="no_unit_is_its_own_parent",
                    ),
                ],
            },
        ),
    ]
