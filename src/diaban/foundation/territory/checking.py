"""What must be true of the territory and no constraint can say; `diaban doctor` asks."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from diaban.foundation.acts import clock
from diaban.foundation.territory.derived import differences

SPANS = """
    WITH span AS (
        SELECT unit.id, unit.level, range_agg(version.valid) AS days, max(version.code) AS code
        FROM territory_unit unit LEFT JOIN territory_unitversion version ON version.unit_id = unit.id
        GROUP BY unit.id
    )
"""
NO_VERSION = "SELECT id::text FROM span WHERE days IS NULL"
HOLE = "SELECT code FROM span WHERE (SELECT count(*) FROM unnest(days)) > 1"
PARENT_ABSENT = """
    SELECT version.code FROM territory_unitversion version JOIN span parent ON parent.id = version.parent_id
    WHERE NOT parent.days @> version.valid
"""
PARENT_NOT_ABOVE = """
    SELECT version.code FROM territory_unitversion version
    JOIN territory_unit unit ON unit.id = version.unit_id JOIN territory_unit parent ON parent.id = version.parent_id
    WHERE array_position(%(levels)s, parent.level::text) >= array_position(%(levels)s, unit.level::text)
"""
NO_PARENT = """
    SELECT version.code FROM territory_unitversion version JOIN territory_unit unit ON unit.id = version.unit_id
    WHERE version.parent_id IS NULL AND EXISTS (
        SELECT FROM span upper_unit
        WHERE array_position(%(levels)s, upper_unit.level::text) < array_position(%(levels)s, unit.level::text)
        AND upper_unit.days && version.valid
    )
"""
WRONG_DAY = """
    SELECT old.code || ' → ' || new.code FROM territory_succession succession
    JOIN span old ON old.id = succession.predecessor_id JOIN span new ON new.id = succession.successor_id
    WHERE upper(old.days) IS DISTINCT FROM succession.on OR lower(new.days) IS DISTINCT FROM succession.on
        OR old.level <> new.level
"""
NO_HEIR = """
    SELECT code FROM span WHERE level IN ('province', 'commune') AND NOT upper_inf(days)
    AND NOT EXISTS (SELECT FROM territory_succession succession WHERE succession.predecessor_id = span.id)
"""
NO_ORIGIN = """
    SELECT code FROM span WHERE level IN ('province', 'commune') AND NOT lower_inf(days)
    AND NOT EXISTS (SELECT FROM territory_succession succession WHERE succession.successor_id = span.id)
"""
LEVELS = ["country", "province", "district", "commune"]


@dataclass(frozen=True)
class Problem:
    """Something that must not be: a stable word, the code it is about (blank for a table), and a Vietnamese sentence."""

    kind: str
    code: str
    text: str

    def __str__(self) -> str:
        return self.text


def check_territory(on: date | None = None) -> list[Problem]:
    """Every problem of units, versions and successions, and of the derived tables as of `on`, today by default."""
    return [*_wrong_rows(), *_stale_tables(on or clock.today())]


def _wrong_rows() -> list[Problem]:
    queries = {
        "no_version": (NO_VERSION, _("đơn vị không có phiên bản nào")),
        "hole": (HOLE, _("có khoảng thời gian không có phiên bản nào")),
        "parent_absent": (PARENT_ABSENT, _("trực thuộc một đơn vị không tồn tại suốt thời gian đó")),
        "parent_not_above": (PARENT_NOT_ABOVE, _("trực thuộc một đơn vị không ở cấp trên")),
        "no_parent": (NO_PARENT, _("không trực thuộc đơn vị nào")),
        "wrong_day": (WRONG_DAY, _("ngày hoặc cấp của việc kế tục không khớp với hai đơn vị")),
        "no_heir": (NO_HEIR, _("đã chấm dứt mà không có đơn vị kế tục")),
        "no_origin": (NO_ORIGIN, _("được lập mà không rõ từ đơn vị nào")),
    }
    problems = []
    with connection.cursor() as cursor:
        for kind, (query, text) in queries.items():
            cursor.execute(SPANS + query + " ORDER BY 1", {"levels": LEVELS})
            problems += [Problem(kind, code, f"{code}: {text}") for (code,) in cursor.fetchall()]
    return problems


def _stale_tables(on: date) -> list[Problem]:
    found = differences(on)
    return [
        Problem(
            f"{table}_stale",
            "",
            _("Bảng %(table)s lệch với dữ liệu gốc: thiếu %(missing)d, thừa %(surplus)d dòng")
            % {"table": table, "missing": difference.missing, "surplus": difference.surplus},
        )
        for table, difference in (("containment", found.containment), ("coverage", found.coverage))
        if difference.missing or difference.surplus
    ]
