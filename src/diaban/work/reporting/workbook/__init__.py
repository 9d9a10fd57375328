"""A report's form as a workbook: made to look like the paper, filled at the locality or by a program, read back."""

from diaban.work.reporting.workbook.given import Comparison, Head
from diaban.work.reporting.workbook.key import Key, defined_name
from diaban.work.reporting.workbook.making import make_workbook
from diaban.work.reporting.workbook.marking import annotated, together
from diaban.work.reporting.workbook.of_reports import report_key, report_workbook
from diaban.work.reporting.workbook.reading import Filled, read_filled

__all__ = [
    "Comparison",
    "Filled",
    "Head",
    "Key",
    "annotated",
    "defined_name",
    "make_workbook",
    "read_filled",
    "report_key",
    "report_workbook",
    "together",
]
