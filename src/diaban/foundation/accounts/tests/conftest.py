"""Attempts to sign in are counted in the cache: each test counts its own."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _own_count() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
