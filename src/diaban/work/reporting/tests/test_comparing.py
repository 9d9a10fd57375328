"""Two reports side by side."""

from decimal import Decimal

import pytest
from django.urls import reverse

from diaban.work.reporting.cells import Cell, Kind
from diaban.work.reporting.comparing import compared
from diaban.work.reporting.services import correct_report
from diaban.work.reporting.tests.worlds import NOW, a_reporting_world


def cell(name: str, unit_name: str = "điểm") -> Cell:
    return Cell(name=name, kind=Kind.NUMBER, label=name, indicator=name, unit_name=unit_name)


def test_growth_is_told_of_amounts_and_points_of_shares() -> None:
    cells = [cell("BC07"), cell("VT25", "%")]
    first, second = {"BC07": Decimal(20), "VT25": Decimal(50)}, {"BC07": Decimal(23), "VT25": Decimal(55)}

    amount, share = compared(cells, first, second)

    assert (amount.difference, amount.percent) == (Decimal(3), Decimal(15))
    assert (share.difference, share.percent, share.is_share) == (Decimal(5), None, True)


def test_nothing_grows_from_nothing() -> None:
    row = compared([cell("BC07")], {"BC07": Decimal(0)}, {"BC07": Decimal(23)})[0]

    assert (row.difference, row.percent) == (Decimal(23), None)


def test_equal_lines_are_left_out_where_asked() -> None:
    same = {"BC07": Decimal(1)}

    assert compared([cell("BC07")], same, same, only_different=True) == []
    assert len(compared([cell("BC07")], same, same)) == 1


@pytest.mark.django_db
def test_a_report_is_compared_with_its_own_earlier_version() -> None:
    here = a_reporting_world()
    report = here.sent()
    correct_report(report_id=report.pk, reason="Sai số", actor=here.actor("district_officer"), at=NOW)
    client = here.world.client("district_officer")
    url = reverse("reporting:compare", args=[report.uid])

    assert "không khác nhau" in client.get(url).content.decode()  # at once with the version before
    chosen = client.get(url, {"voi": "ban-1"})

    assert chosen.status_code == 200
    assert 'id="compared"' in chosen.content.decode()
    assert client.get(url, {"voi": "ban-9"}).status_code == 404
