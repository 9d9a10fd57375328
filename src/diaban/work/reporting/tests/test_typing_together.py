"""Several people type into one draft: nobody's cell is lost, and two words about one cell are both shown."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.work.reporting.filling import Filling, differing, merged
from diaban.work.reporting.models import Report, ReportVersion
from diaban.work.reporting.services import Saved, save_cells
from diaban.work.reporting.tests.worlds import NOW, Reporting, a_reporting_world


def typed(here: Reporting, known: int, **values: str) -> Saved:
    return save_cells(
        report_id=Report.objects.get().pk,
        filling=Filling(values=values),
        known_revision=known,
        actor=here.actor("district_officer"),
        at=NOW,
    )


@pytest.mark.django_db
def test_cells_of_two_people_stand_side_by_side() -> None:
    here = a_reporting_world()
    known = here.opened().revision

    typed(here, known, VT35="7")
    second = typed(here, known, QL05a="2")

    assert ReportVersion.objects.get().values == {"VT35": "7", "QL05a": "2"}
    assert second.conflicts == frozenset()


@pytest.mark.django_db
def test_the_first_word_about_a_cell_stays_and_the_second_is_told() -> None:
    here = a_reporting_world()
    known = here.opened().revision
    first = typed(here, known, VT35="7")

    second = typed(here, known, VT35="9", QL05a="2")

    assert second.conflicts == {"VT35"}
    assert ReportVersion.objects.get().values == {"VT35": "7", "QL05a": "2"}
    assert ReportVersion.objects.get().edits["VT35"][0] == first.revision


@pytest.mark.django_db
def test_whoever_has_seen_the_other_word_may_replace_it() -> None:
    here = a_reporting_world()
    first = typed(here, here.opened().revision, VT35="7")

    second = typed(here, first.revision, VT35="9")

    assert second.conflicts == frozenset()
    assert ReportVersion.objects.get().values == {"VT35": "9"}


@pytest.mark.django_db
def test_the_same_word_twice_is_no_conflict_and_changes_nothing() -> None:
    here = a_reporting_world()
    known = here.opened().revision
    first = typed(here, known, VT35="7")

    again = typed(here, known, VT35="7")

    assert again.conflicts == frozenset()
    assert again.revision == first.revision


CELLS = st.sampled_from("abcd")
CONTENTS = st.fixed_dictionaries(
    {
        "values": st.dictionaries(CELLS, st.sampled_from("123")),
        "reasons": st.dictionaries(CELLS, st.sampled_from(["refused", "not_yet"])),
        "estimated": st.lists(CELLS, unique=True).map(sorted),
    }
)


@given(CONTENTS, CONTENTS, st.sets(CELLS))
def test_a_merge_takes_each_cell_from_one_side_alone(
    before: dict[str, Any], after: dict[str, Any], theirs: set[str]
) -> None:
    result = merged(before, after, theirs=theirs)

    assert differing(before, result) == differing(before, after) - theirs
    assert differing(after, result) == differing(before, after) & theirs
