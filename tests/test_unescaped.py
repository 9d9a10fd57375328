"""What goes into a page unescaped is named here, each with why it can hold no text of a user's that was not escaped before."""

import re
from pathlib import Path

import diaban

PACKAGE = Path(diaban.__file__).parent
RAW = re.compile(r"mark_safe\(|\|safe\b|autoescape off|SafeString\((?=[^)])|def __html__")
KNOWN = {
    "faces/web/templates/web/sections.html": "a chart: SVG written by lib.charts from an XML tree",
    "foundation/ui/elements.py": "the element maker, which escapes what it is given",
    "foundation/ui/forms.py": "choices whose every part is escaped where it is made",
    "foundation/ui/icons.py": "drawings of our own package, under a checked name",
    "foundation/ui/templatetags/ui.py": "widgets that Django rendered",
    "work/analysis/views/tables.py": "a chart: SVG written by lib.charts from an XML tree",
    "work/directives/display.py": "rows whose every part is escaped where it is made",
    "work/directives/views/things.py": "a chart: SVG written by lib.charts from an XML tree",
    "work/reporting/templates/reporting/course.html": "a chart: SVG written by lib.charts from an XML tree",
    "work/reporting/templatetags/reporting_rows.py": "a line break of our own",
    "work/requests/display.py": "rows whose every part is escaped where it is made",
}


def test_nothing_else_goes_into_a_page_unescaped() -> None:
    files = [path for suffix in ("*.py", "*.html") for path in PACKAGE.rglob(suffix) if "tests" not in path.parts]
    raw = {path.relative_to(PACKAGE).as_posix() for path in files if RAW.search(path.read_text("utf-8"))}

    assert raw == set(KNOWN)
