"""A named database is used like the embedded one, but for what its address says."""

from diaban.config.environment import PLANNED_ONCE, parse_postgres


def test_statements_are_planned_once_on_a_named_database_too() -> None:
    read = parse_postgres("postgresql://an:m%40t@db.example:5433/diaban?sslmode=require")

    assert read["OPTIONS"] == {**PLANNED_ONCE, "sslmode": "require"}
    assert (read["NAME"], read["PASSWORD"], read["HOST"], read["PORT"]) == ("diaban", "m@t", "db.example", "5433")
