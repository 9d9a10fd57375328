"""The workbook given back with what is wrong written at its cells."""

from collections.abc import Iterable

from diaban.lib.workbooks import CellRef, annotate, read_workbook
from diaban.work.reporting.cells import NAME
from diaban.work.reporting.validation import Finding
from diaban.work.reporting.workbook.key import FIGURES
from diaban.work.reporting.workbook.reading import LIMITS, located, read_key


def together(problems: Iterable[Finding], checked: Iterable[Finding]) -> list[Finding]:
    """What reading a workbook found and what `check_values` says of its figures, each fault of a cell once."""
    found = {(finding.cell, finding.code): finding for finding in checked}
    return list((found | {(problem.cell, problem.code): problem for problem in problems}).values())


def annotated(content: bytes, findings: Iterable[Finding]) -> bytes:
    """The same workbook with every finding as a comment at its cell, those without a place at the title.

    Raises `WorkbookRefused`.
    """
    workbook = read_workbook(content, limits=LIMITS)
    _key, places, _written = read_key(workbook)
    at = located(workbook, places)
    first = {name: ends[0] for name, ends in workbook.ranges.items()}
    title = CellRef(FIGURES if FIGURES in workbook.sheets else workbook.sheets[0], 7, 1)
    said: dict[CellRef, list[str]] = {}
    for finding in findings:
        name = finding.cell
        ref = at.get(name) or first.get(name) or at.get(f"{NAME}{name}") or at.get(f"REASON__{name}") or title
        mark = "Lỗi" if finding.is_error else "Cảnh báo"
        said.setdefault(ref, []).append(f"{mark}: {finding.message}")
    return annotate(content, {ref: "\n".join(lines) for ref, lines in said.items()})
