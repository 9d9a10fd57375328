"""The form in which more time is asked says when its day is needed."""

from diaban.foundation.obligations.forms import DeadlineForm


def test_the_day_is_needed_for_more_time_and_not_for_an_exemption() -> None:
    asked = {"kind": "extension", "reason": "Mưa lũ"}

    assert DeadlineForm().fields["wanted_due_on"].said == "khi xin gia hạn"  # type: ignore[attr-defined] # as its template reads it
    assert "wanted_due_on" in DeadlineForm(asked).errors
    assert DeadlineForm({**asked, "kind": "exemption"}).is_valid()
