import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_ground"),
        ("reporting", "0005_drafts_of_forms"),
    ]

    operations = [
        migrations.AddField("schedule", "due_on", models.DateField(null=True)),
        migrations.AddField(
            "schedule",
            "drafted_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
    ]
