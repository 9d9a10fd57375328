"""The clocks an office begins with; every one may be set anew from a day on.

Voters' petitions: QĐ 33/2017/QĐ-TTg and, from 1 October 2020, QĐ 30/2020/QĐ-TTg. For what localities and enterprises propose
at the working level no national deadline is known: the days are a supposition.
"""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.psycopg_any import DateRange

CHANGED = date(2020, 10, 1)
KINDS = [
    ("locality", "Kiến nghị của địa phương", "Proposal of a locality", 15, True, "Quy chế làm việc của cơ quan", True, None, None),
    ("enterprise", "Khó khăn của doanh nghiệp", "Difficulty of an enterprise", 15, True, "Quy chế làm việc của cơ quan", True, None, None),
    ("voters", "Kiến nghị của cử tri", "Petition of voters", 40, False, "Quyết định 33/2017/QĐ-TTg", False, None, CHANGED),
    ("voters", "Kiến nghị của cử tri", "Petition of voters", 60, False, "Quyết định 30/2020/QĐ-TTg", False, CHANGED, None),
]  # fmt: skip


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    kind = apps.get_model("difficulties", "Kind")
    for code, name, name_en, days, is_working, basis, is_assumed, since, until in KINDS:
        kind.objects.create(
            code=code, name=name, name_en=name_en, days=days, is_working=is_working, basis=basis, is_assumed=is_assumed,
            valid=DateRange(since, until),
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("difficulties", "0001_difficulties")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
