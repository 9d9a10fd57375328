"""Ways back and what was typed."""

import pytest
from django.test import RequestFactory

from diaban.foundation.ui.responses import back_to, typed


@pytest.mark.parametrize(
    ("wanted", "place"),
    [("/viec/?q=1", "/viec/?q=1"), ("https://elsewhere.example/", "/"), ("//elsewhere.example/", "/"), ("", "/")],
)
def test_the_way_back_stays_here(wanted: str, place: str) -> None:
    assert back_to(RequestFactory().post("/", {"next": wanted}))["Location"] == place


def test_what_was_typed_is_kept_but_no_secret() -> None:
    request = RequestFactory().post(
        "/",
        {
            "text": "Đề nghị bổ sung",
            "oldpassword": "a",
            "password1": "b",
            "code": "123456",
            "field_code": "telecom",
            "csrfmiddlewaretoken": "t",
            "acting_position": "1",
            "empty": "  ",
        },
    )

    assert typed(request) == [("text", "Đề nghị bổ sung"), ("field_code", "telecom")]
