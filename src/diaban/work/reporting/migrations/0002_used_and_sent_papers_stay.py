"""Triggers: a form version that was used, a report version that was sent and a section that was closed stay as they are."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reporting_refuse_used_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
    used boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN part := OLD; ELSE part := NEW; END IF;
    IF TG_TABLE_NAME = 'reporting_rowmember' THEN
        SELECT v.used_at IS NOT NULL INTO used
        FROM reporting_row r JOIN reporting_formversion v ON v.id = r.version_id WHERE r.id = part.row_id;
    ELSE
        SELECT v.used_at IS NOT NULL INTO used FROM reporting_formversion v WHERE v.id = part.version_id;
    END IF;
    IF used THEN
        RAISE EXCEPTION 'A form version that was used is closed (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN part;
END $$;

CREATE FUNCTION reporting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - string_to_array(TG_ARGV[0], ',') = to_jsonb(OLD) - string_to_array(TG_ARGV[0], ',') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% % stays as it is', TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER used_sections_stay BEFORE INSERT OR UPDATE OR DELETE ON reporting_section
    FOR EACH ROW EXECUTE FUNCTION reporting_refuse_used_part();
CREATE TRIGGER used_rows_stay BEFORE INSERT OR UPDATE OR DELETE ON reporting_row
    FOR EACH ROW EXECUTE FUNCTION reporting_refuse_used_part();
CREATE TRIGGER used_members_stay BEFORE INSERT OR UPDATE OR DELETE ON reporting_rowmember
    FOR EACH ROW EXECUTE FUNCTION reporting_refuse_used_part();
CREATE TRIGGER used_narratives_stay BEFORE INSERT OR UPDATE OR DELETE ON reporting_narrative
    FOR EACH ROW EXECUTE FUNCTION reporting_refuse_used_part();
CREATE TRIGGER used_checks_stay BEFORE INSERT OR UPDATE OR DELETE ON reporting_check
    FOR EACH ROW EXECUTE FUNCTION reporting_refuse_used_part();
CREATE TRIGGER used_versions_stay BEFORE UPDATE OR DELETE ON reporting_formversion
    FOR EACH ROW WHEN (OLD.used_at IS NOT NULL) EXECUTE FUNCTION reporting_refuse_change('valid');
CREATE TRIGGER sent_versions_stay BEFORE UPDATE OR DELETE ON reporting_reportversion
    FOR EACH ROW WHEN (OLD.data_sent_at IS NOT NULL)
    EXECUTE FUNCTION reporting_refuse_change('document_number,signed_on,signed_file_id,sent_at,confirmed_by_unit_at');
CREATE TRIGGER closed_sections_stay BEFORE UPDATE OR DELETE ON reporting_sectionstate
    FOR EACH ROW WHEN (OLD.status <> 'waiting') EXECUTE FUNCTION reporting_refuse_change('');
"""

BACKWARD = """
DROP TRIGGER used_sections_stay ON reporting_section;
DROP TRIGGER used_rows_stay ON reporting_row;
DROP TRIGGER used_members_stay ON reporting_rowmember;
DROP TRIGGER used_narratives_stay ON reporting_narrative;
DROP TRIGGER used_checks_stay ON reporting_check;
DROP TRIGGER used_versions_stay ON reporting_formversion;
DROP TRIGGER sent_versions_stay ON reporting_reportversion;
DROP TRIGGER closed_sections_stay ON reporting_sectionstate;
DROP FUNCTION reporting_refuse_change();
DROP FUNCTION reporting_refuse_used_part();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_forms_schedules_reports")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
