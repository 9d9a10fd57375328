"""What was reported done before is tied to its directive as its evidence."""

from django.db import migrations

TIE = """
    INSERT INTO links_link (kind, source_kind, source_id, target_kind, target_id, "on", untied_on)
    SELECT 'proves', 'directives.completion', done.id, 'directives.directive', task.directive_id,
        (done.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, (done.returned_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    FROM directives_completion done JOIN directives_task task ON task.id = done.task_id
"""
UNTIE = "DELETE FROM links_link WHERE source_kind = 'directives.completion'"


class Migration(migrations.Migration):
    dependencies = [("directives", "0002_newest_first"), ("links", "0001_ground")]
    operations = [migrations.RunSQL(TIE, UNTIE)]
