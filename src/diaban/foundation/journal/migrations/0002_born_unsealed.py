from django.db import migrations

# A row is born without a seal, and the moment of its recording is the database's own, whatever the statement says.
BORN_UNSEALED = """
CREATE FUNCTION journal_born_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seal_id IS NOT NULL OR NEW.position_in_seal IS NOT NULL THEN
        RAISE EXCEPTION 'the journal is append-only: a row is born unsealed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.recorded_at := statement_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER born_unsealed BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_born_unsealed();
CREATE TRIGGER born_unsealed BEFORE INSERT ON journal_reading FOR EACH ROW EXECUTE FUNCTION journal_born_unsealed();
"""
BORN_ANYHOW = """
DROP TRIGGER born_unsealed ON journal_entry; DROP TRIGGER born_unsealed ON journal_reading;
DROP FUNCTION journal_born_unsealed();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_ground")]

    operations = [migrations.RunSQL(BORN_UNSEALED, BORN_ANYHOW)]
