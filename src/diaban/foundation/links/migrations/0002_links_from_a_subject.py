from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("links", "0001_ground")]
    operations = [
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["source_kind", "source_id"], name="links_from_a_subject"),
        ),
    ]
