"""A paper that contradicts itself cannot be made."""

from dataclasses import replace

import pytest

from diaban.foundation.documents.content import BadPaper, Column, HeadGroup, Heading, Row, Signer, Table
from diaban.foundation.documents.tests.papers import letter, report

THREE = (Column("STT"), Column("Xã"), Column("Số trạm", kind="number"))


def test_a_row_must_fit_its_table() -> None:
    with pytest.raises(BadPaper, match="3 cells"):
        Table(THREE, (Row(("1", "Xín Mần")),))
    with pytest.raises(BadPaper, match="3 cells"):
        Table(THREE, (), number_row=("A", "B"))


@pytest.mark.parametrize("groups", [(HeadGroup("a", 0, 3),), (HeadGroup("a", 0, 1), HeadGroup("b", 1, 2))])
def test_head_groups_stay_inside_the_table_and_apart(groups: tuple[HeadGroup, ...]) -> None:
    with pytest.raises(BadPaper, match="head groups"):
        Table(THREE, (), head_groups=groups)


def test_numbers_stand_right_unless_told() -> None:
    assert [column.alignment for column in THREE] == ["left", "left", "right"]
    assert Column("Tỷ lệ", align="center", kind="number").alignment == "center"


def test_a_signer_signs_under_a_mark_the_decree_knows() -> None:
    Signer("Phó Chủ tịch", "Hoàng A", ("TM. Ủy ban nhân dân", "KT. Chủ tịch"))
    with pytest.raises(BadPaper, match=r"TM\."):
        Signer("Phó Chủ tịch", "Hoàng A", ("Thay mặt Ủy ban nhân dân",))


def test_unknown_types_and_levels_are_refused() -> None:
    with pytest.raises(BadPaper, match="Annex III"):
        replace(letter(), type_code="XX")
    with pytest.raises(BadPaper, match="1 to 4"):
        Heading(5, "quá sâu")


def test_a_paper_without_number_or_date_is_a_draft() -> None:
    assert not report().is_draft
    assert report(number=None).is_draft
    assert report(issued_on=None).is_draft
