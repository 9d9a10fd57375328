import pytest

from diaban.lib.vietnamese import is_named_after_someone, title_place


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Xã Xín Mần", "xã Xín Mần"),
        ("xã xín mần", "xã Xín Mần"),
        ("XÃ XÍN MẦN", "xã Xín Mần"),
        ("Tỉnh Hà Giang", "tỉnh Hà Giang"),
        ("thị trấn vị xuyên", "thị trấn Vị Xuyên"),
        ("phường hà giang 1", "phường Hà Giang 1"),
        ("tỉnh bà rịa - vũng tàu", "tỉnh Bà Rịa - Vũng Tàu"),
        ("thành phố phan rang-tháp chàm", "thành phố Phan Rang-Tháp Chàm"),
        ("huyện cư m'gar", "huyện Cư M'gar"),
        ("xã Nâm N'Jang", "xã Nâm N'Jang"),
        ("xã Cây Trường II", "xã Cây Trường II"),
        ("XÃ CÂY TRƯỜNG II", "xã Cây Trường II"),
    ],
)
def test_the_common_noun_is_small_and_the_name_capital(typed: str, written: str) -> None:
    assert title_place(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("quận 1", "Quận 1"),
        ("phường 1", "Phường 1"),
        ("phường 1 bảo lộc", "Phường 1 Bảo Lộc"),
        ("phường IV", "Phường IV"),
        ("tổ dân phố 5", "Tổ dân phố 5"),
        ("phường điện biên phủ", "Phường Điện Biên Phủ"),
        ("phường minh khai", "Phường Minh Khai"),
        ("phường Quang Trung", "Phường Quang Trung"),
        ("thành phố hồ chí minh", "Thành phố Hồ Chí Minh"),
        ("thủ đô hà nội", "Thủ đô Hà Nội"),
    ],
)
def test_numbers_people_and_events_make_it_capital(typed: str, written: str) -> None:
    assert title_place(typed) == written


def test_the_caller_knows_better_than_the_list() -> None:
    assert title_place("xã Lê Lợi", named_after_someone=False) == "xã Lê Lợi"
    assert title_place("phường nông trang", named_after_someone=True) == "Phường Nông Trang"


def test_a_name_alone_gets_no_common_noun() -> None:
    assert title_place("hoàng su phì") == "Hoàng Su Phì"
    assert title_place("Xã") == "Xã"


def test_the_list_reads_any_capitals() -> None:
    assert is_named_after_someone("MINH KHAI")
    assert is_named_after_someone("cách mạng tháng tám")
    assert not is_named_after_someone("Xín Mần")
