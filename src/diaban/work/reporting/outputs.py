"""The consolidated report as a file of any kind."""

import json
from typing import Any, Final

from diaban.foundation.acts.actor import Actor
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.pdf import render_pdf
from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.exchange import data_value_set
from diaban.work.reporting.papers import report_paper
from diaban.work.reporting.tables import as_csv, as_xlsx

KINDS: Final = ("json", "csv", "xlsx", "docx", "pdf", "dhis2")
TYPES: Final = {
    "json": "application/json",
    "dhis2": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def as_file(one: Consolidated, kind: str, *, actor: Actor) -> bytes:
    """The bytes of one of `KINDS`. DOCX and PDF are the official report, issued by the actor's body.

    Raises KeyError, or `NotExpressible` where another system has no word for the period.
    """
    match kind:
        case "json":
            return _json(one.as_json())
        case "dhis2":
            return _json(data_value_set(one))
        case "csv":
            return as_csv(one)
        case "xlsx":
            return as_xlsx(one, actor=actor)
        case "docx":
            return render_docx(report_paper(one, actor=actor))
        case "pdf":
            return render_pdf(report_paper(one, actor=actor))
    raise KeyError(kind)


def _json(answer: dict[str, Any]) -> bytes:
    return (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode()
