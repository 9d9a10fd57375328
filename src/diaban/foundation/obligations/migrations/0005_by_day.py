from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("obligations", "0004_what_is_only_asked_for")]

    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                fields=["due_on"], name="open_obligations_by_day", condition=Q(fulfilled_at=None, closed_at=None)
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                fields=["fulfilled_at"], name="fulfilled_obligations", condition=Q(fulfilled_at__isnull=False)
            ),
        ),
    ]
