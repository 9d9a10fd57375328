"""Nobody overwrites what he has not seen."""

import pytest

from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.mandates.tests.personas import a_world
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.tests.makers import an_obligation

pytestmark = pytest.mark.django_db


def test_each_act_counts_the_revision_up() -> None:
    row = an_obligation(a_world())

    row.title = "Khác"
    row.save_revision("title")

    assert Obligation.lock(row.pk, expected_revision=2).title == "Khác"


def test_an_older_revision_is_refused_and_shown_the_row_as_it_is() -> None:
    row = an_obligation(a_world())
    row.title = "Khác"
    row.save_revision("title")

    with pytest.raises(StaleRevision) as refusal:
        Obligation.lock(row.pk, expected_revision=1)

    assert str(refusal.value.current) == "Khác"
