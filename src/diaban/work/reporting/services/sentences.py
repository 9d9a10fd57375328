"""Wording the stock sentences of reports."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.work.reporting.models import StockSentence
from diaban.work.reporting.permissions import DESIGN_FORMS
from diaban.work.reporting.phrases import PHRASES, faults_of

LOCK = 7_240_119  # of the sentences: two who write at once come one after the other


class NotASentence(ValueError):
    """The text cannot stand for the sentence. `faults` are sentences in Vietnamese."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@transaction.atomic
def word_sentence(
    *, key: str, text: str, since: date, expected_number: int | None = None, actor: Actor, at: datetime
) -> StockSentence:
    """From a day on a stock sentence says `text`; what reports said before is kept. Raises `NotASentence`, `NotPermitted`."""
    text = text.strip()
    if faults := faults_of(key, text):
        raise NotASentence(faults)
    return _added(key, text, since, expected_number, actor, at, is_supplied=False)


@transaction.atomic
def reset_sentence(
    *, key: str, since: date, expected_number: int | None = None, actor: Actor, at: datetime
) -> StockSentence:
    """From a day on a stock sentence says again what was supplied. Raises `NotASentence` or `NotPermitted`."""
    return _added(key, PHRASES[key].text, since, expected_number, actor, at, is_supplied=True)


def _added(
    key: str, text: str, since: date, expected_number: int | None, actor: Actor, at: datetime, *, is_supplied: bool
) -> StockSentence:
    grant = actor.require(DESIGN_FORMS)
    if since < actor.today:
        raise NotASentence([_("Ngày áp dụng không được trước hôm nay: báo cáo đã lập giữ nguyên lời của ngày đó.")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s::bigint)", [LOCK])
    newest = StockSentence.objects.filter(key=key).order_by("-number").first()
    number = newest.number if newest else 0
    if expected_number is not None and expected_number != number:
        raise NotASentence([_("Người khác vừa sửa câu này. Xem lại bản mới rồi sửa tiếp.")])
    if newest is not None and since < newest.since:
        said = _("Bản mới nhất có hiệu lực từ ngày %(day)s; bản sau không được sớm hơn.")
        raise NotASentence([said % {"day": f"{newest.since:%d/%m/%Y}"}])
    one = StockSentence.objects.create(
        key=key, number=number + 1, since=since, text=text, is_supplied=is_supplied, at=at,
        by_id=actor.position_id, by_label=actor.label,
    )  # fmt: skip
    verb = "reporting.sentence_reset" if is_supplied else "reporting.sentence_worded"
    changes = {"text": (newest.text if newest else PHRASES[key].text, text), "since": (None, since)}
    record(actor=actor, verb=verb, thing=one, at=at, grant=grant, changes=changes)
    return one
