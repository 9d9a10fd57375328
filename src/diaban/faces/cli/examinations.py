"""What `diaban doctor` looks at: everything derived, against what it is derived from."""

from collections.abc import Callable, Iterable, Mapping

from diaban.foundation.acts import clock
from diaban.foundation.facts.services import check_rollups
from diaban.foundation.journal.verification import verify
from diaban.foundation.mandates.routing import Conflict, responsible_many
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.starts import UNOWED
from diaban.foundation.territory.checking import check_territory
from diaban.foundation.territory.queries import versions_of
from diaban.foundation.ui.models import Instance
from diaban.lib.vietnamese import format_date

FIELDS_TO_LEAD = ("post", "telecom", "it", "security", "press_publishing", "administration", "workforce", "base")


def journal() -> Iterable[str]:
    """The chain of seals, and each row under it."""
    verdict = verify()
    return [] if verdict.is_intact else [verdict.sentence]


def leads() -> Iterable[str]:
    """Each field of the province has exactly one lead today."""
    root, today = Instance.root_unit(), clock.today()
    if root is None or root not in versions_of([root], today):
        return
    for code in FIELDS_TO_LEAD:
        answer = responsible_many("manage", code, [root], today)[root]
        if isinstance(answer, Conflict):
            yield f"{code}, {format_date(today)}: {answer.because}"


def sums() -> Iterable[str]:
    """The provinces' stored sums, against the facts themselves."""
    comparison = check_rollups()
    return [f"{comparison.different} / {comparison.rollups}", *comparison.examples] if comparison.different else []


def unowed() -> Iterable[str]:
    """Duties that nobody owes for in some unit."""
    return Obligation.objects.open().filter(kind=UNOWED).order_by("id").values_list("title", flat=True)


EXAMINATIONS: Mapping[str, Callable[[], Iterable[object]]] = {
    "địa bàn": check_territory,
    "nhật ký": journal,
    "cơ quan chủ trì": leads,
    "việc chưa có cơ quan thực hiện": unowed,
    "số tổng hợp": sums,
}
