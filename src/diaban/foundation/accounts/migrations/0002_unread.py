from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_ground")]
    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("read_at", None)), fields=["account"], name="unread_notices"),
        ),
    ]
