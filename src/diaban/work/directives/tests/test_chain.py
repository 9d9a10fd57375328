"""What a chain tells of directives: how they stand, what proves them, and whether their figure moved."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Model
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject, show, subject_of
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.sockets import Measured as Seen
from diaban.foundation.links.queries import chain, standings
from diaban.foundation.links.sockets import Standing
from diaban.lib.periods import Period
from diaban.work.directives import chain as telling
from diaban.work.directives import services
from diaban.work.directives.measuring import Measured
from diaban.work.directives.rules import Effect
from diaban.work.directives.tests.worlds import TODAY, Directing, a_directing_world, later

pytestmark = pytest.mark.django_db
MADE_OF = "/bao-cao/tong-hop/tu-dau/NL05b/?ky=stat:2026-Q1"


@pytest.fixture
def here() -> Directing:
    return a_directing_world()


def standing_of(actor: Actor, *things: Model) -> dict[Subject, Standing]:
    return standings(actor, show(actor, map(subject_of, things)).values())


def test_what_was_reported_done_proves_the_directive_until_it_is_sent_back(here: Directing) -> None:
    directive = here.assigned()
    task, leader = here.task(directive), here.actor("province_leader", later(4).date())
    done = services.report_done(
        task_id=task.pk, text="Đã bố trí", actor=here.actor("district_officer", later(3).date()), at=later(3)
    )

    (step,) = chain(leader, subject_of(directive))
    stand = standing_of(leader, directive, done, task)

    assert (step.tie.relation, step.tie.other.subject) == ("có minh chứng", subject_of(done))
    assert step.tie.url == reverse("directives:task", args=[task.uid])
    assert stand[subject_of(directive)].states == (
        "awaiting_confirmation",
        "not_due",
    )  # the other district has not begun
    assert stand[subject_of(done)].states == stand[subject_of(task)].states == ("awaiting_confirmation",)

    services.send_back(
        completion_id=done.pk, reason="Thiếu quyết định", due_on=date(2026, 4, 10), actor=leader, at=later(4)
    )

    assert chain(leader, subject_of(directive)) == []
    assert standing_of(leader, done)[subject_of(done)].states == ("sent_back",)


def test_a_draft_and_a_directive_for_nobody_stand_by_themselves(here: Directing) -> None:
    draft, actor = here.drafted(), here.actor("specialist")

    assert standing_of(actor, draft)[subject_of(draft)].states == ("draft",)


def an_indicator() -> Indicator:
    return Indicator.objects.create(
        code="NL05b", name="Số lượt người được bồi dưỡng", name_en="Trained", field_code="it", unit_name="lượt người",
        value_type="number", digits=0, kind="flow", over_units="SUM", over_time="SUM", frequencies="Q", position=1,
    )  # fmt: skip


def test_a_figure_that_did_not_move_is_told_with_where_it_is_made(
    here: Directing, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    an_indicator()
    aim: dict[str, object] = {
        "indicator": "NL05b",
        "target": Decimal(120),
        "target_period": "stat:2026-Q2",
        "baseline": Decimal(40),
    }
    aim["baseline_period"] = "stat:2025-Q4"
    directives = [here.issued(**aim) for _one in range(3)]
    seen = Seen(Period.parse("stat:2026-Q1"), Decimal(38), url=MADE_OF)
    found = Measured(Effect.WORSE, [seen], Decimal(40), Decimal(120), "Quý II/2026", is_final=False)
    monkeypatch.setattr(telling, "effect", lambda _directive: found)
    actor = here.actor("specialist")

    with django_assert_max_num_queries(3):
        told = telling.standing_of_directives(actor, directives, TODAY)

    first = told[directives[0].pk]
    assert first.states == ("not_due", "effect_worse")
    assert [(one.baseline, one.target, one.now, one.url) for one in first.figures] == [("40", "120", "38", MADE_OF)]
    assert [told[one.pk].figures[0].is_read for one in directives] == [True, False, False]
    draft = here.drafted(**aim)
    assert telling.standing_of_directives(actor, [draft], TODAY)[draft.pk].figures == ()


def test_what_aims_at_a_figure_is_found_over_the_ground_and_by_who_may_see_it(here: Directing) -> None:
    an_indicator()
    directive = here.issued(indicator="NL05b", target=Decimal(120), target_period="stat:2026-Q2")
    unit = here.world.units["P"].pk

    (aim,) = telling.aims_at(here.actor("specialist"), "NL05b", unit)

    assert (aim.subject, aim.states) == (subject_of(directive), ("not_due",))
    assert list(telling.aims_at(here.actor("other_officer"), "NL05b", unit)) == []
    assert list(telling.aims_at(here.actor("specialist"), "NL05a", unit)) == []
