"""What is handed out as a file, made for whoever asks: never shown inline, never kept by the way."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

from django.http import HttpResponse

from diaban.lib.workbooks import Column, write_table

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    """The content as a file of that name, which is plain ASCII."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def table_file(
    name: str, *, title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], notes: Sequence[str] = ()
) -> HttpResponse:
    """Rows written as they come to a download called `name`.xlsx. Only the packed file is held: some 30 bytes a row."""
    stream = BytesIO()
    write_table(stream, title=title, columns=columns, rows=rows, notes=notes)
    return attachment(stream.getvalue(), XLSX, f"{name}.xlsx")
