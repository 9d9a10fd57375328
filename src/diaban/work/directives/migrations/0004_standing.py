from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("directives", "0003_evidence_tied")]

    operations = [
        migrations.AddIndex(
            model_name="directive",
            index=models.Index(
                fields=["id"], name="standing_directives", condition=Q(issued_at__isnull=False, withdrawn_at=None)
            ),
        )
    ]
