"""Who issues a paper: a legal body by the names of a day, as it signs papers of a type."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from diaban.foundation.acts.catalogue import Role
from diaban.foundation.documents.content import Agency, Signer
from diaban.foundation.organisations.lines import Step, lines_of, within_body
from diaban.foundation.organisations.models import Kind, OrganisationVersion
from diaban.foundation.organisations.queries import positions_of, version_of
from diaban.foundation.territory.queries import nearest_versions
from diaban.foundation.ui.models import Instance

_OFFICE: Final = re.compile(r"^((?:Phó )?(?:Giám đốc|Chủ tịch)) (?:Sở|UBND|Ủy ban|Uỷ ban|Trung tâm)\b.*$")


@dataclass(frozen=True)
class Issuer:
    """Who issues the paper, by the names of a day."""

    agency: Agency
    symbol: str
    signer: Signer
    addressees: tuple[str, ...]


def issuer_for(organisation_id: int, type_code: str, day: date) -> Issuer:
    """The legal body of an organisation as it signs papers of a type. Four queries.

    A people's committee stands under its whole name and under nobody's; other bodies leave the place to their superior's.
    """
    line = lines_of([organisation_id], day).get(organisation_id, [])
    above = line[len(within_body(line)) :]
    body = within_body(line)[-1] if line else version_of(organisation_id, day)
    place = nearest_versions([body.unit_id], day)[body.unit_id]
    superior = above[0].name if above else None
    name = body.name.removesuffix(f" {place.kind} {place.name}").removesuffix(f" {place.full_name}")
    ground = body.name.removeprefix(name).strip().replace(" ", "\u00a0")  # stays on one line
    is_committee = body.kind == Kind.PEOPLE_COMMITTEE
    return Issuer(
        agency=Agency(f"{name} {ground}".strip(), place.name) if is_committee else Agency(name, place.name, superior),
        symbol=f"{type_code}-{body.short or initials(name)}",
        signer=_signer(body, day),
        addressees=(superior,) if superior else (),
    )


def _signer(body: Step | OrganisationVersion, day: date) -> Signer:
    head = next((post for post in positions_of(body.organisation_id, day) if post.position.role == Role.HEAD), None)
    is_committee = body.kind == Kind.PEOPLE_COMMITTEE
    title = _bare(head.position.title) if head else ("Chủ tịch" if is_committee else "Thủ trưởng cơ quan")
    name = head.holdings[0].person.name if head and head.holdings else ""
    return Signer(title, name, ("TM. ỦY BAN NHÂN DÂN",) if is_committee else ())


def _bare(title: str) -> str:
    """“Giám đốc” of “Giám đốc Sở”: whose director signs stands in the box of the agency already."""
    return _OFFICE.sub(r"\1", title)


def initials(name: str) -> str:
    """The letters of an office in a document's symbol: "STTTT" of "Sở Thông tin và Truyền thông"."""
    if name.lower().startswith("ủy ban nhân dân"):
        return "UBND"
    words = re.findall(r"\w+", name)
    return "".join(word[0].upper() for word in words if word.lower() not in {"và", "của"})


def notices_of_instance() -> tuple[str, ...]:
    """What this instance says of all its figures, such as "Số liệu minh họa"."""
    notice = Instance.objects.values_list("notice", flat=True).first()
    return (notice,) if notice else ()
