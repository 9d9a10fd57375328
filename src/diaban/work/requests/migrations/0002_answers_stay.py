"""Triggers: an answer stays as it came, and the columns of a request as they were sent."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION requests_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An answer stays as it came (%)', OLD.id USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION requests_refuse_sent_column() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
BEGIN
    IF TG_OP = 'DELETE' THEN part := OLD; ELSE part := NEW; END IF;
    IF EXISTS (SELECT FROM requests_request WHERE id = part.request_id AND sent_at IS NOT NULL) THEN
        RAISE EXCEPTION 'The columns of a request that was sent stay' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN part;
END $$;

CREATE TRIGGER answers_stay BEFORE UPDATE OR DELETE ON requests_answer
    FOR EACH ROW EXECUTE FUNCTION requests_refuse_change();
CREATE TRIGGER sent_columns_stay BEFORE INSERT OR UPDATE OR DELETE ON requests_column
    FOR EACH ROW EXECUTE FUNCTION requests_refuse_sent_column();
"""

BACKWARD = """
DROP TRIGGER answers_stay ON requests_answer;
DROP TRIGGER sent_columns_stay ON requests_column;
DROP FUNCTION requests_refuse_change();
DROP FUNCTION requests_refuse_sent_column();
"""


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_quick_requests")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
