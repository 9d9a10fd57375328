"""A draft goes back to its writers and comes in again; the next week's calendar is owed where one is kept week by week."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from diaban.foundation.accounts.models import Notice
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.starts import start_urls
from diaban.work.meetings import services
from diaban.work.meetings.models import Week
from diaban.work.meetings.permissions import NEXT_WEEK
from diaban.work.meetings.services import NotPossible
from diaban.work.meetings.tests.worlds import NOW, TODAY, Gathering, a_gathering, later

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
THIS = TODAY - timedelta(days=TODAY.weekday())


@pytest.fixture
def here() -> Gathering:
    return a_gathering()


def drafted(here: Gathering, starts_on: date = THIS) -> Week:
    return services.draft_week(starts_on=starts_on, actor=here.actor("clerk"), at=NOW)


def published(here: Gathering, starts_on: date) -> Week:
    week = drafted(here, starts_on)
    services.approve_week(week_id=week.pk, actor=here.actor("section_head"), at=NOW)
    return services.publish_week(week_id=week.pk, actor=here.actor("clerk"), at=NOW)


def sent_back(here: Gathering, week: Week) -> Week:
    return services.send_back_week(
        week_id=week.pk, reason="Thiếu buổi giao ban", actor=here.actor("section_head"), at=NOW
    )


def owed() -> list[Obligation]:
    return list(Obligation.objects.filter(kind=NEXT_WEEK).order_by("pk"))


def told(here: Gathering, persona: str) -> list[str]:
    account_id = here.actor(persona).account_id
    return list(
        Notice.objects.filter(account_id=account_id, subject_kind="meetings.week").values_list("text", flat=True)
    )


def test_the_writer_is_told_what_to_mend_and_the_approver_that_it_is(here: Gathering) -> None:
    week = sent_back(here, drafted(here))
    state = week.state
    services.hand_in_week(week_id=week.pk, actor=here.actor("clerk"), at=later(1))
    week.refresh_from_db()

    assert state == "week_sent_back"
    assert told(here, "clerk") == ["Dự thảo lịch công tác tuần được chuyển lại để sửa: Thiếu buổi giao ban"]
    assert told(here, "section_head") == ["Dự thảo lịch công tác tuần đã sửa, trình lại để duyệt"]
    assert told(here, "director") == []
    assert week.state == "week_drafted"


def test_an_approval_lapses_with_it_and_approving_ends_it(here: Gathering) -> None:
    week = drafted(here)
    services.approve_week(week_id=week.pk, actor=here.actor("section_head"), at=NOW)
    back = sent_back(here, week)
    approval = back.approved_at
    again = services.approve_week(week_id=week.pk, actor=here.actor("section_head"), at=later(1))

    assert approval is None
    assert (again.sent_back_at, again.state) == (None, "week_approved")


def test_what_cannot_be_sent_back(here: Gathering) -> None:
    week = drafted(here)
    with pytest.raises(NotPermitted):
        services.send_back_week(week_id=week.pk, reason="Sửa", actor=here.actor("clerk"), at=NOW)
    with pytest.raises(NotPossible, match="Ghi nội dung"):
        services.send_back_week(week_id=week.pk, reason=" ", actor=here.actor("section_head"), at=NOW)
    with pytest.raises(NotPossible, match="không phải sửa"):
        services.hand_in_week(week_id=week.pk, actor=here.actor("clerk"), at=NOW)
    sent_back(here, week)
    with pytest.raises(NotPossible, match="đang chờ sửa"):
        sent_back(here, week)
    with pytest.raises(NotPossible, match="đã công bố"):
        sent_back(here, published(here, THIS + WEEK))


def test_who_keeps_a_calendar_owes_the_next_by_the_last_working_day_before(here: Gathering) -> None:
    published(here, THIS - WEEK)
    after_one = owed()
    published(here, THIS)
    (one,) = owed()

    assert after_one == []  # one calendar is no habit
    assert (one.due_on, one.is_open) == (THIS + timedelta(days=4), True)
    assert one.title.startswith(f"Lập, duyệt, công bố lịch công tác tuần {THIS + WEEK:%d/%m/%Y}")
    assert start_urls([one])[one.pk] == f"{reverse('meetings:week')}?tuan={THIS + WEEK}"


def test_publishing_it_fulfils_it_and_owes_the_one_after(here: Gathering) -> None:
    for starts_on in (THIS - WEEK, THIS, THIS + WEEK):
        published(here, starts_on)

    first, second = owed()
    assert first.fulfilled_at == NOW
    assert (second.is_open, second.due_on) == (True, THIS + WEEK + timedelta(days=4))


def test_a_week_that_was_skipped_is_owed_no_more_once_a_later_one_is_out(here: Gathering) -> None:
    published(here, THIS - WEEK)
    published(here, THIS)
    published(here, THIS + 2 * WEEK)

    (skipped,) = owed()
    assert (skipped.fulfilled_at, skipped.closed_reason) == (None, "withdrawn")


def test_a_calendar_of_the_past_published_late_owes_nothing(here: Gathering) -> None:
    for weeks in (4, 3, 2):
        published(here, THIS - weeks * WEEK)

    assert owed() == []


def test_the_page_sends_back_and_hands_in(here: Gathering) -> None:
    week = drafted(here)
    head, clerk = here.world.client("section_head"), here.world.client("clerk")
    page = f"{reverse('meetings:week')}?tuan={THIS}"

    offered = (b"can-sua" in head.get(page).content, b"can-sua" in clerk.get(page).content)
    head.post(reverse("meetings:send_back_week", args=[week.uid]), {"reason": "Thiếu buổi giao ban"})
    seen = clerk.get(page).content.decode()
    clerk.post(reverse("meetings:hand_in_week", args=[week.uid]))

    week.refresh_from_db()
    assert offered == (True, False)
    assert "Thiếu buổi giao ban" in seen
    assert "Đã sửa, trình lại" in seen
    assert week.sent_back_at is None
