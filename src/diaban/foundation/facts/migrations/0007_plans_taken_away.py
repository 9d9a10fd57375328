from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("facts", "0006_versions_of_earlier_plans")]

    operations = [
        migrations.AlterField("plan", "value", models.DecimalField(decimal_places=8, max_digits=26, null=True)),
        migrations.AlterField("planversion", "value", models.DecimalField(decimal_places=8, max_digits=26, null=True)),
    ]
