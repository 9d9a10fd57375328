"""The consolidated report as CSV and as a workbook that looks like the paper."""

import csv
import io

from django.utils.translation import override

from diaban.foundation.acts.actor import Actor
from diaban.foundation.documents.wide_xlsx import wide_xlsx
from diaban.work.reporting.consolidated import Consolidated, row_as_json
from diaban.work.reporting.form_paper import form_paper
from diaban.work.reporting.queries.units import unit_table
from diaban.work.reporting.unit_paper import unit_paper

CSV_MARK = "\N{BYTE ORDER MARK}"  # so that spreadsheet programs read Vietnamese letters


def as_csv(one: Consolidated) -> bytes:
    """One row a line: the keys of the JSON with names before them, numbers exact with a decimal point."""
    stream = io.StringIO()
    names = ("section", "name", "unit_name")
    writer = csv.DictWriter(stream, [*names, *row_as_json(one.rows[0])] if one.rows else names, lineterminator="\r\n")
    writer.writeheader()
    for table in one.tables:
        for entry in table.entries:
            words = {"section": table.block.title, "name": entry.label, "unit_name": entry.measure.unit_name}
            writer.writerow({**words, **row_as_json(entry.row)})
    return (CSV_MARK + stream.getvalue()).encode()


@override("vi")
def as_xlsx(one: Consolidated, *, actor: Actor) -> bytes:
    """The form as the paper prints it, and on a second sheet unit by unit. Numbers are numbers, signs are texts."""
    table = unit_table(one, one.layout.indicators)
    units = unit_paper(one, table, number=one.form.number, has_places=False, actor=actor)
    return wide_xlsx([("Biểu tổng hợp", form_paper(one, actor=actor)), ("Theo đơn vị", units)])
