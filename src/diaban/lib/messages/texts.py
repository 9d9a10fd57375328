"""How a message is put together: a sentence, numbered lines, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_LINES = 30  # matters named in one message; a telephone shows no more
WIDTH = 90  # characters of a line as a page shows it, roughly
FEWEST, MOST_ROWS = 3, 12


@dataclass(frozen=True)
class ReadyText:
    """A text for somebody; `number` is how many matters it tells of."""

    to: str
    text: str
    number: int = 1

    @property
    def rows(self) -> int:
        """The lines of a box that shows it, within reason."""
        lines = sum(1 + len(line) // WIDTH for line in self.text.split("\n"))
        return max(FEWEST, min(lines, MOST_ROWS))


def composed(head: str, lines: Sequence[str] = (), *tail: str) -> str:
    """The head, its lines numbered (the first `MOST_LINES`, the number of the rest), what follows; blank parts left out."""
    rows = [f"{number}. {line}" for number, line in enumerate(lines[:MOST_LINES], start=1)]
    left = len(lines) - MOST_LINES
    more = [f"… và {left} nội dung khác."] if left > 0 else []
    return "\n".join(part for part in (head, *rows, *more, *tail) if part)


def number_of(number: int, what: str) -> str:
    """As offices write it: `number_of(3, "nhiệm vụ")` is "03 nhiệm vụ"."""
    return f"{number:02d} {what}"


def sentence(text: str) -> str:
    """A text as one line without the stop at its end."""
    return " ".join(text.split()).rstrip(" .;:")
