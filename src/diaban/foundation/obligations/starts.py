"""The sockets by which rooms say where the work on an obligation starts, and how far it is."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from django.urls import reverse

from diaban.foundation.acts.sockets import Strip
from diaban.foundation.obligations.models import Obligation

# Plugged under the kind of obligation: for some obligations of that kind, the address where each one's work starts.
Starts = Callable[[Sequence[Obligation]], dict[int, str]]
# Plugged under a kind whose obligations come in numbers and are told together: where those of a period are taken up.
together: Strip[Callable[[str], str]] = Strip("obligations.together")
UNOWED = "obligations.unowed"  # units of a duty that nobody owes for
starts: Strip[Starts] = Strip("obligations.starts")
# Plugged under the kind of obligation: for those of that kind that are under way, how far each is, by the code of a status.
courses: Strip[Starts] = Strip("obligations.courses")


def start_urls(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where to begin, by obligation; those of kinds that nobody plugged are left out."""
    return _asked(starts, obligations)


def courses_of(obligations: Sequence[Obligation]) -> dict[int, str]:
    """How far the work is, by obligation, of what is under way."""
    return _asked(courses, obligations)


def _asked(strip: Strip[Starts], obligations: Sequence[Obligation]) -> dict[int, str]:
    """What the plugs say, those of several kinds asked once."""
    several: defaultdict[Starts, list[Obligation]] = defaultdict(list)
    for obligation in obligations:
        plug = strip.find(obligation.kind)
        if plug is not None:
            several[plug].append(obligation)
    return {pk: said for plug, some in several.items() for pk, said in plug(some).items()}


def kinds_together() -> tuple[str, ...]:
    return together.names


def together_url(kind: str, period: str) -> str:
    """Where the obligations of that kind and period are taken up together."""
    plug = together.find(kind)
    return plug(period) if plug is not None else reverse("obligations:obligations")


def ruling_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where it is seen, and ruled, who leads."""
    return {one.pk: reverse("mandates:matrix") for one in obligations}
