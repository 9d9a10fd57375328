"""Spreadsheets: strangers' workbooks and text tables read without harm, our own written."""

from diaban.lib.workbooks.cells import CellKind, CellRef, CellValue
from diaban.lib.workbooks.limits import Limits
from diaban.lib.workbooks.reading import Workbook, read_workbook
from diaban.lib.workbooks.refusals import UnreadableWorkbook, UnsafeWorkbook, WorkbookRefused

__all__ = [
    "CellKind",
    "CellRef",
    "CellValue",
    "Limits",
    "UnreadableWorkbook",
    "UnsafeWorkbook",
    "Workbook",
    "WorkbookRefused",
    "read_workbook",
]
