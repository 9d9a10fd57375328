"""Operations on difficulties and proposals, and the evidence of them."""

from diaban.faces.api.tests.operations.asking import (
    ADMINS,
    ASKED,
    EVERYONE,
    HANDLERS,
    OBSERVER,
    PROOF,
    SO,
    Asked,
    Operations,
    by,
    plainly,
)
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.services import add_evidence, answer, join, raise_difficulty
from diaban.work.reporting.tests.worlds import NOW, Reporting


def _difficulty(here: Reporting, content: str = "Trạm phát sóng hỏng từ tháng 9") -> Difficulty:
    return raise_difficulty(
        kind_code="locality", unit_id=here.world.units["D1"].pk, field_code="telecom", content=content,
        organisation_id=here.world.organisations["ubnd_d1"].pk, received_on=NOW.date(),
        actor=here.actor("district_officer"), at=NOW,
    )  # fmt: skip


def about(one: Difficulty, body: object = None) -> Asked:
    one.refresh_from_db()
    return Asked({"uid": one.uid}, body=body, revision=one.revision)


def a_difficulty(here: Reporting) -> Asked:
    return about(_difficulty(here))


def a_new_difficulty(here: Reporting) -> Asked:
    return Asked(body={"field": "telecom", "unit": str(here.world.units["D1"].uid), "content": "Trạm phát sóng hỏng"})


def a_way_for_it(here: Reporting) -> Asked:
    to = here.world.organisations["ubnd_tinh"].uid
    return about(_difficulty(here), {"to": str(to), "reason": "Thuộc thẩm quyền của tỉnh"})


def an_answer(here: Reporting) -> Asked:
    return about(_difficulty(here), {"result": "resolved", "text": "Đã sửa xong"})


def an_answered_one(here: Reporting) -> Asked:
    one = _difficulty(here)
    answer(difficulty_id=one.pk, result="resolved", text="Đã sửa", actor=here.actor("specialist"), at=NOW)
    return about(one, {"text": "Chưa sửa"})


def one_with_our_answer(here: Reporting) -> Asked:
    one = _difficulty(here)
    answer(difficulty_id=one.pk, result="resolved", text="Đã sửa", actor=here.actor("specialist"), at=NOW)
    return about(one, {"reason": "Ghi nhầm trạm"})


def a_proof(here: Reporting) -> Asked:
    return Asked({"uid": _difficulty(here).uid}, query={"title": "anh-tram.pdf"}, body=PROOF)


def a_kept_proof(here: Reporting) -> Asked:
    one = _difficulty(here)
    (kept,) = add_evidence(
        difficulty_id=one.pk, files=[(PROOF, "anh-tram.pdf")], actor=here.actor("district_officer"), at=NOW
    )
    return Asked({"key": kept.key})


def one_to_take_back(here: Reporting) -> Asked:
    return about(_difficulty(here), {"reason": "Đã tự khắc phục"})


def two_alike(here: Reporting) -> Asked:
    return Asked(body={"difficulties": [str(_difficulty(here).uid), str(_difficulty(here, "Trạm ấy vẫn hỏng").uid)]})


def a_joined_one(here: Reporting) -> Asked:
    first, other = _difficulty(here), _difficulty(here, "Trạm ấy vẫn hỏng")
    join(difficulty_ids=[first.pk, other.pk], actor=here.actor("specialist"), at=NOW)
    return about(other)


SPEAKERS = by(
    404, _403=f"{SO} {ADMINS} clerk province_leader auditor", _200="district_leader district_clerk district_officer"
)
RAISERS = by(
    200,
    _403=f"{ADMINS} auditor {OBSERVER}",
    _422="other_leader other_officer commune_leader commune_clerk commune_officer",  # not their ground
)
OPERATIONS: Operations = {
    "list_difficulties": ("difficulties", "GET", plainly, EVERYONE),
    "get_difficulty": ("difficulty", "GET", a_difficulty, ASKED),
    "raise_difficulty": ("difficulties", "POST", a_new_difficulty, RAISERS),
    "forward_difficulty": ("forward", "POST", a_way_for_it, HANDLERS),
    "send_difficulty_up": ("send_up", "POST", a_way_for_it, HANDLERS),
    "answer_difficulty": ("answer", "POST", an_answer, HANDLERS),
    "accept_answer": ("accept_answer", "POST", an_answered_one, SPEAKERS),
    "contest_answer": ("contest_answer", "POST", an_answered_one, SPEAKERS),
    "withdraw_answer": ("withdraw_answer", "POST", one_with_our_answer, HANDLERS),
    "add_difficulty_evidence": ("evidence", "POST", a_proof, SPEAKERS),
    "get_file": ("file", "GET", a_kept_proof, ASKED),
    "withdraw_raising": ("withdraw_raising", "POST", one_to_take_back, SPEAKERS),
    "join_difficulties": ("join", "POST", two_alike, HANDLERS),
    "part_difficulty": ("part", "POST", a_joined_one, HANDLERS),
}
