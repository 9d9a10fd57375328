from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("obligations", "0003_one_offs")]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="is_asked",
            field=models.BooleanField(default=False, db_default=False),
        )
    ]
