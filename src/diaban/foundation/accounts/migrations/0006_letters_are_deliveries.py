"""Whether a notice was sent, and what was refused, is read from its deliveries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_sent_letters")]

    operations = [
        migrations.RemoveIndex(
            model_name="notice",
            name="notices_to_send",
        ),
        migrations.RemoveField(
            model_name="account",
            name="mail_fault",
        ),
        migrations.RemoveField(
            model_name="notice",
            name="sent_at",
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("read_at", None)), fields=["created_at"], name="notices_to_send"),
        ),
    ]
