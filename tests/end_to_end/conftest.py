"""A district's desk: the form as it is handed out, filled by another program through the names of its cells."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from openpyxl import load_workbook

from diaban.faces.cli import reporting
from diaban.foundation.acts import clock
from diaban.work.reporting.tests.worlds import DISTRICT, TODAY, Reporting, a_reporting_world

FORM, PERIOD = "district_quarter_2009", "2009-Q4"
Fill = Callable[[bytes, Mapping[str, object]], bytes]
TICKS = ("BC01__", "VT01__")


@pytest.fixture(scope="module")
def here(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Reporting]:
    """Two districts that owe the report of the fourth quarter of 2009, on the short path; all undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined] # pytest-django's own class is not exported
        clock.start_on(TODAY)
        yield a_reporting_world(short_path=True)
        clock.start_on(None)
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def fill() -> Fill:
    """Put values into a workbook by the defined names of its cells."""

    def put(content: bytes, values: Mapping[str, object]) -> bytes:
        book = load_workbook(BytesIO(content))
        for name, value in values.items():
            ((sheet, place),) = book.defined_names[name].destinations
            book[sheet][place] = value  # type: ignore[assignment] # whatever a program types
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    return put


@pytest.fixture(scope="module")
def empty(here: Reporting) -> dict[str, bytes]:
    """The empty form of each district."""
    codes = {"D1": here.world.units["D1"], "D2": here.world.units["D2"]}
    by_code = {unit.versions.get().code: name for name, unit in codes.items()}
    return {
        by_code[code]: content for code, content in reporting.templates(FORM, PERIOD, list(by_code), for_excel=False)
    }


@pytest.fixture(scope="session")
def sound() -> dict[str, object]:
    """A district's figures as a program types them."""
    typed: dict[str, object] = {
        name: ("x" if text == "1" else "") if name.startswith(TICKS) else text
        for name, text in DISTRICT.items()
        if text or name.startswith(TICKS)
    }
    return typed | {"TEXT__direction": "Ban hành 03 văn bản.", "TEXT__next_tasks": "Sửa chữa đài truyền thanh."}


@pytest.fixture
def submit(tmp_path: Path) -> Callable[[bytes, str], dict[str, object]]:
    """`diaban report submit FILE --as USER`, and what it says."""

    def run(content: bytes, username: str) -> dict[str, object]:
        file = tmp_path / "bao-cao.xlsx"
        file.write_bytes(content)
        (result,) = reporting.submit([file], username, explain="Đã đối chiếu", only_draft=False)
        return result

    return run
