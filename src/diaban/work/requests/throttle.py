"""How often something may be asked for, counted in the cache: in each process alone, where they share none."""

from django.core.cache import cache


def is_within(what: str, *, most: int, seconds: int) -> bool:
    """Count one more try of `what`; whether it is among the first `most` of its span of seconds."""
    key = f"requests.throttle:{what}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the span ended between the two
        return True
