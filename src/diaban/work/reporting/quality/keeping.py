"""How deadlines were kept and figures filled in: counts and shares. No database, request or clock."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ON_TIME, SENT_LATE, MISSING, WAIVED = "sent_on_time", "sent_late", "overdue", "waived"
ENDED = frozenset({ON_TIME, SENT_LATE, MISSING})  # what a share is of: the deadline is past, or the report is in
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Kept:
    """One unit and one period: how the report stands to its deadline ("" where none was owed); of the cells that it had to
    fill in, how many hold a figure; both 0 while nothing was received."""

    standing: str = ""
    filled: int = 0
    asked: int = 0

    @property
    def is_owed(self) -> bool:
        return bool(self.standing)

    @property
    def fullness(self) -> Decimal | None:
        """In percent."""
        return share(self.filled, self.asked)


@dataclass(frozen=True, slots=True)
class Tally:
    """Several `Kept` counted. `waiting` are those whose deadline has not come and that have not been sent."""

    owed: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    waived: int = 0
    filled: int = 0
    asked: int = 0

    @property
    def ended(self) -> int:
        """The denominator: sent or past due, without the exempted."""
        return self.on_time + self.late + self.missing

    @property
    def waiting(self) -> int:
        return self.owed - self.ended - self.waived

    @property
    def punctuality(self) -> Decimal | None:
        """Sent in time, in percent of what was sent or past due; None where nothing was."""
        return share(self.on_time, self.ended)

    @property
    def turnout(self) -> Decimal | None:
        """Sent at all, in percent of the same."""
        return share(self.on_time + self.late, self.ended)

    @property
    def fullness(self) -> Decimal | None:
        """Cells with a figure, in percent of the cells that had to hold one, over the reports that were received."""
        return share(self.filled, self.asked)


def tally(found: Iterable[Kept]) -> Tally:
    """What was not owed is not counted; shares come from summed counts."""
    owed = [one for one in found if one.is_owed]
    stands = Counter(one.standing for one in owed)
    return Tally(
        owed=len(owed),
        on_time=stands[ON_TIME],
        late=stands[SENT_LATE],
        missing=stands[MISSING],
        waived=stands[WAIVED],
        filled=sum(one.filled for one in owed),
        asked=sum(one.asked for one in owed),
    )


def share(part: int, whole: int) -> Decimal | None:
    return part * HUNDRED / whole if whole else None


def ranked(tallies: dict[int, Tally]) -> dict[int, tuple[int, int]]:
    """By unit, its place and among how many: by punctuality, then by fullness; equals share a place. Units of which nothing
    has ended have none."""
    known = {unit: _key(one) for unit, one in tallies.items() if one.ended}
    return {unit: (1 + sum(other > key for other in known.values()), len(known)) for unit, key in known.items()}


def _key(one: Tally) -> tuple[Decimal, Decimal]:
    return one.punctuality or Decimal(0), one.fullness or Decimal(0)
