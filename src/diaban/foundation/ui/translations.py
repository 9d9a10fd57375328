"""Catalogues of translations: collected from code and templates, compiled without GNU gettext.

The source language is Vietnamese. `locale/en` translates our texts; `locale/vi` only what other packages say in English.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2]
LOCALE = PACKAGE / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
WITH_CONTEXT = frozenset({"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"})
WITH_PLURAL = frozenset({"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"})
LEFT_OUT = frozenset({"tests", "migrations", "locale"})

# No dates and no tools: a catalogue changes only with its texts.
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Địa Bàn\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Message = str | tuple[str, ...] | list[str]


def extract() -> int:
    """Bring the English catalogue up to the texts of today, keeping what is translated; the number of texts."""
    catalogue = _read(ENGLISH, "en")
    texts = _texts()
    catalogue.update(texts, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with ENGLISH.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalogue, no_location=True, sort_output=True, width=0, omit_header=True)
    return len(texts)


def missing() -> list[str]:
    """The texts of today that have no English, as they stand in the code."""
    catalogue = _read(ENGLISH, "en")
    return sorted(
        _first(text.id) for text in _texts() if text.id and not _is_translated(catalogue, text.id, text.context)
    )


def compile_catalogues() -> int:
    """Write the binary catalogue beside each text catalogue that is newer; the number of those written."""
    written = 0
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        binary = io.BytesIO()
        write_mo(binary, _read(source, source.parts[-3]))
        partial = target.with_suffix(f".{datetime.now(UTC).timestamp()}.part")
        partial.write_bytes(binary.getvalue())
        partial.replace(target)  # whoever starts beside us never reads half a file
        written += 1
    return written


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=language)


def _texts() -> Catalog:
    found = Catalog(locale="en", project="Địa Bàn", charset="utf-8")
    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        if LEFT_OUT.isdisjoint(file.relative_to(PACKAGE).parts):
            for message, context in _messages(file):
                found.add(message, context=context)
    return found


def _messages(file: Path) -> Iterator[tuple[Message, str | None]]:
    """(text or (singular, plural), context) of one file."""
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        lines = templatize(source, origin=str(file)).splitlines()
        source = "\n".join(line.lstrip() for line in lines)  # what is left is no text, but must not look indented
    for _line, function, arguments, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
        given = arguments if isinstance(arguments, tuple) else (arguments,)
        words = [str(one) for one in given if isinstance(one, str)]
        context = words.pop(0) if words and function in WITH_CONTEXT else None
        if len(words) > 1 and function in WITH_PLURAL:
            yield (words[0], words[1]), context
        elif words and words[0]:
            yield words[0], context


def _is_translated(catalogue: Catalog, text: Message, context: str | None) -> bool:
    message = catalogue.get(_first(text), context)
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _first(text: Message) -> str:
    return text if isinstance(text, str) else text[0]
