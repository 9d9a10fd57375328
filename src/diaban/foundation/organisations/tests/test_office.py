"""What the unit administrator does for the office's people: posts, accounts, who signs for whom."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from diaban.foundation.accounts.models import Account, Notice
from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations import services
from diaban.foundation.organisations.models import Delegation, Holding, Person, Position
from diaban.foundation.organisations.people_lists import people_of, rows_of

pytestmark = pytest.mark.django_db
ROOM = "Phòng Văn hóa và Thông tin huyện Bắc Sơn"


@pytest.fixture
def world() -> World:
    return a_world()


def account_of(world: World, name: str) -> Account:
    account = Person.objects.select_related("account").get(pk=world.people[name].pk).account
    assert account is not None
    return account


def of(world: World, name: str, act: str = "colleague") -> str:
    return reverse(f"organisations:{act}", args=[world.people[name].uid])


def test_a_new_password_is_shown_once_signs_the_old_session_out_and_is_told(world: World) -> None:
    officer = world.client("district_officer")
    assert officer.get("/").status_code == 200

    page = world.client("district_admin").post(of(world, "district_officer", "renew_password"))

    account = account_of(world, "district_officer")
    password = page.context["added"][0].password
    assert account.check_password(password)
    assert account.must_change_password
    assert password in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert officer.get("/").status_code == 302
    assert "đặt lại mật khẩu" in Notice.objects.get(account=account, subject_kind="organisations.person").text
    assert Entry.objects.filter(verb="organisations.password_renewed").count() == 1


@pytest.mark.parametrize(("asked", "left"), [({}, 1), ({"hai-lop": "1"}, 0)])
def test_a_second_factor_goes_only_where_that_is_asked(world: World, asked: dict[str, str], left: int) -> None:
    account = account_of(world, "district_officer")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})

    world.client("district_admin").post(of(world, "district_officer", "renew_password"), asked)

    assert Authenticator.objects.filter(user=account).count() == left


def test_a_locked_account_is_out_at_once_and_comes_back_when_unlocked(world: World) -> None:
    officer, admin = world.client("district_officer"), world.client("district_admin")

    admin.post(of(world, "district_officer", "lock_account"))
    locked = officer.get("/").status_code
    admin.post(of(world, "district_officer", "unlock_account"))

    assert locked == 302
    assert account_of(world, "district_officer").is_active


def test_nobody_locks_himself_out(world: World) -> None:
    admin = world.client("district_admin")

    answer = admin.post(of(world, "district_admin", "lock_account"), follow=True)

    assert "Không tự khóa tài khoản của mình." in answer.content.decode()
    assert account_of(world, "district_admin").is_active
    assert (
        reverse("organisations:lock_account", args=[world.people["district_admin"].uid]) not in answer.content.decode()
    )


def test_the_administrator_does_not_open_the_account_of_whoever_watches_him(world: World) -> None:
    room = world.organisations["phong_d1"]
    post = Position.objects.create(organisation=room, title="Thanh tra", role="auditor", valid=(None, None))
    watching = Holding.objects.create(person=world.people["district_clerk"], position=post, valid=(None, None))

    with pytest.raises(NotPermitted):
        services.renew_password(
            person_id=watching.person_id, actor=world.actor("district_admin", clock.today()), at=clock.now()
        )


def test_someone_with_a_post_in_another_body_too_is_not_the_administrators_alone(world: World) -> None:
    today = clock.today()
    Holding.objects.create(
        person=world.people["district_officer"],
        position=world.positions["other_officer"],
        valid=(date(2020, 1, 1), None),
    )

    with pytest.raises(NotPermitted):
        services.lock_account(
            person_id=world.people["district_officer"].pk, actor=world.actor("district_admin", today), at=clock.now()
        )


def test_a_post_more_is_given_and_one_is_ended_on_the_persons_page(world: World) -> None:
    admin = world.client("district_admin")
    given = {
        "organisation_id": str(world.organisations["phong_d1"].pk),
        "title": "Phụ trách chuyển đổi số",
        "role": "officer",
        "valid_from": "2026-01-01",
    }

    admin.post(of(world, "district_officer", "give_post"), given)
    more = Holding.objects.get(person=world.people["district_officer"], position__title="Phụ trách chuyển đổi số")
    early = admin.post(of(world, "district_officer", "end_holding"), {"giu": more.pk, "on": "2025-12-01"}, follow=True)
    admin.post(of(world, "district_officer", "end_holding"), {"giu": more.pk, "on": "2026-02-01"})

    more.refresh_from_db()
    assert "Ngày kết thúc phải sau ngày bắt đầu 01/01/2026." in early.content.decode()
    assert more.last_day == date(2026, 1, 31)


def test_a_post_given_twice_says_so_and_keeps_what_was_typed(world: World) -> None:
    held = world.positions["district_officer"]
    typed = {
        "organisation_id": str(held.organisation_id), "title": held.title, "role": held.role, "valid_from": "2026-01-01",
    }  # fmt: skip

    answer = world.client("district_admin").post(of(world, "district_officer", "give_post"), typed)

    assert answer.status_code == 422
    assert "đã giữ vị trí này" in answer.content.decode()
    assert f'value="{held.title}"' in answer.content.decode()


def test_who_gives_up_the_own_post_is_told_to_hand_it_over(world: World) -> None:
    admin = world.client("district_admin")
    own = Holding.objects.get(person=world.people["district_admin"])

    answer = admin.post(of(world, "district_admin", "end_holding"), {"giu": own.pk, "on": "2026-02-01"}, follow=True)

    assert "hãy bàn giao cho người khác" in answer.content.decode()


def delegation(world: World, **said: str) -> dict[str, str]:
    return {
        "from_position_id": str(world.positions["director"].pk),
        "to_position_id": str(world.positions["deputy"].pk),
        "manner": "KT",
        "basis": "",
        "valid_from": "2026-03-02",
        "valid_to": "",
        **said,
    }


def test_a_delegation_is_written_down_and_ended(world: World) -> None:
    director = world.client("director")

    director.post(reverse("organisations:delegations"), delegation(world))
    one = Delegation.objects.latest("pk")
    page = director.get(reverse("organisations:delegations")).content.decode()
    director.post(reverse("organisations:end_delegation", args=[one.pk]))

    assert "Ký thay (KT.)" in page
    one.refresh_from_db()
    assert one.last_day is not None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"manner": "TUQ"}, "ghi ngày cuối"),
        ({"manner": "TUQ", "valid_to": "2026-04-01"}, "ủy quyền bằng văn bản"),
        ({"valid_to": "2026-03-01"}, "không được trước ngày đầu"),
        ({"manner": "TL"}, "Thừa lệnh (TL.) là"),
    ],
)
def test_a_delegation_that_cannot_be_says_why(world: World, said: dict[str, str], why: str) -> None:
    answer = world.client("director").post(reverse("organisations:delegations"), delegation(world, **said))

    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_a_deputy_gives_away_no_signature_of_his_own(world: World) -> None:
    page = world.client("deputy").get(reverse("organisations:delegations")).content.decode()

    assert "Ghi việc ký thay" not in page


def test_a_list_with_a_heading_may_have_its_columns_anywhere() -> None:
    text = "DANH SÁCH\n\nSTT\tTài khoản\tHọ tên\tĐơn vị\tVai trò\tChức vụ\n1\tloa\tLò A\tPhòng\tVăn thư\tCông chức\n"

    (one,) = people_of(rows_of(text))

    assert (one.number, one.username, one.name, one.organisation, one.role, one.title) == (
        4, "loa", "Lò A", "Phòng", "Văn thư", "Công chức",
    )  # fmt: skip


def imported(client: Client, content: bytes, name: str) -> tuple[int, str]:
    file = SimpleUploadedFile(name, content)
    answer = client.post(reverse("organisations:import_people"), {"valid_from": "2026-01-01", "file": file})
    return answer.status_code, answer.content.decode()


def test_a_file_of_people_is_taken_in_or_refused_whole(world: World) -> None:
    admin = world.client("district_admin")
    heading = "Họ và tên;Tên đăng nhập;Chức vụ;Vai trò;Cơ quan\r\n"

    status, page = imported(admin, f"\ufeff{heading}Lò A;loa;Công chức;Chuyên viên;{ROOM}\r\n".encode(), "ds.csv")
    spoilt = imported(admin, b"PK\x03\x04 not a workbook", "ds.xlsx")
    twice = imported(admin, f"{heading}Lò A;loa;Công chức;Chuyên viên;{ROOM}\r\n".encode(), "ds.csv")

    assert status == 200
    assert "loa" in page
    assert spoilt[0] == 422
    assert twice[0] == 422
    assert "đã có người dùng" in twice[1]


def test_nothing_given_is_asked_for(world: World) -> None:
    answer = world.client("district_admin").post(
        reverse("organisations:import_people"), {"valid_from": "2026-01-01", "rows": ""}
    )

    assert answer.status_code == 422
    assert "Chép danh sách vào đây, hoặc chọn tệp." in answer.content.decode()


def test_an_address_of_a_button_opened_by_hand_says_what_it_is(world: World) -> None:
    answer = world.client("district_admin").get(of(world, "district_officer", "lock_account"))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "chỉ dùng cho nút bấm" in answer.content.decode()
