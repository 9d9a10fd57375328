"""Minutes, notices and reports of visits are put to signature: one draft each, written anew until it is issued."""

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.documents.models import Document
from diaban.foundation.documents.services import record_issued
from diaban.foundation.journal.models import Entry
from diaban.work.meetings import papers, services, visit_papers
from diaban.work.meetings.models import Meeting, Visit
from diaban.work.meetings.queries.things import meeting_page, stops_of
from diaban.work.meetings.services import NotPossible, put_to_signature
from diaban.work.meetings.tests.test_carrying import a_pdf
from diaban.work.meetings.tests.worlds import HELD, Gathering, a_gathering, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Gathering:
    return a_gathering()


def travelled(here: Gathering) -> Visit:
    """A visit with one stop that was held, without a report of the locality."""
    visit = here.visit()
    stop = here.stop(visit)
    services.convene(meeting_id=stop.pk, actor=here.actor("clerk"), at=later(0))
    services.open_meeting(meeting_id=stop.pk, actor=here.actor("clerk", HELD), at=later(7))
    services.mark_rest_present(meeting_id=stop.pk, actor=here.actor("clerk", HELD), at=later(7))
    services.close_meeting(
        meeting_id=stop.pk, no_report_reason="Báo cáo miệng", actor=here.actor("clerk", HELD), at=later(7)
    )
    return visit


def report_of(here: Gathering, visit: Visit, persona: str = "clerk") -> Document:
    actor = here.actor(persona, HELD)
    stops = stops_of(here.actor("clerk", HELD), visit)
    pages = [meeting_page(here.actor("clerk", HELD), stop.meeting, HELD) for stop in stops]
    paper = visit_papers.visit_report(visit, stops, pages)
    return put_to_signature(of=visit, what="report", paper=paper, actor=actor, at=later(7))


def minutes_of(here: Gathering, meeting: Meeting) -> Document:
    paper = papers.minutes(meeting_page(here.actor("clerk", HELD), meeting, HELD))
    return put_to_signature(of=meeting, what="minutes", paper=paper, actor=here.actor("clerk", HELD), at=later(7))


def test_a_report_is_put_to_signature_once_and_written_anew_after(here: Gathering) -> None:
    visit = travelled(here)
    first = report_of(here, visit)
    visit.refresh_from_db()
    Visit.objects.filter(pk=visit.pk).update(title="Đoàn làm việc với huyện Bắc Sơn")
    visit.refresh_from_db()

    again = report_of(here, visit)

    assert (again.pk, Document.objects.count()) == (first.pk, 1)
    assert again.revision > first.revision
    assert visit.report_id == first.pk
    assert Entry.objects.filter(verb="meetings.report_drafted", subject_id=visit.pk).count() == 1


def test_nothing_is_reported_before_anything_was_held(here: Gathering) -> None:
    visit = here.visit()
    here.stop(visit)

    with pytest.raises(NotPossible, match="sau khi đoàn đã làm việc"):
        report_of(here, visit)


def test_another_office_puts_nothing_to_signature(here: Gathering) -> None:
    visit = travelled(here)

    with pytest.raises(NotPermitted):
        report_of(here, visit, "district_leader")


def test_what_is_issued_is_not_written_anew(here: Gathering) -> None:
    meeting = here.held()
    document = minutes_of(here, meeting)
    record_issued(
        document_id=document.pk, number="5/BB-STTTT", issued_on=HELD, signer="Nguyễn Văn Giang", signed_pdf=a_pdf(),
        expected_revision=document.revision, actor=here.actor("clerk", HELD), at=later(7),
    )  # fmt: skip

    with pytest.raises(NotPossible, match="đã ban hành"):
        minutes_of(here, meeting)


def test_the_page_of_a_visit_offers_the_report_and_then_leads_to_it(here: Gathering) -> None:
    visit = travelled(here)
    with time_machine.travel(later(8), tick=False):
        client = here.world.client("clerk")
        url = reverse("meetings:visit", args=[visit.uid])
        before = client.get(url).content.decode()
        made = client.post(reverse("meetings:keep_report", args=[visit.uid]))
        after = client.get(url).content.decode()

    document = Document.objects.get()
    assert "Trình ký báo cáo kết quả" in before
    assert document.title not in before
    assert made["Location"] == reverse("documents:document", args=[document.uid])
    assert f'href="{made["Location"]}"' in after
