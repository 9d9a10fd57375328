"""Decision 45/2018/QĐ-TTg of 9 November 2018, in force from 25 December 2018: papers three working days before, the conclusion
notice five after. Before that day no such rule bound."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.psycopg_any import DateRange

ROWS = (
    ("invitation", 3, "Quyết định 45/2018/QĐ-TTg ngày 09/11/2018"),
    ("notice", 5, "Quyết định 45/2018/QĐ-TTg ngày 09/11/2018"),
)


def add(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    timing = apps.get_model("meetings", "Timing")
    for what, days, basis in ROWS:
        timing.objects.create(what=what, working_days=days, basis=basis, valid=DateRange(date(2018, 12, 25), None))


def remove(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("meetings", "Timing").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_meetings_and_visits")]
    operations = [migrations.RunPython(add, remove)]
