"""The layout that records would make, for preview, checks and burden, before anything is published."""

from decimal import Decimal

from diaban.work.reporting.designing.catalogue import Catalogue
from diaban.work.reporting.designing.records import YES, Record, Records
from diaban.work.reporting.layout import Block, Heading, Layout, Line, Part, Rule

BY_PARTS = frozenset({"split", "ofwhich", "list"})


def layout_from(records: Records, catalogue: Catalogue) -> Layout:
    """The form's layout as far as its records can be made sense of: lines with an unknown indicator or part are left out."""
    sections = {record["number"] for record in records["sections"] if record["number"]}
    lines = tuple(
        _line(position, record, _parts(record, records, catalogue))
        for position, record in enumerate(records["lines"], 1)
        if record["indicator"] in catalogue.measures
        and record["section"] in sections
        and _has_its_parts(record, catalogue)
    )
    return Layout(
        version_id=0,
        blocks=tuple(
            Block(int(one["number"]), one["title"], one["recipient"], one["field"], title_en=one.get("title_en", ""))
            for one in sorted(records["sections"], key=lambda one: int(one["number"] or 0))
            if one["number"]
        ),
        lines=lines,
        measures=catalogue.measures,
        headings=tuple(_heading(one, records) for one in records["headings"] if one["code"]),
        rules=tuple(
            Rule(one["code"], one["kind"], one["expression"], one["message"])
            for one in records["rules"]
            if one["expression"]
        ),
    )


def _has_its_parts(record: Record, catalogue: Catalogue) -> bool:
    if record["mode"] in BY_PARTS:
        return record["dimension"] in catalogue.dimensions
    is_ratio = record["mode"] == "ratio"
    return bool(record["mode"]) and (not is_ratio or bool(catalogue.measures[record["indicator"]].numerator))


def _parts(record: Record, records: Records, catalogue: Catalogue) -> tuple[Part, ...]:
    """All members of the dimension, those with a label of the form first and in its order (as a published version has them)."""
    if record["mode"] not in BY_PARTS:
        return ()
    key = record["indicator"], record["dimension"]
    labels = {one["code"]: one["label"] for one in records["members"] if (one["indicator"], one["dimension"]) == key}
    order = {code: place for place, code in enumerate(labels)}
    members = catalogue.dimensions.get(record["dimension"], ())
    return tuple(
        Part(part.code, labels.get(part.code) or part.label, part.valid)
        for part in sorted(members, key=lambda part: order.get(part.code, len(order)))
    )


def _line(position: int, record: Record, parts: tuple[Part, ...]) -> Line:
    return Line(
        position=position,
        section=int(record["section"]),
        indicator=record["indicator"],
        dimension=record["dimension"] if parts else "",
        mode=record["mode"],
        required=record["required"] or "no",
        provider=record["provider"] or "locality",
        frequency=record["frequency"] or "every",
        prefill_last=record["prefill_last"] == YES,
        least=Decimal(record["least"]) if record["least"] else None,
        most=Decimal(record["most"]) if record["most"] else None,
        note=record["note"],
        parts=parts,
    )


def _heading(record: Record, records: Records) -> Heading:
    columns = tuple((one["code"], one["label"]) for one in records["columns"] if one["heading"] == record["code"])
    return Heading(
        code=record["code"],
        part=record["part"],
        heading=record["heading"],
        kind=record["kind"] or "text",
        required=record["required"] == YES,
        columns=columns if record["kind"] == "rows" else (),
    )
