"""A large table written as .xlsx, against XlsxWriter alone; each in a process of its own, for its memory."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from subprocess import run
from tempfile import TemporaryFile
from time import perf_counter

from bench.figure import Figure

ROWS, COLUMNS = 50_000, 20


def figures() -> Iterable[Figure]:
    ours, memory = _in_a_process("ours")
    reference, _memory = _in_a_process("alone")
    cells = ROWS * COLUMNS
    yield Figure("export as .xlsx, cells in a second", cells / ours, "cells/s", bar=250_000, at_least=True)
    yield Figure("  beside XlsxWriter alone", cells / ours, "cells/s", cells / reference)
    yield Figure("  memory it took at most", memory, "MiB", bar=100)


def _in_a_process(how: str) -> tuple[float, float]:
    """Seconds, and MiB of the whole process at its largest."""
    said = run([sys.executable, "-m", "bench.export", how], capture_output=True, check=True, text=True).stdout
    seconds, memory = said.split()
    return float(seconds), float(memory)


def rows() -> Iterator[tuple[object, ...]]:
    for number in range(ROWS):
        yield (f"Xã số {number}", *(number * place / 4 for place in range(1, COLUMNS)))


def ours() -> None:
    from diaban.lib.workbooks import Column, write_table

    columns = [Column("Đơn vị"), *(Column(f"Chỉ tiêu {number}", "decimal", 2) for number in range(1, COLUMNS))]
    with TemporaryFile() as file:
        write_table(file, title="Bảng", columns=columns, rows=rows())


def alone() -> None:
    import xlsxwriter

    with TemporaryFile() as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet, style = book.add_worksheet(), book.add_format({"num_format": "#,##0.00", "border": 1})
        for number, row in enumerate(rows()):
            sheet.write_string(number, 0, str(row[0]), style)
            for place, value in enumerate(row[1:], 1):
                sheet.write_number(number, place, value, style)


if __name__ == "__main__":
    since = perf_counter()
    {"ours": ours, "alone": alone}[sys.argv[1]]()
    took, status = perf_counter() - since, Path("/proc/self/status").read_text(encoding="ascii")
    # not what getrusage says: that begins with the size of the program that started this one
    print(took, int(re.findall(r"VmHWM:\s*(\d+) kB", status)[0]) / 1024)
