import django.contrib.postgres.fields.ranges
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("obligations", "0002_how_far_duties_and_reminders_are")]

    operations = [
        migrations.AddField("duty", "asked_days", django.contrib.postgres.fields.ranges.DateRangeField(null=True)),
        migrations.AddField("duty", "asked_due_on", models.DateField(null=True)),
        migrations.AddConstraint(
            "duty",
            models.CheckConstraint(
                name="a_one_off_names_its_days",
                condition=Q(period_kind="R", asked_days__isnull=False, asked_due_on__isnull=False)
                | (~Q(period_kind="R") & Q(asked_days=None, asked_due_on=None)),
            ),
        ),
    ]
