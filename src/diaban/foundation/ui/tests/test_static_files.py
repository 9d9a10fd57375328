"""Static files: found in their packages, named by content, light enough for a weak line."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders, storage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import RequestFactory

from diaban.foundation.ui.finders import PACKAGE_FILES, PackageFiles
from diaban.foundation.ui.storage import StaticFiles

KILOBYTE = 1024


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> StaticFiles:
    folder = tmp_path_factory.mktemp("static")
    files = StaticFiles(location=folder, base_url="/static/")
    before = storage.staticfiles_storage
    command = "django.contrib.staticfiles.management.commands.collectstatic.staticfiles_storage"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, files)
        patch.setattr(storage, "staticfiles_storage", files)
        call_command("collectstatic", interactive=False, verbosity=0)
    assert storage.staticfiles_storage is before
    return files


@pytest.mark.parametrize("path", PACKAGE_FILES)
def test_each_file_of_a_package_is_there(path: str) -> None:
    found = PackageFiles().find(path)

    assert Path(found).is_file()


def test_a_file_that_nobody_named_is_not_found() -> None:
    assert not PackageFiles().find("tabler/css/tabler-flags.min.css")
    assert finders.find("ui/diaban.js")


def test_before_collecting_names_are_plain(tmp_path: Path) -> None:
    assert StaticFiles(location=tmp_path, base_url="/static/").url("ui/diaban.css") == "/static/ui/diaban.css"


def test_collected_files_are_named_by_their_content(collected: StaticFiles) -> None:
    url = collected.url("ui/diaban.css")

    assert re.fullmatch(r"/static/ui/diaban\.[0-9a-f]{12}\.css", url)
    assert Path(collected.path(url.removeprefix("/static/") + ".gz")).is_file()


def weight(files: StaticFiles, url: str) -> int:
    """Bytes on the line: the compressed copy where there is one."""
    place = Path(files.path(url.removeprefix("/static/")))
    packed = place.with_name(place.name + ".gz")
    return (packed if packed.is_file() else place).stat().st_size


@pytest.mark.django_db
def test_the_first_page_weighs_at_most_250_kilobytes(collected: StaticFiles) -> None:
    page = render_to_string("ui/base.html", {}, RequestFactory().get("/"))
    named = {url.removeprefix("/static/") for url in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
    fonts = {name for name in PACKAGE_FILES if name.startswith("fonts/be-vietnam-pro")}
    assert {"ui/diaban.css", "ui/diaban.js", "tabler/css/tabler.min.css"} <= named

    total = sum(weight(collected, collected.url(name)) for name in named | fonts) + len(gzip.compress(page.encode()))

    assert total <= 250 * KILOBYTE - 20 * KILOBYTE  # 20 for what a full page holds beside its frame


def test_our_own_script_is_small(collected: StaticFiles) -> None:
    assert weight(collected, collected.url("ui/diaban.js")) < 10 * KILOBYTE
