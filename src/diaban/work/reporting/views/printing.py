"""A wide table of a consolidation as a download of any kind."""

from django.http import HttpResponse

from diaban.foundation.documents.wide import WideTable
from diaban.foundation.documents.wide_files import wide_file
from diaban.work.reporting.consolidated import Consolidated


def printed(one: Consolidated, table: WideTable, kind: str, name: str) -> HttpResponse:
    """The table of those figures as `name`-….kind."""
    return wide_file(table, kind, f"{name}-{one.form.code}-{one.period.code}-{one.unit.code}")
