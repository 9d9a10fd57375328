"""Doubts about figures: values in, sentences out. No database, request or clock.

A doubt never says that a figure is wrong: it says what was compared, and by how much it differs.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Literal

from diaban.lib.vietnamese import format_number

Kind = Literal["stock", "flow", "ratio", "derived", "rank", "score"]
HUNDRED = Decimal(100)
LEAST_PERIODS = 4  # of a unit's own history
LEAST_PEERS = 8
SMALL = Decimal(20)  # counts below this jump about by themselves
SPREADS = Decimal(4)  # times the robust standard deviation
NORMAL = Decimal("1.4826")  # median absolute deviation → standard deviation of a normal distribution
LEAST_CHANGE = Decimal("0.3")  # of the median: smaller is no jump, however steady the past
LEAST_POINTS = Decimal(10)  # of percentages
TIMES_PEERS = Decimal(3)
FALL = Decimal("0.1")
SAME_CELLS = 8
SLIPS = ((Decimal(10) ** 6, "một triệu"), (Decimal(10) ** 3, "một nghìn"))
SLIP_FROM, SLIP_TO = Decimal("0.7"), Decimal("1.4")  # how near to the power of ten
CALM = Decimal(2)  # a past none of whose figures is so many times its median
NEAR = Decimal("0.1")  # of the median: as near as figures of a steady cell come
APART = Decimal("0.25")  # of the larger median: rows less far apart cannot be told from one another
SHIFT = Decimal(25)  # points by which a part's share of its total does not move by itself
HELD = Decimal("0.3")  # of an explained figure: within it the circumstances still hold
ROUNDED_SHARES = Decimal("0.5")  # points that shares of 100 % may miss by rounding


@dataclass(frozen=True, slots=True)
class Doubt:
    """`weight` orders doubts, the worst first: how many times the difference is what would still have been let pass."""

    code: str
    message: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure is of: its name, unit of measure, kind and digits shown."""

    name: str
    unit_name: str = ""
    kind: Kind = "stock"
    digits: int | None = None

    @property
    def is_share(self) -> bool:
        return self.unit_name == "%"

    def told(self, value: Decimal) -> str:
        number = format_number(value, self.digits)
        return f"{number}%" if self.is_share else f"{number} {self.unit_name}".rstrip()


# --- parts and wholes


def parts_against_total(figure: Figure, parts: Mapping[str, Decimal | None], total: Decimal) -> list[Doubt]:
    """Parts that should add up. Parts that are not known are not taken for zero: they are named."""
    known = {name: value for name, value in parts.items() if value is not None}
    unknown = [name for name, value in parts.items() if value is None]
    added = sum(known.values(), Decimal(0))
    missing = total - added
    if missing == 0:
        if not unknown:
            return []
        names = ", ".join(unknown)
        return [
            Doubt(
                "not_reported",
                f"{figure.name}: {len(known)} phần đã báo cáo cộng đủ {figure.told(total)}; "
                f"{len(unknown)} phần chưa báo cáo ({names}) chưa phải là 0.",
            )
        ]
    if unknown and missing > 0:
        return []  # what is not known may be just that
    message = (
        f"{figure.name}: các phần cộng lại được {figure.told(added)}, tổng ghi {figure.told(total)}, "
        f"lệch {format_number(abs(missing))}."
    )
    if likely := _slipped_part(known, missing):
        name, right = likely
        message += f" Nếu “{name}” là {format_number(right)} (đã ghi {format_number(known[name])}) thì khớp."
    return [Doubt("parts", message, 1 + abs(missing) * HUNDRED / max(abs(total), Decimal(1)))]


def _slipped_part(parts: Mapping[str, Decimal], missing: Decimal) -> tuple[str, Decimal] | None:
    """The one part that would make the sum right if a digit had been left out, added, changed or two had changed places."""
    found = [(name, value + missing) for name, value in parts.items() if is_slip_of_a_digit(value, value + missing)]
    return found[0] if len(found) == 1 else None


def is_slip_of_a_digit(typed: Decimal, meant: Decimal) -> bool:
    """Whether whole numbers of three digits and more differ by one digit, or by two neighbours in each other's place."""
    if typed < HUNDRED or meant < HUNDRED or typed != typed.to_integral_value() or meant != meant.to_integral_value():
        return False
    one, other = sorted((str(int(typed)), str(int(meant))), key=len)
    if len(other) - len(one) == 1:
        return any(other[:place] + other[place + 1 :] == one for place in range(len(other)))
    differ = [place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]]
    if len(one) != len(other):
        return False
    if len(differ) == 1:
        return True
    return (
        len(differ) == 2
        and differ[1] - differ[0] == 1
        and one[differ[0]] == other[differ[1]]
        and one[differ[1]] == other[differ[0]]
    )


def rest_of_a_whole(figure: Figure, whole: Decimal, part: Decimal, rest: Decimal) -> list[Doubt]:
    """What a text says is left, beside what is left."""
    left = whole - part
    if left == rest:
        return []
    message = (
        f"{figure.name}: {format_number(whole)} trừ {format_number(part)} còn {figure.told(left)}, "
        f"ghi {figure.told(rest)}, lệch {format_number(abs(left - rest))}."
    )
    return [Doubt("rest", message, 1 + abs(left - rest) * HUNDRED / max(abs(left), Decimal(1)))]


def shares_of_hundred(figure: Figure, shares: Sequence[Decimal]) -> list[Doubt]:
    """Percentages of one whole that are not 100 together, beyond rounding."""
    added = sum(shares, Decimal(0))
    if len(shares) < 2 or abs(added - HUNDRED) <= ROUNDED_SHARES:
        return []
    message = f"{figure.name}: các tỷ trọng cộng lại được {format_number(added)}%, không phải 100%."
    return [Doubt("shares", message, abs(added - HUNDRED) / ROUNDED_SHARES)]


def outside_hundred(figure: Figure, value: Decimal) -> list[Doubt]:
    if not figure.is_share or 0 <= value <= HUNDRED:
        return []
    beyond = -value if value < 0 else value - HUNDRED
    return [Doubt("share", f"{figure.name}: {figure.told(value)} nằm ngoài khoảng 0–100%.", 10 + beyond)]


def said_against_computed(figure: Figure, said: Decimal, computed: Decimal, how: str) -> list[Doubt]:
    """A derived figure that a report gives itself, beside what its parts give; equal when rounded to the digits said."""
    exponent = int(said.as_tuple().exponent)
    digits = max(0, -exponent)
    off = abs(said - computed)
    allowed = Decimal(1).scaleb(-digits) / 2
    if off <= allowed:
        return []
    told = Figure(figure.name, figure.unit_name, figure.kind, digits)
    message = (
        f"{figure.name}: ghi {told.told(said)}, tính lại ({how}) được {told.told(computed)}. Để cả hai số cạnh nhau."
    )
    return [Doubt("computed", message, off / allowed)]


# --- a figure and the unit's own past


def against_history(figure: Figure, value: Decimal, past: Sequence[Decimal], *, last: str = "kỳ trước") -> list[Doubt]:
    """The figure beside the unit's own figures of earlier periods, oldest first. One doubt at most, the one that tells most:
    a slip of the unit of measure, then a fall of a stock, then a jump."""
    if not past:
        return []
    middle = median(past)
    compared = f"trung vị {len(past)} kỳ trước" if len(past) > 1 else f"số {last}"
    if slip := unit_slip(figure, value, middle, compared) or digit_slip(figure, value, past, compared):
        return slip
    return fallen(figure, value, past[-1], last=last) or jumped(figure, value, past)


def jumped(figure: Figure, value: Decimal, past: Sequence[Decimal]) -> list[Doubt]:
    """Far from the median of at least four periods, by the spread these have (MAD). Not of small counts, nor of a flow that was
    about the same in one of them."""
    if len(past) < LEAST_PERIODS:
        return []
    middle = median(past)
    if not figure.is_share and max(abs(value), abs(middle)) < SMALL:
        return []
    spread = NORMAL * median([abs(one - middle) for one in past])
    least = LEAST_POINTS if figure.is_share else max(LEAST_CHANGE * abs(middle), SMALL / 2)
    allowed = max(SPREADS * spread, least)
    off = abs(value - middle)
    if off <= allowed or (figure.kind == "flow" and _has_been_so(value, past)):
        return []
    by = _by_how_much(figure, value, middle)
    message = f"{figure.name}: {figure.told(value)}, {by} trung vị {len(past)} kỳ trước ({figure.told(middle)})."
    return [Doubt("jump", message, off / allowed)]


def _has_been_so(value: Decimal, past: Sequence[Decimal]) -> bool:
    """Whether one of the past figures was about the same, as with seasons: money is spent in the last quarter."""
    return any(one and abs(value - one) <= LEAST_CHANGE * abs(one) for one in past)


def _by_how_much(figure: Figure, value: Decimal, other: Decimal) -> str:
    difference = value - other
    word = "cao hơn" if difference > 0 else "thấp hơn"
    if figure.is_share:
        return f"{word} {format_number(abs(difference), 1)} điểm phần trăm so với"
    if other <= 0:
        return f"{word} {format_number(abs(difference), figure.digits)} so với"
    if value >= 3 * other:
        return f"gấp {format_number(value / other, 1)} lần"
    return f"{word} {format_number(abs(difference) * HUNDRED / other, 1)}% so với"


def fallen(figure: Figure, value: Decimal, before: Decimal, *, last: str = "kỳ trước") -> list[Doubt]:
    """A stock that lost a tenth and more since the last period. Not of small counts."""
    if figure.kind != "stock" or figure.is_share or before < SMALL or value >= before * (1 - FALL):
        return []
    lost = (before - value) * HUNDRED / before
    message = (
        f"{figure.name}: {figure.told(value)}, giảm {format_number(before - value, figure.digits)} ({format_number(lost, 1)}%) "
        f"so với {last} ({figure.told(before)}); số thời điểm ít khi giảm như vậy."
    )
    return [Doubt("fall", message, (before - value) / (before * FALL))]


def unit_slip(figure: Figure, value: Decimal, usual: Decimal, compared: str) -> list[Doubt]:
    """About a thousand or a million times too large or too small: mostly another unit of measure."""
    if value <= 0 or usual <= 0 or figure.is_share or max(value, usual) < SMALL:
        return []
    for power, words in SLIPS:
        for ratio, said in ((value / usual, "gấp khoảng"), (usual / value, "chỉ bằng khoảng một phần")):
            if SLIP_FROM <= ratio / power <= SLIP_TO:
                times = f"{said} {words} lần" if said.startswith("gấp") else f"{said} {words.removeprefix('một ')}"
                message = (
                    f"{figure.name}: {figure.told(value)}, {times} {compared} ({figure.told(usual)}). "
                    "Kiểm tra đơn vị tính."
                )
                return [Doubt("unit", message, power)]
    return []


def digit_slip(figure: Figure, value: Decimal, past: Sequence[Decimal], compared: str) -> list[Doubt]:
    """About ten times too large or too small beside a calm past, be it of one period: mostly a zero too many or too few."""
    middle = median(past)
    if value <= 0 or middle <= 0 or figure.is_share or max(value, middle) < SMALL:
        return []
    if any(one * CALM < middle or one > middle * CALM for one in past):
        return []
    for ratio, said in ((value / middle, "gấp khoảng 10 lần"), (middle / value, "chỉ bằng khoảng một phần mười")):
        if SLIP_FROM <= ratio / 10 <= SLIP_TO:
            message = (
                f"{figure.name}: {figure.told(value)}, {said} {compared} ({figure.told(middle)}). "
                "Kiểm tra xem có thừa, thiếu một chữ số."
            )
            return [Doubt("digit", message, Decimal(10))]
    return []


def swapped(
    first: Figure, second: Figure, now: tuple[Decimal, Decimal], past: tuple[Sequence[Decimal], Sequence[Decimal]]
) -> list[Doubt]:
    """Two rows each of which holds what the other one used to hold. Not of rows whose figures are alike or were mixed before."""
    if not past[0] or not past[1]:
        return []
    middles = median(past[0]), median(past[1])
    largest = max(middles)
    if abs(middles[0] - middles[1]) < max(APART * largest, Decimal(3)):
        return []
    if not (_is_near(now[0], middles[1]) and _is_near(now[1], middles[0])):
        return []
    if any(_is_near(one, middles[1]) for one in past[0]) or any(_is_near(one, middles[0]) for one in past[1]):
        return []
    message = (
        f"{first.name} là {first.told(now[0])}, {second.name} là {second.told(now[1])}; các kỳ trước thì ngược lại "
        f"({first.told(middles[0])} và {second.told(middles[1])}). Kiểm tra xem có nhập nhầm dòng."
    )
    return [Doubt("swapped", message, Decimal(5))]


def _is_near(value: Decimal, usual: Decimal) -> bool:
    return abs(value - usual) <= max(NEAR * abs(usual), Decimal(1) if abs(usual) >= SMALL / 2 else Decimal(0))


def shifted(
    figure: Figure, parts: Mapping[str, Decimal], past: Mapping[str, Sequence[Decimal]], named: Mapping[str, str]
) -> list[Doubt]:
    """A part whose share of its total is far from what it was in each of at least four periods. `past` holds each part's
    figures of the same periods; `named` how parts are called."""
    total = sum(parts.values(), Decimal(0))
    length = min((len(past.get(name, ())) for name in parts), default=0)
    if length < LEAST_PERIODS or total < SMALL or min(parts.values(), default=Decimal(0)) < 0:
        return []
    before = [sum((past[name][-length + at] for name in parts), Decimal(0)) for at in range(length)]
    if any(one <= 0 for one in before):
        return []
    found = []
    for name, value in parts.items():
        shares = [past[name][-length + at] * HUNDRED / before[at] for at in range(length)]
        share, middle = value * HUNDRED / total, median(shares)
        off = abs(share - middle)
        spread = NORMAL * median([abs(one - middle) for one in shares])
        if off > max(SHIFT, SPREADS * spread):
            found.append((off, name, share, middle))
    if not found:
        return []
    off, name, share, middle = max(found)
    message = (
        f"{figure.name}: “{named[name]}” chiếm {format_number(share, 1)}% tổng, {length} kỳ trước chiếm khoảng "
        f"{format_number(middle, 1)}%; cơ cấu khác hẳn."
    )
    return [Doubt("composition", message, off / SHIFT)]


def still_holds(figure: Figure, value: Decimal, explained: Decimal) -> bool:
    """Whether what was said of an earlier figure answers for this one too: it is near that one."""
    if figure.is_share:
        return abs(value - explained) <= LEAST_POINTS
    return abs(value - explained) <= max(HELD * abs(explained), SMALL / 2)


def copied(before: Mapping[str, Decimal], now: Mapping[str, Decimal]) -> list[Doubt]:
    """Every figure that is not zero is the one of last period: of flows, which never repeat themselves by chance.

    The mappings are cells of flows only.
    """
    shared = [name for name, value in now.items() if value and name in before]
    if len(shared) < SAME_CELLS or any(now[name] != before[name] for name in shared):
        return []
    message = (
        f"{len(shared)} số phát sinh trong kỳ trùng hoàn toàn số kỳ trước. Kiểm tra xem có chép lại báo cáo cũ không."
    )
    return [Doubt("copied", message, Decimal(len(shared)))]


# --- a figure and those of its peers


def against_peers(figure: Figure, value: Decimal, peers: Sequence[Decimal], *, per: str = "") -> list[Doubt]:
    """The figure beside those of at least eight units in the same period; rates per inhabitant where `per` says of how many.

    Shares differ by points, other figures by times; spreads are robust (median, MAD).
    """
    if len(peers) < LEAST_PEERS:
        return []
    middle = median(peers)
    if slip := unit_slip(figure, value, middle, f"trung vị {len(peers)} đơn vị"):
        return slip
    spread = NORMAL * median([abs(one - middle) for one in peers])
    least = 2 * LEAST_POINTS if figure.is_share else (TIMES_PEERS - 1) * abs(middle)
    off = abs(value - middle)
    allowed = max(SPREADS * spread, least)
    too_little = not figure.is_share and middle > 0 and 0 < value < middle / TIMES_PEERS / 2 and spread < middle / 4
    if (off <= allowed and not too_little) or middle == 0:
        return []
    unit = f" {per}" if per else ""
    message = (
        f"{figure.name}: {figure.told(value)}{unit}, {_by_how_much(figure, value, middle)} trung vị của {len(peers)} đơn vị "
        f"cùng kỳ ({figure.told(middle)}{unit})."
    )
    return [Doubt("peers", message, max(off / allowed, middle / value / TIMES_PEERS / 2 if too_little else Decimal(0)))]


# --- several sources, several definitions


@dataclass(frozen=True, slots=True)
class Told:
    """A figure at a time or from a source. `defined` is what was counted over what; `broken` why a series breaks here."""

    when: str
    value: Decimal
    source: str = ""
    defined: str = ""
    broken: str = ""


def not_one_series(figure: Figure, points: Sequence[Told]) -> list[Doubt]:
    """Why points must not be drawn as one line, nor growth be worked out between them; empty where nothing speaks against."""
    found = []
    for before, now in itertools.pairwise(points):
        for code, why in _breaks(before, now):
            message = (
                f"{figure.name}: từ {figure.told(before.value)} ({before.when}) đến {figure.told(now.value)} ({now.when}) "
                f"không so sánh trực tiếp được: {why}."
            )
            found.append(Doubt(code, message))
    return found


def _breaks(before: Told, now: Told) -> list[tuple[str, str]]:
    if now.broken:
        return [("series_break", now.broken)]
    if before.defined != now.defined:
        first, second = (one.defined or "không ghi cách tính" for one in (before, now))
        return [("definition", f"cách tính khác nhau ({first}; {second})")]
    if before.source != now.source and "" in {before.source, now.source}:
        return [("source", "có số không ghi nguồn")]
    if before.source != now.source:
        return [("source", f"nguồn khác nhau ({before.source}; {now.source})")]
    return []


def sources_differ(figure: Figure, sources: Sequence[Told]) -> list[Doubt]:
    """Sources that give different figures of one thing at one time: all are told, none is chosen."""
    values = [one.value for one in sources]
    if len(values) < 2 or max(values) == min(values):
        return []
    said = "; ".join(f"{one.source}: {figure.told(one.value)}" for one in sources)
    gap = max(values) - min(values)
    share = gap * HUNDRED / max(abs(max(values)), Decimal(1))
    message = f"{figure.name}: {said}; lệch {format_number(gap, figure.digits)} ({format_number(share, 1)}%)."
    return [Doubt("sources", message, 1 + share)]
