"""The base page stands without anything above it, and obeys the content policy."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

EVERY = sorted(Path(__file__).parents[2].parent.glob("*/*/templates/**/*.html"))
TEMPLATES = [path for path in EVERY if path.name != "dossier_alone.html"]  # a file taken along brings its own style


@pytest.mark.django_db
def test_the_base_page_needs_no_shell() -> None:
    page = render_to_string("ui/base.html", {}, RequestFactory().get("/"))

    assert '<html lang="vi">' in page
    assert '<main id="noi-dung"' in page
    assert 'href="#noi-dung"' in page


@pytest.mark.django_db
def test_a_page_of_paper_has_no_shell() -> None:
    page = render_to_string("ui/document.html", {}, RequestFactory().get("/"))

    assert "<nav" not in page
    assert 'class="sheet"' in page


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parts[-2]}/{path.name}")
def test_no_template_brings_script_or_style_of_its_own(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)(?![^>]*application/json)|\son[a-z]+=\"", source)
