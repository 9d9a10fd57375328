"""Hostile and broken input, in every field that a page reads: always a kind answer, never a failure."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from diaban.work.reporting.tests.worlds import Reporting
from tests.hostile.places import OWN_PLACES, Place, Watched, client_of, sound

pytestmark = pytest.mark.slow
MARKUP = "\"><img src=x onerror=alert(1)>'<script>alert(1)</script>"
ODD = (
    "\x01\x0b\x1f\x7f Đa\u0323\u0306t \u202egnp\u202c\u200b\ufeff \U0001f4a9\ufffe a\r\nSet-Cookie: b=c' OR 1=1 --%_\\ "
)
HOSTILE = {
    "NUL": "a\x00b",
    "odd letters and markup": ODD + MARKUP,
    "huge number": "9" * 5_000,
    "odd digit": "²",
    "infinite": "1e400",
    "no day": "2009-02-30",
    "last day": "9999-12-31",
    "far period": "nd09:9999-Q4",
}
ALONE = ("NUL", "odd letters and markup", "huge number", "odd digit")  # what one field refuses might hide another
PAGES = list({place.name: place for place in OWN_PLACES if min(place.personas.values()) == 200}.values())
ACTS = list({place.name: place for place in OWN_PLACES}.values())
CELLS_TRIED = 1  # of the many cells of a report


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _of(names: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each hostile text in all fields at once, some in one field alone."""
    for what, text in HOSTILE.items():
        yield what, dict.fromkeys(names, text)
    for place, name in enumerate(names):
        what = ALONE[place % len(ALONE)]
        yield f"{what} as {name}", {name: HOSTILE[what]}


def fails(*answers: Any) -> bool:
    return any(
        one.status_code >= 500 or b"<img src=x" in one.content or b"<script>alert" in one.content for one in answers
    )


@pytest.mark.parametrize("place", PAGES, ids=[place.name for place in PAGES])
def test_a_hostile_address_is_answered(place: Place, here: Reporting, monkeypatch: pytest.MonkeyPatch) -> None:
    url, client = place.url(here), client_of(here, place.doer)
    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Watched)
    Watched.asked.clear()
    client.get(url)
    asked = sorted(Watched.asked - {"acting_position"})
    wrong = []

    for what, query in _of(asked) if asked else ():
        with taken_back():
            if fails(client.get(url, query)):
                wrong.append(what)

    assert wrong == []


@pytest.mark.parametrize("place", ACTS, ids=[place.name for place in ACTS])
def test_a_hostile_form_is_answered(place: Place, here: Reporting, monkeypatch: pytest.MonkeyPatch) -> None:
    url, client = place.url(here), client_of(here, place.doer)
    monkeypatch.setattr("django.http.request.QueryDict", Watched)
    Watched.asked.clear()
    with taken_back():
        as_it_should_be = client.post(url, sound(place.name, here))
    if as_it_should_be.status_code == 405:
        return
    with taken_back():
        empty = client.post(url, "a=b", content_type="application/x-www-form-urlencoded")
    form = sound(place.name, here)
    cells = sorted({name for name in {*form, *Watched.asked} if name[:2].isupper()})[:CELLS_TRIED]
    fields = sorted(name for name in {*form, *Watched.asked} - {"csrfmiddlewaretoken"} if not name[:2].isupper())
    wrong = []

    for what, odd in _of([name for name in [*fields, *cells] if name != "acting_position"]):
        with taken_back():
            answer = client.post(url, {**sound(place.name, here), **odd})
            shown = client.get(answer["Location"]) if answer.status_code == 302 else answer
            if fails(answer, shown):
                wrong.append(what)

    assert as_it_should_be.status_code < 500
    assert empty.status_code < 500
    assert wrong == []
