"""What a signed paper's own text says of it: number, day, type, excerpt, issuer, signer. Proposals for whoever registers it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from diaban.foundation.documents.numbering import TYPES, BadNumber, parse_number

PAGES = 2  # head and excerpt stand on the first; a long heading runs on
LONGEST = 20_000  # characters read
_NUMBER = re.compile(r"(?im)^\s*Số\s*:?\s*(\d[\d\s]*/[^\s]{2,40})")
_DAY = re.compile(r"(?i)ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_SHORT_SUBJECT = re.compile(r"(?im)^\s*(?:V/v|Về việc)\s*:?\s*(.+)$")
_MOTTO = re.compile(r"(?i)cộng h[oòóỏõọ][aàáảãạ]\s*xã hội chủ nghĩa việt nam|độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc")
_ISSUER = re.compile(
    r"(?i)^(ủy ban|uỷ ban|hội đồng|sở|bộ|cục|phòng|văn phòng|ban|thanh tra|công an|tỉnh ủy|tỉnh uỷ|chi cục)\b"
)
_BODY = re.compile(r"(?i)^(căn cứ|kính gửi|thực hiện|theo đề nghị|i\.|1\.|điều 1)")
_TYPES = {kind.name.upper(): kind for kind in TYPES.values()}


@dataclass(frozen=True)
class Proposal:
    """What was found; blank where nothing was."""

    number: str = ""
    issued_on: date | None = None
    type_code: str = ""
    title: str = ""
    issuer: str = ""


def propose(pdf: bytes) -> Proposal:
    """Read the text layer of a PDF's first pages. A scan without one, or a broken file, proposes nothing."""
    return propose_from(text_of(pdf))


def text_of(pdf: bytes) -> str:
    """The text of the first pages in NFC, line by line; blank where there is none to read."""
    try:
        reader = PdfReader(BytesIO(pdf))
        pages = [page.extract_text() for page in reader.pages[:PAGES]]
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError):
        return ""  # strangers' files: what cannot be read is typed by hand
    return unicodedata.normalize("NFC", "\n".join(pages))[:LONGEST]


def propose_from(text: str) -> Proposal:
    """As `propose`, from the text."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    number, day = _number_in(text), _DAY.search(text)
    type_code, title = _titled(lines)
    return Proposal(
        number=number,
        issued_on=_day(day) if day else None,
        type_code=type_code or _type_of(number),
        title=title or _short_subject(lines),
        issuer=_issuer(lines),
    )


def _number_in(text: str) -> str:
    found = _NUMBER.search(text)
    if found is None:
        return ""
    written = "".join(found[1].split())
    try:
        return str(parse_number(written))
    except BadNumber:
        return written


def _type_of(number: str) -> str:
    try:
        return parse_number(number).type_code if number else ""
    except BadNumber:
        return ""


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _titled(lines: list[str]) -> tuple[str, str]:
    """The type's name on a line of its own, and the excerpt below it."""
    for place, line in enumerate(lines):
        kind = _TYPES.get(line.upper()) if line.isupper() else None
        if kind is not None:
            return kind.code, _joined(lines[place + 1 :])
    return "", ""


def _short_subject(lines: list[str]) -> str:
    for place, line in enumerate(lines):
        found = _SHORT_SUBJECT.match(line)
        if found:
            return _joined([found[1], *lines[place + 1 :]])
    return ""


def _joined(lines: list[str]) -> str:
    """The lines of an excerpt: up to a blank one, or where the paper itself begins."""
    kept: list[str] = []
    for line in lines[:6]:
        is_over = not line or _BODY.match(line) or _DAY.search(line) or set(line) <= set("-_–— ")
        if is_over and kept:
            break
        if not is_over:
            kept.append(line)
    return " ".join(kept)[:500]


def _issuer(lines: list[str]) -> str:
    """The last line in capitals above the number that names an agency, without the motto beside it."""
    for line in reversed(lines[:12]):
        name = _MOTTO.sub("", line).strip()
        if name.isupper() and _ISSUER.match(name):
            return name.capitalize()
    return ""
