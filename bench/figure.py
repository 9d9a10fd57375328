"""One measured figure and its bar."""

from dataclasses import dataclass
from time import perf_counter
from types import TracebackType


@dataclass(frozen=True)
class Figure:
    """What was measured. With a `reference` the ratio ours / reference is held against the bar, otherwise `ours` is;
    without a bar the figure is only told.
    """

    name: str
    ours: float
    unit: str
    reference: float | None = None
    bar: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return None if self.reference is None else self.ours / self.reference

    @property
    def is_short(self) -> bool:
        if self.bar is None:
            return False
        judged = self.ours if self.ratio is None else self.ratio
        return judged < self.bar if self.at_least else judged > self.bar

    def __str__(self) -> str:
        reference = "-" if self.reference is None else f"{self.reference:,.4g} {self.unit}"
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}"
        bar = "-" if self.bar is None else f"{'≥' if self.at_least else '≤'} {self.bar:,g}"
        verdict = "-" if self.bar is None else "short" if self.is_short else "ok"
        note = f"  ({self.note})" if self.note else ""
        return (
            f"{self.name:<58} {self.ours:>12,.4g} {self.unit:<8} {reference:>18} {ratio:>7} {bar:>10} {verdict}{note}"
        )


class Stopwatch:
    """Seconds that its block took."""

    seconds = 0.0

    def __enter__(self) -> "Stopwatch":
        self._since = perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.seconds = perf_counter() - self._since
