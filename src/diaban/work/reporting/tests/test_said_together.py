"""What many localities write word for word stands once in the consolidated report, under all their names."""

from diaban.work.reporting.layout import Heading
from diaban.work.reporting.paper_tables import said_together, table_of
from diaban.work.reporting.queries.words import Voice, Words

COLUMNS = (("recipient", "Nơi nhận"), ("content", "Nội dung"))


def listed(*rows: tuple[str, str, str]) -> Words:
    heading = Heading("TEXT__proposals", "IV", "Đề xuất, kiến nghị", "rows", required=False, columns=COLUMNS)
    return Words(
        heading,
        tuple(Voice(name, rows=({"recipient": to, "content": content},)) for name, to, content in rows),
    )


def test_the_same_words_stand_once_under_all_names_and_others_alone() -> None:
    voices = [Voice("Xã A", "Không có."), Voice("Xã B", "Đã họp"), Voice("Xã C", "Không  có")]

    lines = said_together(voices)

    assert [(line.bold_lead, line.text) for line in lines] == [
        ("Xã A, Xã C (02 đơn vị):", "Không có."),
        ("Xã B:", "Đã họp."),
    ]


def test_of_many_the_first_are_named_and_all_counted() -> None:
    line = said_together([Voice(f"Xã {number}", "Không") for number in range(124)])[0]

    assert line.bold_lead is not None
    assert line.bold_lead.endswith("Xã 7… (124 đơn vị):")


def test_an_opinion_stands_once_and_a_thing_as_often_as_it_was_listed() -> None:
    words = listed(("Xã A", "Sở", "Phủ sóng"), ("Xã B", "Sở", "Phủ sóng"), ("Xã C", "Tỉnh", "Phủ sóng"))

    opinions = [row.cells[1:] for row in table_of(words, is_together=True).rows]
    things = [row.cells[1] for row in table_of(words).rows]

    assert opinions == [("Xã A, Xã B (02 đơn vị)", "Sở", "Phủ sóng"), ("Xã C", "Tỉnh", "Phủ sóng")]
    assert things == ["Xã A", "Xã B", "Xã C"]
