"""The consolidated report as a file of any kind."""

import json
from typing import Final

from diaban.foundation.acts.actor import Actor
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.pdf import render_pdf
from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.papers import notices_of_instance, report_paper
from diaban.work.reporting.tables import as_csv, as_xlsx

KINDS: Final = ("json", "csv", "xlsx", "docx", "pdf")
TYPES: Final = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def as_file(one: Consolidated, kind: str, *, actor: Actor) -> bytes:
    """The bytes of one of `KINDS`. DOCX and PDF are the official report, issued by the actor's body. Raises KeyError."""
    match kind:
        case "json":
            return (json.dumps(one.as_json(), ensure_ascii=False, indent=1) + "\n").encode()
        case "csv":
            return as_csv(one)
        case "xlsx":
            return as_xlsx(one, title=f"Biểu tổng hợp: {one.form.name}", notices=notices_of_instance())
        case "docx":
            return render_docx(report_paper(one, actor=actor))
        case "pdf":
            return render_pdf(report_paper(one, actor=actor))
    raise KeyError(kind)
