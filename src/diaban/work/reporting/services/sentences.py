"""Wording the stock sentences of reports."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.work.reporting.models import StockSentence
from diaban.work.reporting.permissions import DESIGN_FORMS
from diaban.work.reporting.phrases import PHRASES, faults_of
from diaban.work.reporting.queries.phrases import phrases_on

LOCK = 7_240_119  # of the sentences: two who write at once come one after the other


class NotASentence(ValueError):
    """The text cannot stand for the sentence. `faults` are sentences in Vietnamese."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@transaction.atomic
def word_sentence(
    *,
    key: str,
    text: str,
    since: date,
    form_id: int | None = None,
    expected_number: int | None = None,
    actor: Actor,
    at: datetime,
) -> StockSentence:
    """From a day on a stock sentence says `text`, in reports by one form or in all; what reports said before is kept.

    Raises `NotASentence` or `NotPermitted`.
    """
    text = text.strip()
    if faults := faults_of(key, text):
        raise NotASentence(faults)
    return _added(StockSentence(form_id=form_id, key=key, since=since, text=text), expected_number, actor, at)


@transaction.atomic
def reset_sentence(
    *,
    key: str,
    since: date,
    form_id: int | None = None,
    expected_number: int | None = None,
    actor: Actor,
    at: datetime,
) -> StockSentence:
    """From a day on a stock sentence says again what was supplied; that of a form, what all say. Raises `NotASentence` or
    `NotPermitted`."""
    text = PHRASES[key].text if form_id is None else phrases_on(since).text(key)
    one = StockSentence(form_id=form_id, key=key, since=since, text=text, is_supplied=True)
    return _added(one, expected_number, actor, at)


def _added(one: StockSentence, expected_number: int | None, actor: Actor, at: datetime) -> StockSentence:
    grant = actor.require(DESIGN_FORMS)
    if one.since < actor.today:
        raise NotASentence([_("Ngày áp dụng không được trước hôm nay: báo cáo đã lập giữ nguyên lời của ngày đó.")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s::bigint)", [LOCK])
    newest = StockSentence.objects.filter(form=one.form_id, key=one.key).order_by("-number").first()
    number = newest.number if newest else 0
    if expected_number is not None and expected_number != number:
        raise NotASentence([_("Người khác vừa sửa câu này. Xem lại bản mới rồi sửa tiếp.")])
    if newest is not None and one.since < newest.since:
        said = _("Bản mới nhất có hiệu lực từ ngày %(day)s; bản sau không được sớm hơn.")
        raise NotASentence([said % {"day": f"{newest.since:%d/%m/%Y}"}])
    before = newest.text if newest else phrases_on(one.since).text(one.key)
    one.number, one.at, one.by_id, one.by_label = number + 1, at, actor.position_id, actor.label
    one.save()
    verb = "reporting.sentence_reset" if one.is_supplied else "reporting.sentence_worded"
    changes: dict[str, tuple[object, object]] = {"text": (before, one.text), "since": (None, one.since)}
    if one.form_id is not None:
        changes["form"] = (None, one.form_id)
    record(actor=actor, verb=verb, thing=one, at=at, grant=grant, changes=changes)
    return one
