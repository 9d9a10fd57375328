"""One record of a form put in, changed, moved or taken out, with what depends on it. Records in, records out."""

from diaban.work.reporting.designing.records import Record, Records


def with_record(records: Records, table: str, number: int, record: Record) -> Records:
    """`record` in the place of the one of that number, or at the end. What names the old one by its key names the new one."""
    rows = list(records[table])
    old = rows[number] if number < len(rows) else None
    if old is None:
        rows.append(record)
    else:
        rows[number] = record
    changed = {**records, table: rows}
    return _followed(changed, table, old, record) if old else changed


def _followed(records: Records, table: str, old: Record, new: Record) -> Records:
    if table == "sections":
        lines = [
            {**line, "section": new["number"]} if line["section"] == old["number"] else line
            for line in records["lines"]
        ]
        return {**records, "lines": lines}
    if table == "headings":
        columns = [
            {**one, "heading": new["code"]} if one["heading"] == old["code"] else one for one in records["columns"]
        ]
        return {**records, "columns": columns}
    if table == "lines" and _key(old) != _key(new):
        return {**records, "members": [one for one in records["members"] if _key(one) != _key(old)]}
    return records


def without_record(records: Records, table: str, number: int) -> Records:
    """The record taken out, with its members or columns."""
    old = records[table][number]
    left = {**records, table: [one for place, one in enumerate(records[table]) if place != number]}
    if table == "lines":
        left["members"] = [one for one in records["members"] if _key(one) != _key(old)]
    if table == "headings":
        left["columns"] = [one for one in records["columns"] if one["heading"] != old["code"]]
    return left


def moved(records: Records, table: str, number: int, by: int) -> Records:
    """The record `by` one place up (-1) or down (1); of lines, the neighbour in the same section."""
    rows = list(records[table])
    other = number + by
    while 0 <= other < len(rows) and table == "lines" and rows[other]["section"] != rows[number]["section"]:
        other += by
    if 0 <= other < len(rows):
        rows[number], rows[other] = rows[other], rows[number]
    return {**records, table: rows}


def with_members(records: Records, line: Record, members: list[Record]) -> Records:
    """The members of one line in the place of those it had."""
    return {**records, "members": [one for one in records["members"] if _key(one) != _key(line)] + members}


def with_columns(records: Records, heading: str, columns: list[Record]) -> Records:
    return {**records, "columns": [one for one in records["columns"] if one["heading"] != heading] + columns}


def _key(record: Record) -> tuple[str, str]:
    return record["indicator"], record["dimension"]
