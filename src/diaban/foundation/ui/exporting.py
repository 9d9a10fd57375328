"""A list as a workbook to download, with the filters it is shown with."""

from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import Final

from django.http import FileResponse

from diaban.lib.workbooks import Column, write_table

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY: Final = 1024 * 1024  # bytes; a longer workbook waits on disk


def table_file(
    name: str, *, title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], notes: Sequence[str] = ()
) -> FileResponse:
    """Rows written as they come to a download called `name`.xlsx; none is kept in memory."""
    stream = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    write_table(stream, title=title, columns=columns, rows=rows, notes=notes)
    stream.seek(0)
    response = FileResponse(stream, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response
