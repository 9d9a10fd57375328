"""A list as a workbook to download, with the filters it is shown with."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

from django.http import HttpResponse

from diaban.lib.workbooks import Column, write_table

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(
    name: str, *, title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], notes: Sequence[str] = ()
) -> HttpResponse:
    """Rows written as they come to a download called `name`.xlsx. Only the packed file is held: some 30 bytes a row."""
    stream = BytesIO()
    write_table(stream, title=title, columns=columns, rows=rows, notes=notes)
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response
