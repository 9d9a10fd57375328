"""The empty set of members: the category of every total."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_ground")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO facts_category (key) VALUES ('')",
            "DELETE FROM facts_category WHERE key = ''",
        )
    ]
