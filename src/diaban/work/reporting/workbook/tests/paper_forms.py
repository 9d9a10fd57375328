"""The forms of the product as plain layouts, read from their files: no database."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import diaban.foundation.facts
from diaban.work.reporting.layout import Block, Heading, Layout, Line, Measure, Part, Rule, Valid
from diaban.work.reporting.loading import FormFile, columns, number, read_forms
from diaban.work.reporting.workbook import Head, Key

CATALOGUE = Path(diaban.foundation.facts.__file__).parent / "data"
LAST_DAYS = {"commune_quarter_2026": date(2026, 3, 14), "district_quarter_2009": date(2009, 12, 31)}


@cache
def layout_of(code: str) -> Layout:
    """A form of the product by its code."""
    source = next(form for form in read_forms() if form.code == code)
    heads = {int(record["section_no"]): record for record in source.rows}
    return Layout(
        version_id=1,
        blocks=tuple(Block(no, row["section_vi"], row["recipient"], source.fields[no]) for no, row in heads.items()),
        lines=tuple(_line(source, record) for record in source.rows),
        measures={record["id"]: _measure(record) for record in _records("catalogue")},
        headings=tuple(
            Heading(
                record["code"],
                record["part"],
                record["heading_vi"],
                record["kind"],
                record["required"] == "yes",
                tuple((code, label) for code, label in columns(record["columns"])),
            )
            for record in source.narratives
        ),
        rules=tuple(
            Rule(record["id"], record["kind"], record["expression"], record["message_vi"]) for record in source.checks
        ),
    )


def head_of(code: str = "commune_quarter_2026", *, unit: str = "00697", period: str = "nd09:2026-Q1") -> Head:
    return Head(
        key=Key(code, 1, unit, period),
        title="Báo cáo công tác khoa học, công nghệ, chuyển đổi số, thông tin quý của xã",
        form_number="01/TTTT-X",
        reporter="Ủy ban nhân dân xã Bắc Quang",
        receiver="Sở Khoa học và Công nghệ tỉnh Tuyên Quang",
        period_label="Quý I/2026",
        span_label="từ 15/12/2025 đến 14/03/2026",
        basis="Quyết định của Ủy ban nhân dân tỉnh",
    )


def _line(source: FormFile, record: dict[str, str]) -> Line:
    labels = {row["code"]: row for row in source.members.get((record["indicator"], record["dimension"]), ())}
    members = [row for row in _records("dimensions") if row["dimension"] == record["dimension"]]
    ordered = sorted(members, key=lambda row: int(labels[row["code"]]["order"]) if row["code"] in labels else 999)
    return Line(
        position=int(record["order"]),
        section=int(record["section_no"]),
        indicator=record["indicator"],
        dimension=record["dimension"],
        mode=record["mode"],
        required=record["required"],
        provider=record["provider"],
        frequency=record["row_frequency"],
        prefill_last=record["prefill_last"] == "yes",
        least=number(record["plausible_min"]),
        most=number(record["plausible_max"]),
        note=record["note_vi"],
        parts=tuple(
            Part(row["code"], labels[row["code"]]["label_vi"] if row["code"] in labels else row["name_vi"], _valid(row))
            for row in ordered
        ),
    )


def _measure(record: dict[str, str]) -> Measure:
    return Measure(
        code=record["id"],
        name=record["name_vi"],
        unit_name=record["unit_vi"],
        value_type=record["value_type"],
        digits=int(record["display_digits"] or 0),
        least=number(record["min"]),
        most=number(record["max"]),
        numerator=record["numerator"],
        denominator=record["denominator"],
        scale=Decimal(record["scale"] or 1),
        formula=record["formula"],
        valid=_valid(record),
    )


def _valid(record: dict[str, str]) -> Valid:
    first, last = record["valid_from"], record["valid_to"]
    return Valid(
        date.fromisoformat(first) if first else None, date.fromisoformat(last) + timedelta(days=1) if last else None
    )


def _records(name: str) -> list[dict[str, str]]:
    with (CATALOGUE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
