"""The stock sentences of reports: what each says, when it is used, which blanks it has. What an office writes instead. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

BLANK: Final = re.compile(r"\{([a-z_]+)\}")
LONGEST: Final = 300
BLANKS: Final = {
    "ky": "kỳ báo cáo (quý I năm 2026)",
    "ngay": "ngày cuối kỳ (14/03/2026)",
    "dia_ban": "địa bàn (toàn tỉnh)",
    "ten": "tên chỉ tiêu, viết thường",
    "so": "số liệu; ngoài câu đếm thì kèm đơn vị tính",
    "muc": "mức tăng, giảm, kèm % hoặc điểm %",
    "lan": "số lần",
    "ty_le": "tỷ lệ phần trăm",
    "co": "số đơn vị đã có số liệu",
    "can": "số đơn vị phải có",
    "cap": "tên cấp (xã, huyện)",
}
SAMPLES: Final = {
    "ky": "quý I năm 2026",
    "ngay": "14/03/2026",
    "dia_ban": "toàn tỉnh",
    "ten": "điểm phục vụ bưu chính",
    "so": "850",
    "muc": "4,5%",
    "lan": "3,2",
    "ty_le": "98,2",
    "co": "117",
    "can": "124",
    "cap": "xã",
}
MEASURED: Final = {"ten": "doanh thu dịch vụ viễn thông", "so": "510,5 triệu đồng"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stock sentence, or clause of one. It may hold the `blanks` and must hold the `needed`; only an `optional` one may be
    empty, saying nothing."""

    key: str
    group: str
    used: str
    text: str
    blanks: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    optional: bool = False


_WHEN, _BODY, _MOVED, _PLAN, _REST = (
    "Mở đầu câu",
    "Nội dung chính",
    "So với cùng kỳ",
    "So với kế hoạch",
    "Lũy kế, phạm vi số liệu",
)


def _counted(key: str, used: str, text: str) -> Phrase:
    return Phrase(key, _BODY, used, text, ("dia_ban", "so", "ten"), ("so", "ten"))


def _measured(key: str, used: str, text: str) -> Phrase:
    return Phrase(key, _BODY, used, text, ("dia_ban", "so", "ten"), ("so", "ten"))


def _moved(key: str, used: str, text: str) -> Phrase:
    return Phrase(key, _MOVED, used, text, ("muc",), ("muc",))


def _planned(key: str, used: str, text: str) -> Phrase:
    return Phrase(key, _PLAN, used, text, ("muc",), ("muc",))


PHRASES: Final = {
    one.key: one
    for one in (
        Phrase("when_flow", _WHEN, "số phát sinh trong kỳ", "Trong {ky}", ("ky", "ngay")),
        Phrase("when_stock", _WHEN, "số tại thời điểm cuối kỳ, tỷ lệ", "Đến {ngay}", ("ky", "ngay")),
        _counted("count", "đếm được, số thực hiện", "{dia_ban} có {so} {ten}"),
        _counted("count_estimated", "đếm được, số ước", "{dia_ban} ước có {so} {ten}"),
        Phrase("count_none", _BODY, "đếm được, không có", "{dia_ban} không có {ten}", ("dia_ban", "ten"), ("ten",)),
        _measured("measure", "số đo, tỷ lệ không cần tăng", "{ten} là {so}"),
        _measured("measure_up", "số đo, tỷ lệ càng cao càng tốt", "{ten} đạt {so}"),
        _measured("measure_estimated", "số đo, số ước, không cần tăng", "{ten} ước là {so}"),
        _measured("measure_up_estimated", "số đo, số ước, càng cao càng tốt", "{ten} ước đạt {so}"),
        _moved("rise_good", "tăng, càng cao càng tốt", "tăng {muc} so với cùng kỳ"),
        _moved("rise_bad", "tăng, càng thấp càng tốt", "còn tăng {muc} so với cùng kỳ, cần khắc phục"),
        _moved("rise", "tăng, không đánh giá tốt xấu", "tăng {muc} so với cùng kỳ"),
        _moved("fall_good", "giảm, càng thấp càng tốt", "giảm được {muc} so với cùng kỳ"),
        _moved("fall_bad", "giảm, càng cao càng tốt", "giảm {muc} so với cùng kỳ"),
        _moved("fall", "giảm, không đánh giá tốt xấu", "giảm {muc} so với cùng kỳ"),
        Phrase("same", _MOVED, "không đổi", "bằng cùng kỳ", optional=True),
        Phrase("nearly_same", _MOVED, "đổi rất ít (làm tròn bằng 0)", "xấp xỉ cùng kỳ", optional=True),
        Phrase("many_times", _MOVED, "từ ba lần cùng kỳ trở lên", "gấp {lan} lần cùng kỳ", ("lan",), ("lan",)),
        Phrase("from_nothing", _MOVED, "cùng kỳ bằng 0", "cùng kỳ không phát sinh", optional=True),
        Phrase("no_earlier", _MOVED, "chưa có số cùng kỳ", "", optional=True),
        Phrase("plan", _PLAN, "phần trăm kế hoạch", "đạt {ty_le}% kế hoạch", ("ty_le",), ("ty_le",)),
        Phrase("plan_year", _PLAN, "lũy kế so kế hoạch năm", "đạt {ty_le}% kế hoạch năm", ("ty_le",), ("ty_le",)),
        Phrase("plan_met", _PLAN, "tỷ lệ bằng kế hoạch", "đạt kế hoạch", optional=True),
        _planned("plan_over", "tỷ lệ vượt kế hoạch", "vượt kế hoạch {muc}"),
        _planned("plan_under", "tỷ lệ chưa đạt kế hoạch", "thấp hơn kế hoạch {muc}"),
        Phrase("ceiling_met", _PLAN, "càng thấp càng tốt, đúng mức", "đúng mức kế hoạch đề ra", optional=True),
        _planned("ceiling_under", "càng thấp càng tốt, dưới mức (tốt)", "thấp hơn mức kế hoạch {muc}"),
        _planned("ceiling_over", "càng thấp càng tốt, trên mức (chưa tốt)", "còn cao hơn mức kế hoạch {muc}"),
        Phrase("so_far", _REST, "lũy kế từ đầu năm", "lũy kế từ đầu năm {so}", ("so",), ("so",)),
        Phrase(
            "coverage",
            _REST,
            "chưa đủ đơn vị",
            "số liệu của {co}/{can} {cap}",
            ("co", "can", "cap"),
            ("co", "can"),
        ),
    )
}


@dataclass(frozen=True)
class Phrases:
    """The stock sentences in use: those supplied, and what an office wrote `instead`; `own` are those of the form alone."""

    instead: Mapping[str, str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def text(self, key: str) -> str:
        return self.instead.get(key, PHRASES[key].text)

    def say(self, key: str, **blanks: str) -> str:
        """The sentence with its blanks filled. What fills them is never read for blanks again."""
        return BLANK.sub(lambda found: blanks[found[1]], self.text(key))

    def sample(self, key: str) -> str:
        return self.say(key, **{**SAMPLES, **(MEASURED if key.startswith(("measure", "so_far")) else {})})

    def replaced(self, key: str, text: str) -> "Phrases":
        return replace(self, instead={**self.instead, key: text})

    @cached_property
    def changed(self) -> frozenset[str]:
        """Which do not say what was supplied."""
        return frozenset(key for key, text in self.instead.items() if text != PHRASES[key].text)


SUPPLIED: Final = Phrases()


def faults_of(key: str, text: str) -> list[str]:
    """Why a text cannot stand for a stock sentence; each fault is a sentence in Vietnamese."""
    phrase, found = PHRASES[key], BLANK.findall(text)
    faults = []
    if not text and not phrase.optional:
        faults.append("Câu này không được để trống.")
    if len(text) > LONGEST:
        faults.append(f"Câu dài quá {LONGEST} ký tự.")
    if any(not char.isprintable() for char in text):
        faults.append("Câu viết trên một dòng, không có ký tự điều khiển.")
    strange = sorted({name for name in found if name not in phrase.blanks})
    faults += [f"Câu này không có chỗ điền {{{name}}}." for name in strange]
    faults += [f"Thiếu chỗ điền {{{name}}}: {BLANKS[name]}." for name in phrase.needed if text and name not in found]
    if set(BLANK.sub("", text)) & set("{}"):
        faults.append("Dấu { } chỉ dùng cho chỗ điền, ví dụ {so}.")
    return faults
