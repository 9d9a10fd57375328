from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_the_row(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("ui", "Instance").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="Instance",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("notice", models.CharField(blank=True, max_length=300)),
                ("notice_en", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_instance")],
            },
        ),
        migrations.RunPython(make_the_row, migrations.RunPython.noop),
    ]
