"""Short reports before a meeting follow a dated form. Its first lines are the points of a briefing's agenda; what was filed as
one text stands under the results."""

import django.contrib.postgres.fields.ranges
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.psycopg_any import DateRange

LINES = (
    ("conclusions", "Kết quả thực hiện kết luận lần trước", False),
    ("results", "Kết quả công tác trong kỳ", True),
    ("difficulties", "Khó khăn, vướng mắc", False),
    ("proposals", "Kiến nghị, đề xuất", False),
    ("next", "Nhiệm vụ trọng tâm kỳ tới", False),
)


def to_lines(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    line = apps.get_model("meetings", "UpdateLine")
    for position, (code, label, is_required) in enumerate(LINES, start=1):
        line.objects.create(
            code=code, position=position, label=label, is_required=is_required, valid=DateRange(None, None)
        )
    for one in apps.get_model("meetings", "Update").objects.all():
        one.answers = [{"code": "results", "label": LINES[1][1], "text": one.text}]
        one.save(update_fields=["answers"])


def to_text(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for one in apps.get_model("meetings", "Update").objects.all():
        one.text = "\n".join(f"{line['label']}: {line['text']}" for line in one.answers)
        one.save(update_fields=["text"])


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0009_who_holds_briefings"),
    ]

    operations = [
        migrations.CreateModel(
            name="UpdateLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("code", models.CharField(max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=300)),
                ("is_required", models.BooleanField(default=False)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("label", ""), _negated=True), models.Q(("code", ""), _negated=True)
                        ),
                        name="a_line_asks_something",
                    ),
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="a_line_holds_a_day"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid__upper_inf", True)),
                        fields=("code",),
                        name="one_line_of_a_code_from_now_on",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="update",
            name="answers",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="update",
            name="text",
            field=models.TextField(default="", blank=True),
        ),
        migrations.RunPython(to_lines, to_text),
        migrations.RemoveField(
            model_name="update",
            name="text",
        ),
    ]
