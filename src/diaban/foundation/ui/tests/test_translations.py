"""Every text that users read has its English; catalogues need no tool that a fresh machine lacks."""

import os
import re
import shutil
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from diaban.foundation.ui import translations


@pytest.mark.slow
def test_every_text_has_an_english_one() -> None:
    assert translations.missing() == []


@pytest.fixture
def own_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(translations.LOCALE, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    monkeypatch.setattr(translations, "LOCALE", tmp_path / "locale")
    return tmp_path / "locale"


def test_catalogues_are_compiled_once(own_locale: Path) -> None:
    assert translations.compile_catalogues() == 2
    assert translations.compile_catalogues() == 0

    with (own_locale / "vi" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        assert GNUTranslations(file).gettext("Incorrect code.") == "Mã không đúng."


def test_a_newer_text_is_compiled_again(own_locale: Path) -> None:
    translations.compile_catalogues()
    binary = own_locale / "vi" / "LC_MESSAGES" / "django.mo"
    os.utime(binary, (0, 0))

    assert translations.compile_catalogues() == 1


def test_texts_of_code_and_templates_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "views.py").write_text(
        'from x import gettext_lazy as _\nA = _("Một")\nB = ngettext("%(n)d dòng", "%(n)d các dòng", 2)\nC = pgettext("nơi", "Năm")\n'
    )
    (tmp_path / "room" / "page.html").write_text(
        "{% load i18n %}\n  <p>{% translate 'Hai' %}</p>\n{% blocktranslate with x=y %}Ba {{ x }}{% endblocktranslate %}{% include 'a' with b=_('Bốn') %}"
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text('_("Không tính")')
    english = tmp_path / "django.po"
    english.write_text(translations.HEADER + 'msgid "Một"\nmsgstr "One"\n')
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    monkeypatch.setattr(translations, "ENGLISH", english)

    assert translations.missing() == ["%(n)d dòng", "Ba %(x)s", "Bốn", "Hai", "Năm"]
    assert translations.extract() == 6
    assert 'msgid "Một"\nmsgstr "One"' in english.read_text()
    assert translations.missing() == ["%(n)d dòng", "Ba %(x)s", "Bốn", "Hai", "Năm"]


def test_each_keeps_the_places_of_what_is_filled_in() -> None:
    with translations.ENGLISH.open("rb") as file:
        catalogue = read_po(file, locale="en")
    place = re.compile(r"%\(\w+\)[sd]|</?\w+>")

    wrong = [
        message.id
        for message in catalogue
        for text in ([message.string] if isinstance(message.string, str) else message.string or ())
        if message.id and text and sorted(place.findall(str(text))) != sorted(place.findall(_whole(message.id)))
    ]

    assert wrong == []


def _whole(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]
