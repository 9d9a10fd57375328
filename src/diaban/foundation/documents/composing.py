"""From a paper to its finished lines: numbers of headings, punctuation of lists, dates, references, notices.

Both renderers print what is composed here, so DOCX and PDF say the same to the letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from diaban.foundation.documents.content import (
    Annex,
    Block,
    Bullets,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Sheet,
    Signer,
    Spacer,
    Table,
)
from diaban.foundation.documents.layout import ND30, Family
from diaban.foundation.documents.numbering import TYPES
from diaban.foundation.documents.stored import printable

END_MARK = "./."
# The Vietnamese alphabet without the vowels that carry marks: points a), b), c), d), đ), e), g) …
POINTS = "abcdđeghiklmnopqrstuvxy"
_DECIDING = {"NQ": "QUYẾT NGHỊ:", "QĐ": "QUYẾT ĐỊNH:"}
_BLANK_NUMBER = "\u00a0" * 8
_BLANK_DAY = "\u00a0" * 4


@dataclass(frozen=True, slots=True)
class ComposedAnnex:
    label: str
    title: str
    reference: str
    landscape: bool
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """Finished lines, box by box (Annex I part I.IV). An empty text or tuple means the box is not there."""

    superior: str
    agency: str
    number_line: str
    short_subject: str
    place_date: str
    type_name: str
    subject: str
    notices: tuple[str, ...]
    addressees: tuple[str, ...]
    enacting: str
    bases: tuple[str, ...]
    deciding: str
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signer: Signer
    secretary: Signer | None
    annexes: tuple[ComposedAnnex, ...]
    file_title: str


def compose(paper: Paper, family: Family = ND30) -> Composed:
    """Everything a renderer needs, in order, in the letters to be printed."""
    paper = printable(paper)
    kind = TYPES[paper.type_code]
    letter = kind.abbreviation is None
    subject = paper.subject.rstrip(" .")
    return Composed(
        superior=(paper.agency.superior or "").upper(),
        agency=paper.agency.name.upper(),
        number_line=f"Số: {paper.number or f'{_BLANK_NUMBER}/{paper.symbol}'}",
        short_subject=f"V/v {subject}" if letter else "",
        place_date="" if paper.type_code == "BB" else place_and_date(paper),
        type_name="" if letter else kind.name.upper(),
        subject="" if letter else subject,
        notices=notices_of(paper, family),
        addressees=_listed(paper.addressees) if len(paper.addressees) > 1 else paper.addressees,
        enacting=(paper.enacting or "").upper(),
        bases=_punctuated(paper.bases),
        deciding=_DECIDING.get(paper.type_code, ""),
        body=close_with_mark(end_items(label_headings(paper.body))),
        recipients=_listed(paper.recipients),
        signer=_capital(paper.signer),
        secretary=_capital(paper.secretary) if paper.secretary else None,
        annexes=tuple(_annex(paper, annex, at) for at, annex in enumerate(paper.annexes, start=1)),
        file_title=f"{kind.name} {paper.subject}" if not letter else f"Công văn V/v {paper.subject}",
    )


def compose_sheet(sheet: Sheet) -> Composed:
    """The boxes of a working page: whose it is, what it is called, its day and its body."""
    return Composed(
        superior=(sheet.agency.superior or "").upper(),
        agency=sheet.agency.name.upper(),
        number_line="",
        short_subject="",
        place_date=f"{sheet.agency.place}, {date_in_words(sheet.day)}",
        type_name=sheet.title.upper(),
        subject=sheet.subject,
        notices=sheet.notices,
        addressees=(),
        enacting="",
        bases=(),
        deciding="",
        body=end_items(label_headings(sheet.body)),
        recipients=(),
        signer=Signer(""),
        secretary=None,
        annexes=(),
        file_title=f"{sheet.title} {sheet.subject}",
    )


def date_in_words(day: date | None, expected: date | None = None) -> str:
    """“ngày 05 tháng 01 năm 2026”: days below ten and months 1 and 2 carry a zero. Not yet issued, the day is blank."""
    known = day or expected
    number = f"{day.day:02d}" if day else _BLANK_DAY
    month = (f"{known.month:02d}" if known.month < 3 else str(known.month)) if known else _BLANK_DAY
    return f"ngày {number} tháng {month} năm {known.year if known else _BLANK_NUMBER}"


def place_and_date(paper: Paper) -> str:
    return f"{paper.agency.place}, {date_in_words(paper.issued_on, paper.expected_on)}"


def notices_of(paper: Paper, family: Family) -> tuple[str, ...]:
    """The paper's notices, and one more if it bears a day before its form was law: nobody shall take it for the original."""
    if family.holds_on(paper.day):
        return paper.notices
    return (*paper.notices, f"Bản phục dựng minh họa, thể thức {family.basis}")


def label_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Headings with their numbers before the text: `I. TITLE IN CAPITALS`, `1. Title`, `a) Title`; level 4 has none."""
    counts = [0, 0, 0, 0]
    labelled: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            block = Heading(block.level, _label(block, counts[block.level - 1]))
        labelled.append(block)
    return tuple(labelled)


def end_items(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Lists with their signs: `;` after each item and `.` after the last; sentences of their own end with `.` each."""
    return tuple(Bullets(_ended(block.items)) if isinstance(block, Bullets) else block for block in blocks)


def _ended(items: tuple[str, ...]) -> tuple[str, ...]:
    is_text = any(". " in item or item.rstrip().endswith((".", "?", "!")) for item in items)
    ends = ["." if is_text or at == len(items) else ";" for at in range(1, len(items) + 1)]
    closed = (".", ";", ":", "?", "!", "…")
    bare = [item.rstrip() for item in items]
    return tuple(item if item.endswith(closed) else f"{item}{end}" for item, end in zip(bare, ends, strict=True))


def close_with_mark(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body with `./.` after its last word; after a table or a picture the mark is a line of its own. A form that is signed
    below its table bears none."""
    last = next((at for at in range(len(blocks) - 1, -1, -1) if not isinstance(blocks[at], Spacer | PageBreak)), None)
    if last is None:
        return blocks
    block = blocks[last]
    if isinstance(block, Table) and block.sign_off:
        return blocks
    if isinstance(block, Paragraph):
        closed: Block = replace(block, text=_marked(block.text))
    elif isinstance(block, Bullets) and block.items:
        closed = Bullets((*block.items[:-1], _marked(block.items[-1])))
    else:
        return (*blocks[: last + 1], Paragraph(END_MARK), *blocks[last + 1 :])
    return (*blocks[:last], closed, *blocks[last + 1 :])


def roman(number: int) -> str:
    """1 to 3999 in Roman numerals."""
    parts = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    text = ""
    for value, letters in parts:
        count, number = divmod(number, value)
        text += letters * count
    return text


def point_letter(number: int) -> str:
    """The letter of the n-th point from 1; after the last letter they double: `y`, `aa`, `bb`."""
    turn, at = divmod(number - 1, len(POINTS))
    return POINTS[at] * (turn + 1)


def _label(heading: Heading, count: int) -> str:
    labels = {1: f"{roman(count)}. {heading.text.upper()}", 2: f"{count}. {heading.text}"}
    labels[3] = f"{point_letter(count)}) {heading.text}"
    return labels.get(heading.level, heading.text)


def _marked(text: str) -> str:
    return text.rstrip().removesuffix(END_MARK).rstrip(" .") + END_MARK


def _punctuated(lines: tuple[str, ...]) -> tuple[str, ...]:
    bare = [line.strip().rstrip(";.").rstrip() for line in lines]
    return tuple(f"{line}{'.' if at == len(bare) else ';'}" for at, line in enumerate(bare, start=1))


def _listed(lines: tuple[str, ...]) -> tuple[str, ...]:
    return _punctuated(tuple(line.strip().removeprefix("-") for line in lines))


def _capital(signer: Signer) -> Signer:
    lines = tuple(line.upper() for line in signer.on_behalf_of)
    return Signer(title=signer.title.upper(), name=signer.name, on_behalf_of=lines)


def _annex(paper: Paper, annex: Annex, at: int) -> ComposedAnnex:
    label = "Phụ lục" if len(paper.annexes) == 1 else f"Phụ lục {roman(at)}"
    reference = annex.reference or annex_reference(paper)
    body = end_items(label_headings(annex.body))
    # Under the signatures of a form the mark would stand alone; a worded annex ends like its paper.
    closed = body if any(isinstance(block, Table) for block in body[-1:]) else close_with_mark(body)
    return ComposedAnnex(label, annex.title.upper(), reference, annex.landscape, closed)


def annex_reference(paper: Paper) -> str:
    """“(Kèm theo Báo cáo số 05/BC-STTTT ngày 23 tháng 10 năm 2026 của …)”, blanks where a draft has blanks."""
    number = paper.number or f"{_BLANK_NUMBER}/{paper.symbol}"
    day = date_in_words(paper.issued_on, paper.expected_on)
    return f"(Kèm theo {TYPES[paper.type_code].name} số {number} {day} của {paper.agency.name})"
