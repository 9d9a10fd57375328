"""The whole database in a few lines, to see that nothing changed."""

from django.db import connection

# Sign-in state is no act, and sequences are not rolled back.
APART = ("django_session",)


def everything() -> dict[str, str]:
    """A digest of the rows of every table."""
    tables = [name for name in sorted(connection.introspection.table_names()) if name not in APART]
    parts = [
        f"SELECT '{name}', md5(string_agg(kept::text, '|' ORDER BY kept::text)) FROM \"{name}\" kept"  # noqa: S608 (names of our own tables)
        for name in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {name: str(digest) for name, digest in cursor.fetchall()}


def changed_since(before: dict[str, str]) -> set[str]:
    """The tables whose rows are no longer what they were."""
    return {name for name, digest in everything().items() if before.get(name) != digest}
