"""What was sent by mail is a delivery; what the account chose for mail stands among its channels."""

from django.db import migrations

MAILING_INTO_CHANNELS = """
    UPDATE accounts_account
    SET preferences = (preferences - 'mailing') || jsonb_build_object('channels', jsonb_build_object('mail', preferences -> 'mailing'))
    WHERE preferences ? 'mailing'
"""
CHANNELS_INTO_MAILING = """
    UPDATE accounts_account
    SET preferences = (preferences - 'channels') || jsonb_build_object('mailing', preferences #> '{channels,mail}')
    WHERE preferences #> '{channels,mail}' IS NOT NULL
"""
SENT_LETTERS = """
    INSERT INTO accounts_delivery (notice_id, channel, since, tries, tried_at, next_try_at, sent_at, reason)
    SELECT id, 'mail', created_at, 1, sent_at, sent_at, sent_at, '' FROM accounts_notice WHERE sent_at IS NOT NULL
"""
SENT_NOTICES = """
    UPDATE accounts_notice SET sent_at = accounts_delivery.sent_at FROM accounts_delivery
    WHERE accounts_delivery.notice_id = accounts_notice.id AND accounts_delivery.channel = 'mail'
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_deliveries")]

    operations = [
        migrations.RunSQL(MAILING_INTO_CHANNELS, CHANNELS_INTO_MAILING),
        migrations.RunSQL(SENT_LETTERS, SENT_NOTICES),
    ]
