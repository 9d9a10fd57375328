"""A small fixed world with people in it, for the tests of every room.

    def test_officer_opens_the_report(db: None) -> None:
        world = a_world()

        response = world.client("district_officer").get(...)      # signed in, acting in that position
        report = open_report(..., actor=world.actor("district_officer"), at=NOW)

Ground: province `P` ⊃ districts `D1` ⊃ communes `C11`, `C12` and `D2` ⊃ `C21`, `C22`; all exist on every day.
Organisations: `ubnd_tinh` ⊃ `so` (Sở TT&TT) ⊃ `phong_bcvt`; `ubnd_d1` ⊃ `phong_d1` (Phòng VH&TT), the same for `d2`;
`ubnd_c11` ⊃ `phong_c11` (Phòng VH-XH); `thanh_tra` (provincial inspectorate); `vnpt`, `viettel`, `post` (enterprises);
`tinh_uy` (a Party body).
Mandates are those of the law of 2018 (`mandates_2009.csv`), held since 1 July 2008 and open, so that they hold on any
later day: `so` manages each group of fields (no single mandate for all fields), keeps the registers; the committees direct
everything and report; rooms compile. The commune's are those of 2025, from the same day.
People (the name of each is that of the persona):
    so          director (head), deputy (deputy), section_head, specialist (both in phong_bcvt), clerk, unit_admin
    ubnd_tinh   province_leader           ubnd_d1  district_leader, district_clerk, district_admin    phong_d1  district_officer
    ubnd_d2     other_leader              phong_d2 other_officer
    ubnd_c11    commune_leader, commune_clerk     phong_c11 commune_officer
    vnpt        enterprise    viettel  other_enterprise     thanh_tra  auditor     tinh_uy  party_observer (auditor)
    nobody      an account that holds no position
"""

import uuid
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.db.models.sql.subqueries import InsertQuery
from django.test import Client
from django.utils import timezone
from psycopg import ClientCursor

from diaban.foundation.accounts.models import Account
from diaban.foundation.acts import clock
from diaban.foundation.acts.catalogue import Role
from diaban.foundation.mandates.actors import PositionActor, acting_as
from diaban.foundation.mandates.allocation import allotments_on, fields, functions
from diaban.foundation.mandates.middleware import SESSION_KEY
from diaban.foundation.mandates.models import Field, Function, Mandate
from diaban.foundation.organisations.models import (
    Holding,
    Kind,
    Organisation,
    OrganisationVersion,
    Person,
    Position,
)
from diaban.foundation.organisations.services.people import person_sort_key
from diaban.foundation.territory.models import Containment, Coverage, Level, Unit, UnitVersion
from diaban.lib.vietnamese import sort_key

M = TypeVar("M", bound=Model)
FIRST_ID = 1_000_000
ALWAYS = DateRange(None, None)
SINCE = date(2008, 7, 1)

UNITS = (
    ("P", None, Level.PROVINCE, "tỉnh", "Sơn Lâm", "92"),
    ("D1", "P", Level.DISTRICT, "huyện", "Bắc Sơn", "921"),
    ("D2", "P", Level.DISTRICT, "huyện", "Nam Sơn", "922"),
    ("C11", "D1", Level.COMMUNE, "xã", "Đông Hà", "92101"),
    ("C12", "D1", Level.COMMUNE, "xã", "Tây Hà", "92102"),
    ("C21", "D2", Level.COMMUNE, "xã", "Thượng Giang", "92201"),
    ("C22", "D2", Level.COMMUNE, "thị trấn", "Hạ Giang", "92202"),
)
ORGANISATIONS = (
    ("tinh_uy", "Tỉnh ủy Sơn Lâm", Kind.PARTY_BODY, "P", None, None, None),
    ("ubnd_tinh", "Ủy ban nhân dân tỉnh Sơn Lâm", Kind.PEOPLE_COMMITTEE, "P", None, None, "ubnd_tinh"),
    ("so", "Sở Thông tin và Truyền thông tỉnh Sơn Lâm", Kind.DEPARTMENT, "P", "ubnd_tinh", None, "so_tttt"),
    ("phong_bcvt", "Phòng Bưu chính - Viễn thông", Kind.OFFICE, "P", "so", None, None),
    ("thanh_tra", "Thanh tra tỉnh Sơn Lâm", Kind.INSPECTORATE, "P", "ubnd_tinh", None, "thanh_tra_tinh"),
    ("ubnd_d1", "Ủy ban nhân dân huyện Bắc Sơn", Kind.PEOPLE_COMMITTEE, "D1", "ubnd_tinh", None, "ubnd_huyen"),
    ("ubnd_d2", "Ủy ban nhân dân huyện Nam Sơn", Kind.PEOPLE_COMMITTEE, "D2", "ubnd_tinh", None, "ubnd_huyen"),
    ("phong_d1", "Phòng Văn hóa và Thông tin huyện Bắc Sơn", Kind.DISTRICT_OFFICE, "D1", "ubnd_d1", "so", "phong_vhtt"),
    ("phong_d2", "Phòng Văn hóa và Thông tin huyện Nam Sơn", Kind.DISTRICT_OFFICE, "D2", "ubnd_d2", "so", "phong_vhtt"),
    ("ubnd_c11", "Ủy ban nhân dân xã Đông Hà", Kind.PEOPLE_COMMITTEE, "C11", "ubnd_d1", None, "ubnd_xa"),
    ("phong_c11", "Phòng Văn hóa - Xã hội xã Đông Hà", Kind.COMMUNE_OFFICE, "C11", "ubnd_c11", "so", "phong_vhxh"),
    ("vnpt", "VNPT Sơn Lâm", Kind.ENTERPRISE, "P", None, None, "dn_vien_thong"),
    ("viettel", "Viettel Sơn Lâm", Kind.ENTERPRISE, "P", None, None, "dn_vien_thong"),
    ("post", "Bưu điện tỉnh Sơn Lâm", Kind.ENTERPRISE, "P", None, None, "dn_buu_chinh"),
)
PEOPLE = (
    ("director", "Nguyễn Văn Giang", "so", "Giám đốc", Role.HEAD),
    ("deputy", "Trần Thị Phương", "so", "Phó Giám đốc", Role.DEPUTY),
    ("section_head", "Hoàng Văn Trường", "phong_bcvt", "Trưởng phòng", Role.SECTION_HEAD),
    ("specialist", "Lê Thị Chuyên", "phong_bcvt", "Chuyên viên", Role.OFFICER),
    ("clerk", "Phạm Thị Thư", "so", "Văn thư", Role.CLERK),
    ("unit_admin", "Vũ Văn Quản", "so", "Quản trị đơn vị", Role.UNIT_ADMIN),
    ("province_leader", "Đỗ Văn Tỉnh", "ubnd_tinh", "Chủ tịch", Role.HEAD),
    ("district_leader", "Lý Văn Chủ", "ubnd_d1", "Phó Chủ tịch", Role.HEAD),
    ("district_clerk", "Nông Thị Ấn", "ubnd_d1", "Văn thư", Role.CLERK),
    ("district_admin", "Ma Văn Đơn", "ubnd_d1", "Quản trị đơn vị", Role.UNIT_ADMIN),
    ("district_officer", "Giàng Thị Huyền", "phong_d1", "Chuyên viên", Role.OFFICER),
    ("other_leader", "Vàng Văn Khác", "ubnd_d2", "Chủ tịch", Role.HEAD),
    ("other_officer", "Sùng Thị Khác", "phong_d2", "Chuyên viên", Role.OFFICER),
    ("commune_leader", "Thào Văn Xã", "ubnd_c11", "Chủ tịch", Role.HEAD),
    ("commune_clerk", "Cháng Thị Số", "ubnd_c11", "Văn thư", Role.CLERK),
    ("commune_officer", "Lù Thị Công", "phong_c11", "Công chức", Role.OFFICER),
    ("enterprise", "Bùi Văn Doanh", "vnpt", "Đầu mối báo cáo", Role.ENTERPRISE),
    ("other_enterprise", "Đinh Thị Nghiệp", "viettel", "Đầu mối báo cáo", Role.ENTERPRISE),
    ("auditor", "Phan Văn Tra", "thanh_tra", "Thanh tra viên", Role.AUDITOR),
    ("party_observer", "Hà Văn Ủy", "tinh_uy", "Chuyên viên theo dõi", Role.AUDITOR),
)


@dataclass(frozen=True)
class World:
    units: dict[str, Unit]
    organisations: dict[str, Organisation]
    positions: dict[str, Position]
    people: dict[str, Person]
    accounts: dict[str, Account]

    def actor(self, persona: str, today: date | None = None) -> PositionActor:
        """The persona acting on that day (today, by the clock, where not given)."""
        return acting_as(self.positions[persona], self.accounts[persona], today or clock.today())

    def client(self, persona: str) -> Client:
        """A signed-in client that acts in the persona's position."""
        client = Client()
        client.force_login(self.accounts[persona], backend="django.contrib.auth.backends.ModelBackend")
        if persona in self.positions:
            session = client.session
            session[SESSION_KEY] = self.positions[persona].pk
            session.save()
        return client


def a_world() -> World:
    """The world above; one statement, no journal. Its ids are high, so that rows made by a test never meet them."""
    with connection.cursor() as cursor:
        cursor.execute(_statement())
    return World(
        units=_fresh(_units()),
        organisations=_fresh(_organisations()),
        positions=_fresh(_positions()),
        people=_fresh(_people()),
        accounts=_fresh(_accounts()),
    )


def _fresh(rows: dict[str, M]) -> dict[str, M]:
    """Copies, so that a test may change its own."""
    return {name: copy(row) for name, row in rows.items()}


@cache
def _statement() -> str:
    """The whole world as SQL: the rows are the same every time, and a test should not wait for them to be put together."""
    tables: list[Iterable[Model]] = [
        _units().values(), _unit_versions(), _containments(), _coverages(),
        _organisations().values(), _organisation_versions(),
        _accounts().values(), _people().values(), _positions().values(), _holdings(),
        _fields().values(), _functions().values(), _mandates(),
    ]  # fmt: skip
    return ";".join(_insert(list(rows)) for rows in tables)


def _insert(rows: list[Model]) -> str:
    for place, row in enumerate(rows):
        row.pk = row.pk or FIRST_ID + place
        row._state.adding = False
    columns = [column for column in rows[0]._meta.local_concrete_fields if not column.generated]
    query = InsertQuery(type(rows[0]))
    query.insert_values(columns, rows, raw=True)
    connection.ensure_connection()
    writer = ClientCursor(connection.connection)
    return ";".join(writer.mogrify(text, values) for text, values in query.get_compiler(connection=connection).as_sql())


@cache
def _units() -> dict[str, Unit]:
    return {row[0]: Unit(pk=FIRST_ID + place, uid=uuid.uuid4(), level=row[2]) for place, row in enumerate(UNITS)}


def _unit_versions() -> list[UnitVersion]:
    return [
        UnitVersion(
            unit=_units()[name],
            valid=ALWAYS,
            code=code,
            name=called,
            kind=kind,
            parent=_units()[parent] if parent else None,
            sort_key=sort_key(called),
        )
        for name, parent, _level, kind, called, code in UNITS
    ]


def _lines() -> list[tuple[Unit, Unit, int]]:
    """(unit, one above it or itself, steps between)."""
    parents = {name: parent for name, parent, *_rest in UNITS}
    found = []
    for name in parents:
        above: str | None = name
        steps = 0
        while above is not None:
            found.append((_units()[name], _units()[above], steps))
            above, steps = parents[above], steps + 1
    return found


def _containments() -> list[Containment]:
    return [Containment(ancestor=up, descendant=unit, valid=ALWAYS, distance=steps) for unit, up, steps in _lines()]


def _coverages() -> list[Coverage]:
    return [Coverage(unit=up, covered=unit) for unit, up, _steps in _lines()]


@cache
def _organisations() -> dict[str, Organisation]:
    return {
        row[0]: Organisation(pk=FIRST_ID + place, uid=uuid.uuid4(), body=row[-1] or "")
        for place, row in enumerate(ORGANISATIONS)
    }


def _organisation_versions() -> list[OrganisationVersion]:
    return [
        OrganisationVersion(
            organisation=_organisations()[name],
            valid=ALWAYS,
            name=called,
            kind=kind,
            unit=_units()[unit],
            parent=_organisations()[parent] if parent else None,
            guided_by=_organisations()[guide] if guide else None,
            sort_key=sort_key(called),
        )
        for name, called, kind, unit, parent, guide, _body in ORGANISATIONS
    ]


@cache
def _accounts() -> dict[str, Account]:
    names = [*(row[0] for row in PEOPLE), "nobody"]
    now = timezone.now()
    return {
        name: Account(pk=FIRST_ID + place, username=name, password="!", created_at=now)
        for place, name in enumerate(names)
    }


@cache
def _people() -> dict[str, Person]:
    return {
        name: Person(
            pk=FIRST_ID + place,
            uid=uuid.uuid4(),
            name=called,
            account_id=_accounts()[name].pk,
            sort_key=person_sort_key(called),
        )
        for place, (name, called, *_rest) in enumerate(PEOPLE)
    }


@cache
def _positions() -> dict[str, Position]:
    return {
        name: Position(
            pk=FIRST_ID + place,
            organisation_id=_organisations()[organisation].pk,
            title=title,
            role=role.value,
            valid=ALWAYS,
        )
        for place, (name, _called, organisation, title, role) in enumerate(PEOPLE)
    }


def _holdings() -> list[Holding]:
    return [Holding(person=_people()[row[0]], position=_positions()[row[0]], valid=ALWAYS) for row in PEOPLE]


@cache
def _fields() -> dict[str, Field]:
    ids = {one.code: FIRST_ID + place for place, one in enumerate(fields())}
    return {
        one.code: Field(
            pk=ids[one.code],
            code=one.code,
            name=one.name,
            name_en=one.name_en,
            parent_id=ids.get(one.parent),
            position=place,
        )
        for place, one in enumerate(fields())
    }


@cache
def _functions() -> dict[str, Function]:
    return {
        one.code: Function(pk=FIRST_ID + place, code=one.code, name=one.name, name_en=one.name_en, position=place)
        for place, one in enumerate(functions())
    }


def _mandates() -> list[Mandate]:
    commune = {"ubnd_xa", "phong_vhxh"}
    allotted = [one for one in allotments_on(date(2018, 7, 1)) if one.body not in commune]
    allotted += [one for one in allotments_on(date(2025, 7, 1)) if one.body in commune]
    return [
        Mandate(
            organisation=_organisations()[name],
            function=_functions()[one.function],
            field=_fields()[one.field] if one.field else None,
            unit=_units()[unit],
            reach=one.reach,
            part=one.part,
            valid=DateRange(SINCE, None),
            legal_basis=one.legal_basis,
            assumed=one.assumed,
        )
        for name, _called, _kind, unit, _parent, _guide, body in ORGANISATIONS
        for one in allotted
        if one.body == body
    ]
