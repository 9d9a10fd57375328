"""Triggers: a published scheme is closed; the points of a signed board stand still, a published board wholly."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ranking_refuse_scheme_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
BEGIN
    IF TG_OP = 'DELETE' THEN part := OLD; ELSE part := NEW; END IF;
    IF EXISTS (SELECT FROM ranking_schemeversion v WHERE v.id = part.version_id AND v.published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'A published scheme is closed (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN part;
END $$;

CREATE FUNCTION ranking_refuse_points() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
BEGIN
    IF TG_OP = 'DELETE' THEN part := OLD; ELSE part := NEW; END IF;
    IF EXISTS (SELECT FROM ranking_board b WHERE b.id = part.board_id AND b.status IN ('signed', 'published')) THEN
        RAISE EXCEPTION 'The points of a signed board stand still (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN part;
END $$;

CREATE FUNCTION ranking_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% % is published and stays as it is', TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER published_clusters_stay BEFORE INSERT OR UPDATE OR DELETE ON ranking_cluster
    FOR EACH ROW EXECUTE FUNCTION ranking_refuse_scheme_part();
CREATE TRIGGER published_members_stay BEFORE INSERT OR UPDATE OR DELETE ON ranking_member
    FOR EACH ROW EXECUTE FUNCTION ranking_refuse_scheme_part();
CREATE TRIGGER published_criteria_stay BEFORE INSERT OR UPDATE OR DELETE ON ranking_criterion
    FOR EACH ROW EXECUTE FUNCTION ranking_refuse_scheme_part();
CREATE TRIGGER published_schemes_stay BEFORE UPDATE OR DELETE ON ranking_schemeversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION ranking_refuse_change();
CREATE TRIGGER signed_scores_stay BEFORE INSERT OR UPDATE OR DELETE ON ranking_score
    FOR EACH ROW EXECUTE FUNCTION ranking_refuse_points();
CREATE TRIGGER signed_results_stay BEFORE INSERT OR UPDATE OR DELETE ON ranking_result
    FOR EACH ROW EXECUTE FUNCTION ranking_refuse_points();
CREATE TRIGGER signed_appeals_stay BEFORE INSERT OR UPDATE OR DELETE ON ranking_appeal
    FOR EACH ROW EXECUTE FUNCTION ranking_refuse_points();
CREATE TRIGGER published_boards_stay BEFORE UPDATE OR DELETE ON ranking_board
    FOR EACH ROW WHEN (OLD.status = 'published') EXECUTE FUNCTION ranking_refuse_change();
"""

BACKWARD = """
DROP TRIGGER published_clusters_stay ON ranking_cluster;
DROP TRIGGER published_members_stay ON ranking_member;
DROP TRIGGER published_criteria_stay ON ranking_criterion;
DROP TRIGGER published_schemes_stay ON ranking_schemeversion;
DROP TRIGGER signed_scores_stay ON ranking_score;
DROP TRIGGER signed_results_stay ON ranking_result;
DROP TRIGGER signed_appeals_stay ON ranking_appeal;
DROP TRIGGER published_boards_stay ON ranking_board;
DROP FUNCTION ranking_refuse_change();
DROP FUNCTION ranking_refuse_points();
DROP FUNCTION ranking_refuse_scheme_part();
"""


class Migration(migrations.Migration):
    dependencies = [("ranking", "0001_schemes_boards_indices")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
