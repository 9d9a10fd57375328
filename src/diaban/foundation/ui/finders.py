"""The few files that pages use out of the front-end packages: a package brings hundreds."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

_FONTS = [
    *(f"be-vietnam-pro/files/be-vietnam-pro-{part}-{weight}-normal.woff2" for part in ("latin", "vietnamese") for weight in (400, 600)),
    *(f"tinos/files/tinos-{part}-{weight}-normal.woff2" for part in ("latin", "vietnamese") for weight in (400, 700)),
]  # fmt: skip

# Where a page asks for it: where it lies in its package.
PACKAGE_FILES = {
    "tabler/css/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    **{"fonts/" + font.replace("/files/", "/"): f"@fontsource/{font}" for font in _FONTS},
    "leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    **{
        f"leaflet/images/{name}": f"leaflet/dist/images/{name}"
        for name in ("layers.png", "layers-2x.png", "marker-icon.png", "marker-icon-2x.png", "marker-shadow.png")
    },
}


class PackageFiles(BaseFinder):
    """Finds what `PACKAGE_FILES` names in `settings.NODE_MODULES`."""

    def __init__(self, app_names: object = None, *_arguments: object, **_options: object) -> None:
        self.storage = _Renaming(location=settings.NODE_MODULES)

    def check(self, **_options: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """The file's place on this machine, or nothing."""
        wanted = PACKAGE_FILES.get(path.replace("\\", "/"))
        place = Path(settings.NODE_MODULES) / wanted if wanted else None
        found = [str(place)] if place is not None and place.is_file() else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        """(path, storage) of every file that is installed."""
        return [(path, self.storage) for path in PACKAGE_FILES if self.storage.exists(path)]


class _Renaming(FileSystemStorage):
    """The packages' folder, read under the names that pages use."""

    prefix = ""

    def path(self, name: str) -> str:
        return super().path(PACKAGE_FILES.get(name, name))
