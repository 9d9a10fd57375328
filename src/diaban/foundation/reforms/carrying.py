"""Carries a plan out: one transaction over organisations, mandates, positions and open work."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.allocation import allotments_on
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.routing import Conflict, Gap, responsible_many, successor_in
from diaban.foundation.mandates.services import apply_mandate_template, close_mandate
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.obligations.services import (
    close,
    generate_obligations,
    move_counterpart,
    move_duty,
    move_owner,
    notify_owners,
)
from diaban.foundation.organisations.models import Holding, Organisation, OrganisationVersion
from diaban.foundation.organisations.services import (
    dissolve_organisation,
    found_organisation,
    reparent_organisation,
    succeed,
)
from diaban.foundation.reforms.plan import Outcome, Plan
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.queries import descendants, nearest_versions
from diaban.foundation.ui.services import follow_root

FIELDS_TO_LEAD = ("post", "telecom", "it", "security", "press_publishing", "administration", "workforce", "base")


@dataclass
class Carrying:
    """One carrying out. `run` must stand in a transaction; what it finds stands in `outcome`."""

    plan: Plan
    actor: Actor
    at: datetime
    act: uuid.UUID = field(default_factory=uuid.uuid4)
    outcome: Outcome = field(default_factory=Outcome)
    ids: dict[str, int] = field(default_factory=dict)

    def run(self) -> Outcome:
        self._found()
        self._move_superiors()
        self._pass_work_on()
        self._close_mandates()
        self._give_mandates()
        self._dissolve()
        self._move_obligations()
        self._look_for_gaps()
        if self.plan.after_id != self.plan.before_id:
            follow_root(from_unit_id=self.plan.before_id, to_unit_id=self.plan.after_id)
        return self.outcome

    def _found(self) -> None:
        """Superiors first, so that each finds the one it stands under."""
        waiting = list(self.plan.founded)
        while waiting:
            ready = [row for row in waiting if self._is_known(row.parent) and self._is_known(row.guided_by)]
            for row in ready or waiting:
                organisation = found_organisation(
                    name=row.name,
                    kind=row.kind,
                    unit_id=row.unit_id,
                    valid_from=self.plan.on,
                    parent_id=self._id(row.parent),
                    guided_by_id=self._id(row.guided_by),
                    short=row.short,
                    body=row.body,
                    actor=self.actor,
                    at=self.at,
                    act=self.act,
                )
                self.ids[row.key] = organisation.pk
            self.outcome.founded += len(ready or waiting)
            waiting = [row for row in waiting if row.key not in self.ids]

    def _is_known(self, reference: int | str | None) -> bool:
        return reference is None or isinstance(reference, int) or reference in self.ids

    def _id(self, reference: int | str | None) -> int | None:
        return self.ids.get(reference) if isinstance(reference, str) else reference

    def _move_superiors(self) -> None:
        for row in self.plan.moved:
            reparent_organisation(
                organisation_id=row.organisation_id,
                on=self.plan.on,
                parent_id=self._id(row.parent),
                guided_by_id=self._id(row.guided_by),
                actor=self.actor,
                at=self.at,
                act=self.act,
            )

    def _pass_work_on(self) -> None:
        for row in self.plan.passed:
            successor = self._id(row.successor)
            if successor is None:
                continue
            succeed(
                predecessor_id=row.predecessor_id,
                successor_id=successor,
                field_code=row.field_code,
                on=self.plan.on,
                basis=row.basis,
                actor=self.actor,
                at=self.at,
                act=self.act,
            )

    def _close_mandates(self) -> None:
        """What ending bodies had, and what the law of the new day no longer gives to those that stay."""
        ended = {row.organisation_id for row in self.plan.ended}
        allotted = {(row.body, row.function, row.field) for row in allotments_on(self.plan.on)}
        holding = Mandate.objects.on(self.plan.on).select_related("organisation", "function", "field")
        ours = set(self._standing_before())
        for mandate in holding.filter(organisation_id__in=ours):
            key = (mandate.organisation.body, mandate.function.code, mandate.field.code if mandate.field else "")
            is_over = mandate.organisation_id in ended or (mandate.organisation.body and key not in allotted)
            if is_over and mandate.first_day != self.plan.on:
                close_mandate(mandate_id=mandate.pk, on=self.plan.on, actor=self.actor, at=self.at, act=self.act)
                self.outcome.mandates_closed += 1

    def _standing_before(self) -> Iterable[int]:
        inside = [self.plan.before_id, *(row.unit_id for row in descendants(self.plan.before_id, self._eve))]
        return (
            OrganisationVersion.objects.on(self._eve)
            .filter(unit_id__in=inside)
            .values_list("organisation_id", flat=True)
        )

    @property
    def _eve(self) -> date:
        return date.fromordinal(self.plan.on.toordinal() - 1)

    def _give_mandates(self) -> None:
        ended = {row.organisation_id for row in self.plan.ended}
        inside = [self.plan.after_id, *(row.unit_id for row in descendants(self.plan.after_id, self.plan.on))]
        standing = Organisation.objects.exclude(body="").filter(
            versions__valid__contains=self.plan.on, versions__unit_id__in=inside
        )
        bodies: dict[str, list[int]] = {}
        for pk, body in standing.exclude(pk__in=ended).values_list("pk", "body"):
            bodies.setdefault(body, []).append(pk)
        applied = apply_mandate_template(
            province_unit_id=self.plan.after_id,
            on=self.plan.on,
            bodies=bodies,
            actor=self.actor,
            at=self.at,
            act=self.act,
        )
        self.outcome.mandates_given = len(applied.given)

    def _dissolve(self) -> None:
        ended = [row.organisation_id for row in self.plan.ended]
        held = Holding.objects.filter(position__organisation_id__in=ended, valid__contains=self.plan.on)
        people = set(held.values_list("person_id", flat=True))
        for organisation_id in ended:
            dissolve_organisation(
                organisation_id=organisation_id,
                on=self.plan.on,
                basis=self.plan.basis,
                actor=self.actor,
                at=self.at,
                act=self.act,
            )
        self.outcome.ended = len(ended)
        still = Holding.objects.filter(person_id__in=people, valid__contains=self.plan.on)
        self.outcome.people_without_post = len(people - set(still.values_list("person_id", flat=True)))

    def _move_obligations(self) -> None:
        """Open work of ending owners: of periods that are over it moves, of later ones it is closed and made anew."""
        ended = {row.organisation_id for row in self.plan.ended}
        rows = Obligation.objects.open().filter(owner_id__in=ended).select_for_update(of=("self",)).order_by("id")
        moved: list[Obligation] = []
        for row in rows:
            if row.duty_id is not None and row.period_last_day is not None and row.period_last_day >= self.plan.on:
                note = f"Kỳ kết thúc sau ngày sắp xếp {self.plan.on:%d/%m/%Y}; sinh lại cho đơn vị mới."
                close(
                    obligation=row, reason=ClosedReason.REFORMED, note=note, actor=self.actor, at=self.at, act=self.act
                )
                self.outcome.obligations_closed += 1
                continue
            successor = successor_in(row.owner_id, row.field_code or None, self.plan.on)
            if successor is None:
                self.outcome.without_owner.append(row.title)
                continue
            move_owner(obligation=row, to_organisation_id=successor, actor=self.actor, at=self.at, act=self.act)
            self.outcome.obligations_moved += 1
            moved.append(row)
        reason = _("Việc chuyển giao do sắp xếp đơn vị, bộ máy")
        notify_owners(obligations=moved, reason=reason, on=self.plan.on, at=self.at)
        self._move_counterparts(ended)
        self._move_duties(ended)

    def _move_counterparts(self, ended: set[int]) -> None:
        """Whoever is owed something hands that over as well."""
        for row in Obligation.objects.open().filter(counterpart_id__in=ended).select_for_update(of=("self",)):
            successor = successor_in(row.counterpart_id, row.field_code or None, self.plan.on)
            if successor is not None:
                move_counterpart(
                    obligation=row, to_organisation_id=successor, actor=self.actor, at=self.at, act=self.act
                )

    def _move_duties(self, ended: set[int]) -> None:
        """Duties go on over the new ground and to the new counterpart; then the day's obligations are made."""
        for duty in Duty.objects.on(self.plan.on):
            counterpart = duty.counterpart_id
            if counterpart in ended:
                counterpart = successor_in(counterpart, duty.field_code or None, self.plan.on) or counterpart
            unit_id = self.plan.after_id if duty.unit_id == self.plan.before_id else duty.unit_id
            if (counterpart, unit_id) != (duty.counterpart_id, duty.unit_id):
                move_duty(
                    duty=duty, unit_id=unit_id, counterpart_id=counterpart, actor=self.actor, at=self.at, act=self.act
                )
            made = generate_obligations(on=self.plan.on, duties=[duty], actor=self.actor, at=self.at)
            self.outcome.obligations_made += made.made

    def _look_for_gaps(self) -> None:
        """Who leads after the day: each field over the province, and the report of each locality."""
        for code in FIELDS_TO_LEAD:
            self._note(responsible_many("manage", code, [self.plan.after_id], self.plan.on).values())
        communes = [row.unit_id for row in descendants(self.plan.after_id, self.plan.on, level=Level.COMMUNE)]
        founded = {row.unit_id for row in self.plan.founded}
        self._note(responsible_many("report", None, founded & set(communes), self.plan.on).values())

    def _note(self, answers: Iterable[object]) -> None:
        for answer in answers:
            if isinstance(answer, Gap):
                name = nearest_versions([answer.unit_id], self.plan.on)[answer.unit_id].full_name
                self.outcome.gaps.append(
                    f"{name}, {answer.function}, {answer.field_code or 'mọi lĩnh vực'}: {answer.because}"
                )
            elif isinstance(answer, Conflict):
                self.outcome.conflicts.append(str(answer.because))
