"""`diaban report receive` for every unit: what could not be received is told, and the exit code says so."""

import argparse
from collections.abc import Callable
from typing import Any

import pytest

from diaban.faces.cli import report
from diaban.foundation.facts.accepting import NotAFact
from diaban.work.reporting import services
from diaban.work.reporting.services import WrongStep, many

pytestmark = pytest.mark.slow
FORM, PERIOD = "district_quarter_2009", "2009-Q4"
Fill = Callable[[bytes, dict[str, object]], bytes]
Submit = Callable[[bytes, str], dict[str, Any]]


def receive_all(username: str) -> int:
    """`diaban report receive FORM PERIOD --as USER`; the exit code."""
    return report.run(argparse.Namespace(act="receive", form=FORM, period=PERIOD, unit=None, user=username, json=False))


def test_a_refusal_is_told_with_its_reason_and_stops_no_other(
    empty: dict[str, bytes],
    fill: Fill,
    sound: dict[str, object],
    submit: Submit,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for district, officer in (("D1", "district_officer"), ("D2", "other_officer")):
        assert submit(fill(empty[district], sound), officer)["ok"]
    refused: list[int] = []

    def receive_but_the_first(*, report_id: int, **given: Any) -> object:
        if not refused or report_id in refused:
            refused.append(report_id)
            raise WrongStep("Báo cáo đang được điều chỉnh.")
        return services.receive_report(report_id=report_id, **given)

    def not_together(**_given: Any) -> object:
        raise NotAFact

    monkeypatch.setattr(many, "receive_together", not_together)
    monkeypatch.setattr(many, "receive_report", receive_but_the_first)
    code = receive_all("specialist")
    told = capsys.readouterr().out
    monkeypatch.undo()
    code_of_the_rest, rest = receive_all("specialist"), capsys.readouterr().out

    assert code == 1
    assert "không tiếp nhận. Báo cáo đang được điều chỉnh." in told
    assert "đã tiếp nhận 8 phần" in told
    assert code_of_the_rest == 0
    assert rest.count("đã tiếp nhận 8 phần") == 1


def test_what_waits_for_others_is_no_refusal(empty: dict[str, bytes], capsys: pytest.CaptureFixture[str]) -> None:
    code = receive_all("district_officer")

    assert code == 0
    assert "không có phần nào đang chờ" in capsys.readouterr().out
