"""Every address of the site stands in some room's ACCESS table, so that who may open it was thought of."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import diaban

PACKAGE = Path(diaban.__file__).parent
EXEMPT = {
    "account_": "allauth's own pages of signing in and out; tested by accounts as a whole",
    "mfa_": "allauth's own pages of the second factor; they ask for a fresh sign-in themselves",
    "socialaccount_": "allauth's own pages of sign-in through another identity provider",
    "openid_connect_": "allauth's own pages of sign-in through another identity provider",
}


def tables() -> Iterator[set[str]]:
    for file in sorted(PACKAGE.glob("**/tests/test_access.py")):
        module = importlib.import_module(".".join(["diaban", *file.relative_to(PACKAGE).with_suffix("").parts]))
        yield {row[0] for row in module.ACCESS}


def names(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from names(pattern.url_patterns, inside)
        else:
            yield ":".join((*spaces, pattern.name or str(pattern.pattern)))


def test_every_address_stands_in_a_table() -> None:
    known: set[str] = set().union(*tables())

    missing = {
        name for name in names(get_resolver().url_patterns) if name not in known and not name.startswith(tuple(EXEMPT))
    }

    assert missing == set()


def test_no_table_names_an_address_that_is_gone() -> None:
    known: set[str] = set().union(*tables())

    assert known - set(names(get_resolver().url_patterns)) == set()


@pytest.mark.parametrize("prefix", EXEMPT)
def test_an_exemption_is_needed(prefix: str) -> None:
    assert any(name.startswith(prefix) for name in names(get_resolver().url_patterns))
