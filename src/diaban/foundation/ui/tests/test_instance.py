"""What an instance says of itself."""

import pytest
from django.db import IntegrityError

from diaban.foundation.ui.models import Instance
from diaban.foundation.ui.services import describe_instance

pytestmark = pytest.mark.django_db


def test_there_is_one_row_from_the_beginning() -> None:
    assert Instance.objects.count() == 1

    describe_instance(name="Sở Thông tin và Truyền thông", notice="Số liệu minh họa", notice_en="Illustrative data")

    row = Instance.objects.get()
    assert (row.name, row.notice, row.notice_en) == (
        "Sở Thông tin và Truyền thông", "Số liệu minh họa", "Illustrative data",
    )  # fmt: skip


def test_there_is_never_another() -> None:
    with pytest.raises(IntegrityError):
        Instance.objects.create(id=2, name="Khác")
