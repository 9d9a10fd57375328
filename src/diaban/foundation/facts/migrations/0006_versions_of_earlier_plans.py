"""Plans that were there get their first version; a trigger keeps versions as they are."""

from django.db import migrations

FORWARD = """
INSERT INTO facts_planversion (plan_id, number, value, basis)
SELECT id, 1, value, basis FROM facts_plan;
CREATE FUNCTION facts_refuse_plan_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A version of a plan stays as it is (%)', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER plan_versions_stay BEFORE UPDATE OR DELETE ON facts_planversion
    FOR EACH ROW EXECUTE FUNCTION facts_refuse_plan_version();
"""
BACKWARD = """
DROP TRIGGER plan_versions_stay ON facts_planversion;
DROP FUNCTION facts_refuse_plan_version();
TRUNCATE facts_planversion;
"""


class Migration(migrations.Migration):
    dependencies = [("facts", "0005_plans_are_adjusted")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
