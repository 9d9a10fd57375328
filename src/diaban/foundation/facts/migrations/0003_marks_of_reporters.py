"""Rollups tell two sets of reporters apart; those that there are get their marks from the facts."""

from django.db import migrations, models

FROM_FACTS = """
    UPDATE facts_rollup rollup SET mark = found.mark
    FROM (
        SELECT fact.collection_id, fact.period_id, unit.level, place.ancestor_id AS province_id, fact.indicator_id,
               fact.category_id, bit_xor(hashint8extended(fact.unit_id, coalesce(fact.contributor_id, 0))) AS mark
        FROM facts_fact fact
        JOIN facts_periodrow period ON period.id = fact.period_id
        JOIN territory_containment place ON place.descendant_id = fact.unit_id AND place.valid @> (period.ends_on - 1)
        JOIN territory_unit province ON province.id = place.ancestor_id AND province.level = 'province'
        JOIN territory_unit unit ON unit.id = fact.unit_id
        WHERE fact.superseded_at IS NULL
        GROUP BY 1, 2, 3, 4, 5, 6
    ) found
    WHERE rollup.collection_id = found.collection_id AND rollup.period_id = found.period_id
          AND rollup.level = found.level AND rollup.province_id = found.province_id
          AND rollup.indicator_id = found.indicator_id AND rollup.category_id = found.category_id
"""


class Migration(migrations.Migration):
    dependencies = [("facts", "0002_total")]

    operations = [
        migrations.AddField("rollup", "mark", models.BigIntegerField(default=0), preserve_default=False),
        migrations.RunSQL(FROM_FACTS, migrations.RunSQL.noop),
        migrations.AddIndex(
            "fact",
            models.Index(
                fields=["collection", "period", "indicator"],
                condition=models.Q(value=None, superseded_at=None),
                name="current_reasons",
            ),
        ),
    ]
