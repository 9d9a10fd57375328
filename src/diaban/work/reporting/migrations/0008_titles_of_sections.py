from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_choices_between_sources")]

    operations = [
        migrations.AddField("section", "title_en", models.CharField(blank=True, max_length=200)),
    ]
