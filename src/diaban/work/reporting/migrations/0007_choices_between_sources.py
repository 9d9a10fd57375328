"""Decisions between sources of a figure; they stay as they are (trigger)."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_body"),
        ("reporting", "0006_one_offs"),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("cell", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=300)),
                ("source", models.CharField(max_length=120)),
                ("source_label", models.CharField(max_length=300)),
                ("value", models.DecimalField(decimal_places=8, max_digits=26)),
                ("before", models.DecimalField(decimal_places=8, max_digits=26, null=True)),
                ("is_estimated", models.BooleanField(default=False)),
                ("told", models.JSONField()),
                ("reason", models.CharField(max_length=1000)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("kept", "Giữ số của địa phương"),
                            ("corrected", "Lấy số của nguồn khác"),
                            ("returned", "Đề nghị địa phương rà soát, gửi lại"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_label", models.CharField(max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.position",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choices", to="reporting.report"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reporting.reportversion"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_choice_of_source_has_its_reason"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER choices_stay BEFORE UPDATE OR DELETE ON reporting_sourcechoice"
            " FOR EACH ROW EXECUTE FUNCTION reporting_refuse_change('')",
            "DROP TRIGGER choices_stay ON reporting_sourcechoice",
        ),
    ]
