from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reporting", "0010_snapshots")]

    operations = [
        migrations.AddField("schedule", "reception_days", models.PositiveSmallIntegerField(default=3)),
        migrations.AddConstraint(
            "schedule",
            models.CheckConstraint(name="a_working_day_to_receive", condition=Q(reception_days__gte=1)),
        ),
    ]
