"""One consolidated report as a file, in every format that it is asked for."""

import json
from collections.abc import Callable

from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.pdf import render_pdf
from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.papers import report_paper
from diaban.work.reporting.tables import as_csv, as_xlsx


def as_file(one: Consolidated, kind: str, *, actor: Actor) -> bytes:
    """The bytes of `kind`, one of `KINDS`. Raises KeyError for another."""
    return KINDS[kind](one, actor)


def _json(one: Consolidated, actor: Actor) -> bytes:
    return json.dumps(one.as_json(), ensure_ascii=False, indent=1).encode()


def _xlsx(one: Consolidated, actor: Actor) -> bytes:
    title = _("Biểu tổng hợp: %(name)s") % {"name": one.form.name}
    return as_xlsx(one, title=title, notices=report_paper(one, actor=actor).notices)


KINDS: dict[str, Callable[[Consolidated, Actor], bytes]] = {
    "xlsx": _xlsx,
    "csv": lambda one, actor: as_csv(one),
    "json": _json,
    "docx": lambda one, actor: render_docx(report_paper(one, actor=actor)),
    "pdf": lambda one, actor: render_pdf(report_paper(one, actor=actor)),
}
