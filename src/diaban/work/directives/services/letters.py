"""Drafts of letters about tasks. The system only drafts: a leader of the issuer signs, or nobody is urged or reported."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.documents.models import Document
from diaban.foundation.documents.services import draft_document
from diaban.foundation.journal.services import record
from diaban.work.directives.models import Directive
from diaban.work.directives.papers import LATE, reminder, report_up
from diaban.work.directives.permissions import can_decide
from diaban.work.directives.queries.things import thing_of
from diaban.work.directives.services.drafting import NotPossible

LETTERS = {"don-doc": reminder, "bao-cao": report_up}


@transaction.atomic
def draft_letter(*, directive_id: int, kind: str, actor: Actor, at: datetime) -> Document:
    """Keep the draft of a letter that urges whoever is late (`don-doc`), or of a report to the issuer's superior (`bao-cao`).

    Raises `NotPermitted`, or `NotPossible` where nobody is late.
    """
    directive = Directive.objects.select_related("source", "indicator").get(pk=directive_id)
    if not directive.is_issued or not can_decide(actor, directive):
        raise NotPermitted(_("Chỉ cơ quan ban hành mới lập văn bản đôn đốc, báo cáo."))
    thing = thing_of(actor, directive, actor.today)
    if not any(line.state in LATE for line in thing.lines):
        raise NotPossible(_("Không có đơn vị nào quá hạn hoặc chưa trả lời."))
    document = draft_document(
        paper=LETTERS[kind](thing, actor.today),
        organisation_id=directive.organisation_id,
        subject=subject_of(directive),
        actor=actor,
        at=at,
    )
    record(
        actor=actor,
        verb="directives.letter_drafted",
        thing=directive,
        at=at,
        changes={"subject": ("", str(document)[:300])},
    )
    return document
