from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_ground")]

    operations = [
        migrations.AddField("duty", "generated_through", models.DateField(editable=False, null=True)),
        migrations.CreateModel(
            "ReminderRun",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
