"""Every address of the site with something real behind it, from the rooms' ACCESS tables; and what is sent there."""

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from inspect import signature
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import diaban
from diaban.work.difficulties.tests.worlds import Raised
from diaban.work.directives.tests.worlds import Directing
from diaban.work.meetings.tests.worlds import Gathering
from diaban.work.reporting.tests.consolidation_world import Consolidating
from diaban.work.reporting.tests.worlds import DISTRICT, PDF, Reporting
from diaban.work.requests.tests.worlds import Asking

PACKAGE = Path(diaban.__file__).parent
Kwargs = Callable[[Any], dict[str, object] | list[object]]
# Whom an act that ACCESS opens to nobody by GET is tried as: whoever may do it.
DOERS = {
    "reporting:cells": "district_officer",
    "reporting:workbook_upload": "district_officer",
    "reporting:submit_for_check": "district_officer",
    "reporting:receive_report": "specialist",
    "reporting:receive_section": "specialist",
    "reporting:correct": "district_officer",
    "reporting:switch_on": "specialist",
    "organisations:add_colleague": "unit_admin",
    "organisations:hand_over": "unit_admin",
    "organisations:import_people": "unit_admin",
    "territory:correct_weight": "director",
    "reforms:try_out": "director",
    "reforms:carry_out": "province_leader",
}


@dataclass(frozen=True)
class Place:
    """An address, how its arguments are made, and what the ACCESS table says of each persona."""

    name: str
    make: Kwargs
    personas: Mapping[str | None, int] = field(hash=False)

    @property
    def doer(self) -> str:
        """A persona who may open the page or do the act."""
        best = sorted(self.personas, key=lambda one: (self.personas[one] >= 400, one == "nobody", self.personas[one]))
        return DOERS.get(self.name) or next(one for one in best if one)

    @property
    def outsiders(self) -> list[str]:
        """The personas to whom it is closed."""
        return [persona for persona, status in self.personas.items() if persona and status in {403, 404}]

    def kwargs(self, here: Reporting) -> dict[str, object]:
        (first,) = signature(self.make).parameters.values()
        of = {
            Reporting: here,
            Asking: Asking(here.world),
            Consolidating: SimpleNamespace(here=here),
            Raised: Raised(here.world),
            Directing: Directing(here.world),
            Gathering: Gathering(here.world),
        }
        made = self.make(of.get(first.annotation, here.world))
        return made if isinstance(made, dict) else dict(zip(CONVERTERS[self.name], made, strict=True))

    def url(self, here: Reporting) -> str:
        return reverse(self.name, kwargs=self.kwargs(here))


def places() -> Iterator[Place]:
    """Each row of the pages' ACCESS tables; programs bring keys, no sessions, and have their own tests."""
    for file in sorted(PACKAGE.glob("**/tests/test_access.py")):
        module = importlib.import_module(".".join(["diaban", *file.relative_to(PACKAGE).with_suffix("").parts]))
        for name, *rest in module.ACCESS:
            if rest:
                yield Place(name, *rest)


# allauth's own pages, and those of rooms whose tests need a world other than the reporting one
APART = ("account_", "mfa_", "socialaccount_", "openid_connect_", "ranking:")
OWN_PLACES = [place for place in places() if not place.name.startswith(APART)]


def patterns(
    inside: list[URLPattern | URLResolver] | None = None, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """(name, pattern) of every address."""
    for one in inside if inside is not None else get_resolver().url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, (*spaces, one.namespace) if one.namespace else spaces)
        else:
            yield ":".join((*spaces, one.name or str(one.pattern))), one


CONVERTERS = {name: pattern.pattern.converters for name, pattern in patterns()}


class Watched(QueryDict):
    """A query or form that notes in `asked` what the page looks for in it."""

    asked: set[str] = set()  # one test watches at a time

    def get(self, key: Any, default: Any = None) -> Any:
        Watched.asked.add(str(key))
        return super().get(key, default)

    def getlist(self, key: Any, default: Any = None) -> Any:
        Watched.asked.add(str(key))
        return super().getlist(key, default)

    def __contains__(self, key: object) -> bool:
        Watched.asked.add(str(key))
        return super().__contains__(key)

    def dict(self) -> Any:
        return _WatchedDict(super().dict())


class _WatchedDict(dict[str, Any]):
    def get(self, key: str, default: Any = None) -> Any:
        Watched.asked.add(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        Watched.asked.add(str(key))
        return super().__contains__(key)


def sound(name: str, here: Reporting) -> dict[str, object]:
    """A form that the act would take."""
    world = here.world
    forms: dict[str, Callable[[], dict[str, object]]] = {
        "obligations:assign": lambda: {
            "to_position": world.positions["district_officer"].pk, "part": "leads", "text": "Soạn giúp", "due_on": "2010-01-10",
        },
        "obligations:ask": lambda: {"kind": "extension", "reason": "Mưa lũ", "wanted_due_on": "2010-03-01"},
        "obligations:decide": lambda: {"granted": "yes", "answer": "Đồng ý", "due_on": ""},
        "organisations:confirm_contact": lambda: {"phone": "0912", "zalo": "0912", "email": "a@b.vn", "revision": "1"},
        "organisations:add_colleague": lambda: {
            "name": "Lò Thị Mới", "username": "lomoi", "organisation": world.organisations["so"].pk, "title": "Chuyên viên",
            "role": "officer", "valid_from": "2009-12-22", "phone": "0912", "email": "a@b.vn",
        },
        "organisations:hand_over": lambda: {
            "position": world.positions["specialist"].pk, "person": world.people["clerk"].pk, "on": "2009-12-22",
        },
        "organisations:import_people": lambda: {
            "rows": "Lò Thị Mới\tlomoi\tChuyên viên\tChuyên viên\tPhòng Bưu chính - Viễn thông\t0912\ta@b.vn",
            "valid_from": "2009-12-22",
        },
        "mandates:give": lambda: {
            "co_quan": "Phòng Bưu chính - Viễn thông", "chuc_nang": "plan", "linh_vuc": "", "dia_ban": world.units["D1"].uid,
            "pham_vi": "unit", "vai_tro": "coordinates", "tu_ngay": "2009-12-22", "den_ngay": "2010-12-31", "can_cu": "Quyết định 1",
            "gia_dinh": "",
        },
        "mandates:end": lambda: {"tu_ngay": "2009-12-31", "revision": "1"},
        "remarks:open": lambda: {"text": "Đề nghị xem lại", "cell": "BC07"},
        "remarks:answer": lambda: {"text": "Đã xem lại"},
        "reporting:entry": lambda: {**DISTRICT, "revision": "", "TEXT__direction": "Ban hành 03 văn bản."},
        "reporting:cells": lambda: {"GROUP": "BC14", "BC14": "6.200", "revision": "1", "TEXT__direction": "Lời"},
        "reporting:send": lambda: {
            "number": "45/BC-UBND", "signed_on": "2009-12-22", "file": SimpleUploadedFile("a.pdf", PDF), "revision": "",
        },
        "reporting:return_section": lambda: {"reason": "Xem lại", "due_on": "2010-01-10", "REMARK__BC14": "Sai"},
        "reporting:correct": lambda: {"reason": "Sai số", "revision": ""},
        "reporting:send_back_inside": lambda: {"reason": "Sai số", "revision": ""},
        "reporting:type_for": lambda: {
            **DISTRICT, "number": "45/BC-UBND", "signed_on": "2009-12-22", "file": SimpleUploadedFile("a.pdf", PDF),
            "TEXT__direction": "Lời",
        },
        "territory:correct_weight": lambda: {"weight": "1200", "basis": "Điều tra", "revision": "1"},
        "accounts:preferences": lambda: {"language": "vi", "theme": ""},
        "accounts:language": lambda: {"language": "vi", "next": "/"},
        "account_login": lambda: {"login": "specialist", "password": "x"},
        "reforms:plan": lambda: {"law": "nq202-2025", "on": "2025-07-01"},
    }  # fmt: skip
    return forms.get(name, dict)()


def client_of(here: Reporting, persona: str | None) -> Client:
    """Signed in as the persona; what fails in a page is its answer of 500."""
    client = here.world.client(persona) if persona else Client()
    client.raise_request_exception = False
    return client
