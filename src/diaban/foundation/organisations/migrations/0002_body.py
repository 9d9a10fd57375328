from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_ground")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="body",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        )
    ]
