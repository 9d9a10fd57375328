"""Messages stay short and say how much they leave out."""

from diaban.lib.messages import MOST_LINES, ReadyText, composed, number_of, sentence


def test_lines_are_numbered_and_blank_parts_left_out() -> None:
    text = composed("Kính đề nghị:", ["xã A", "xã B"], "", "Trân trọng.")

    assert text == "Kính đề nghị:\n1. xã A\n2. xã B\nTrân trọng."


def test_what_is_too_much_is_counted() -> None:
    all_named = composed("Đầu", ["x"] * MOST_LINES)
    some_named = composed("Đầu", ["x"] * (MOST_LINES + 2))

    assert "nội dung khác" not in all_named
    assert some_named.endswith(f"{MOST_LINES}. x\n… và 2 nội dung khác.")


def test_numbers_and_sentences_are_an_offices() -> None:
    assert (number_of(3, "nhiệm vụ"), number_of(124, "đơn vị")) == ("03 nhiệm vụ", "124 đơn vị")
    assert sentence(" Sửa trạm\n phát sóng. ") == "Sửa trạm phát sóng"


def test_the_box_is_as_high_as_its_text_within_reason() -> None:
    assert ReadyText("xã A", "ngắn").rows == 3
    assert ReadyText("xã A", "a\n" * 5).rows == 6
    assert ReadyText("xã A", "a\n" * 500).rows == 12
