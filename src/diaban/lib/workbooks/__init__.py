"""Spreadsheets: strangers' workbooks and text tables read without harm, our own written."""

from diaban.lib.workbooks.annotating import annotate
from diaban.lib.workbooks.cells import CellKind, CellRef, CellValue
from diaban.lib.workbooks.limits import Limits
from diaban.lib.workbooks.package import is_workbook
from diaban.lib.workbooks.reading import Workbook, read_workbook
from diaban.lib.workbooks.refusals import UnreadableWorkbook, UnsafeWorkbook, WorkbookRefused
from diaban.lib.workbooks.separated import csv_lines, read_csv, write_csv
from diaban.lib.workbooks.writing import Column, ColumnKind, write_table

__all__ = [
    "CellKind",
    "CellRef",
    "CellValue",
    "Column",
    "ColumnKind",
    "Limits",
    "UnreadableWorkbook",
    "UnsafeWorkbook",
    "Workbook",
    "WorkbookRefused",
    "annotate",
    "csv_lines",
    "is_workbook",
    "read_csv",
    "read_workbook",
    "write_csv",
    "write_table",
]
