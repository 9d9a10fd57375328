"""124 workbooks taken in, checked, sent, received and consolidated, against a script that only reads and adds them up."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas

from bench.figure import Figure, Stopwatch
from bench.ground import a_world

if TYPE_CHECKING:  # Django is not there yet when the figures are named
    from diaban.lib.periods import Period
    from diaban.work.reporting.layout import Layout

FORM, PERIOD, PROVINCE = "commune_quarter_2026", "2026-Q1", "08"
DEPARTMENTS = ("chuyenvien", "chuyenvien.vhttdl", "canbo.congan")
SHEET = "Biểu số liệu"
COMPARED = ("CN18", "TT17")  # typed in one cell, so that the script can find their sums too


def figures() -> Iterable[Figure]:
    with a_world("bench_intake"), TemporaryDirectory() as folder:
        yield from _measured(Path(folder))


def _measured(folder: Path) -> Iterable[Figure]:
    from bench.filling import fill_file
    from diaban.faces.cli import reporting
    from diaban.faces.cli.cores import on_every_core
    from diaban.faces.cli.reports import form_and_period, unit_at
    from diaban.work.reporting.queries.layouts import layout_of, version_on

    with Stopwatch() as making:
        codes = reporting.expected_codes(FORM, PERIOD)
        for code, content in reporting.templates(FORM, PERIOD, codes, for_excel=False):
            (folder / f"{code}.xlsx").write_bytes(content)
    form, period = form_and_period(FORM, PERIOD)
    layout = layout_of(version_on(form.pk, period.last_day).pk)
    for code in codes:
        fill_file(folder / f"{code}.xlsx", layout, period, unit_at(code, period))
    labels = {code: layout.measures[code].name for code in COMPARED}
    with Stopwatch() as script:
        sums = _read_and_group(folder, labels)
    with Stopwatch() as submitting:
        # Every commune sends its own; as many at a time as there are cores, as one clerk's many files would be.
        for taken in on_every_core(lambda code: _submit(folder / f"{code}.xlsx", code), codes):
            assert taken.get("status") == "sent", taken
    with Stopwatch() as receiving:
        received = [
            result["sections"] for user in DEPARTMENTS for result in reporting.receive(FORM, PERIOD, None, user)
        ]
    assert len(received) == len(DEPARTMENTS) * len(codes)
    with Stopwatch() as consolidating:
        total = _consolidated(period)
    assert all(total[code] == sums[code] for code in COMPARED), (total, sums)
    checking = _checked(folder, codes, layout, period)
    parts = {"checked and sent": submitting, "received": receiving, "consolidated": consolidating}
    ours = sum(part.seconds for part in parts.values())
    told = ", ".join(f"{name} {part.seconds:.1f} s" for name, part in parts.items())
    yield Figure("workbook made", making.seconds / len(codes), "s", bar=0.1, note=f"mean of {len(codes)}")
    yield Figure("workbook checked", checking, "s", bar=0.15, note=f"mean of {len(codes)}, nothing saved")
    yield Figure(f"{len(codes)} workbooks to the consolidated table", ours, "s", script.seconds, 1, note=told)


def _submit(file: Path, code: str) -> dict[str, object]:
    from diaban.faces.cli import reporting

    (taken,) = reporting.submit([file], f"cb{code}", explain="Đã kiểm tra", only_draft=False)
    return taken


def _read_and_group(folder: Path, labels: Mapping[str, str]) -> dict[str, Decimal]:
    """What a script in a department does: read the sheet of each file, add the figures up by the row's label."""
    tables = [
        pandas.read_excel(
            file, sheet_name=SHEET, header=None, usecols="B,F", names=["row", "figure"], engine="openpyxl"
        )
        for file in sorted(folder.glob("*.xlsx"))
    ]
    joined = pandas.concat(tables)
    joined["figure"] = pandas.to_numeric(joined["figure"], errors="coerce")
    sums = joined.groupby("row")["figure"].sum()
    return {code: Decimal(str(sums[label])) for code, label in labels.items()}


def _checked(folder: Path, codes: Sequence[str], layout: "Layout", period: "Period") -> float:
    """Seconds to read a workbook and to find all that is wrong with its figures, without a database."""
    from diaban.work.reporting.cells import cells_of
    from diaban.work.reporting.filling import filled
    from diaban.work.reporting.models import ReportVersion
    from diaban.work.reporting.queries.figures import entry_of
    from diaban.work.reporting.services.saving import contents_of
    from diaban.work.reporting.validation import check_values
    from diaban.work.reporting.workbook import read_filled

    cells = cells_of(layout, period.last_day)
    with Stopwatch() as watch:
        for code in codes:
            taken = read_filled((folder / f"{code}.xlsx").read_bytes())
            draft = filled(contents_of(ReportVersion()), cells, taken.filling)
            check_values(layout, period.last_day, entry_of(ReportVersion(**draft.contents)))
    return watch.seconds / len(codes)


def _consolidated(period: "Period") -> dict[str, Decimal]:
    """The province's table as JSON would give it; the totals that the script found too."""
    from diaban.foundation.acts import clock
    from diaban.foundation.acts.actor import SettingUp
    from diaban.foundation.territory.queries import unit_on
    from diaban.work.reporting.consolidated import consolidated

    one = consolidated(
        form_code=FORM,
        period=period,
        unit_id=unit_on(PROVINCE, period.last_day).pk,
        actor=SettingUp("bench", clock.today()),
    )
    rows = {row["indicator"]: row for row in one.as_json()["rows"] if row["category"] == ""}
    return {code: Decimal(rows[code]["value"]) for code in COMPARED}
