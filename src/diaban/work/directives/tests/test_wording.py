"""What is overdue is called so; what was only asked for never is."""

from datetime import date

from diaban.work.directives.wording import Late, reminders

ON = date(2026, 11, 23)


def late(holder: str, title: str, day: int, *, is_asked: bool = False, source: str = "") -> Late:
    return Late(holder, title, source, date(2026, 11, day), is_asked)


def test_each_holder_has_one_text_and_the_most_burdened_comes_first() -> None:
    texts = reminders(
        "Sở KH&CN",
        [
            late("xã B", "Rà soát trạm", 20),
            late("xã A", "Tập huấn", 21),
            late("xã A", "Báo cáo\n kết quả.", 10, source="12/TB"),
        ],
        ON,
        "https://diaban/",
    )

    assert [(one.to, one.number) for one in texts] == [("xã A", 2), ("xã B", 1)]
    assert texts[0].text == (
        "Sở KH&CN đề nghị xã A báo cáo kết quả 02 việc đã quá hạn (tính đến 23/11/2026):\n"
        "1. Báo cáo kết quả (12/TB); hạn 10/11/2026, quá hạn 13 ngày.\n"
        "2. Tập huấn; hạn 21/11/2026, quá hạn 2 ngày.\n\n"
        "Việc đã xong mà chưa cập nhật thì ghi kết quả, gửi minh chứng tại: https://diaban/"
    )


def test_what_was_only_asked_for_is_never_overdue() -> None:
    (text,) = reminders("Sở", [late("UBND huyện", "Bố trí cán bộ", 1, is_asked=True)], ON, "https://diaban/")

    assert "quá hạn" not in text.text
    assert "quan tâm, trả lời 01 nội dung đã đề nghị, đến 23/11/2026 chưa nhận được trả lời:" in text.text
    assert "1. Bố trí cán bộ; đề nghị trả lời trước ngày 01/11/2026." in text.text
