"""The table of acts, and who may act without a position."""

from datetime import date

import pytest

from diaban.foundation.acts.actor import SYSTEM_MAY, NotPermitted, SettingUp, SystemActor
from diaban.foundation.acts.catalogue import ActKind, Role, UnknownAct, act_kind, all_acts, register_acts

TODAY = date(2026, 3, 2)


def test_acts_are_listed_by_name_and_each_has_a_label() -> None:
    names = [kind.name for kind in all_acts()]

    assert names == sorted(names)
    assert all(str(kind.label).strip() for kind in all_acts())


def test_an_act_has_one_meaning() -> None:
    known = act_kind("journal.read")
    register_acts(known)

    with pytest.raises(ValueError, match="registered twice"):
        register_acts(ActKind("journal.read", "Khác", None, frozenset({Role.CLERK})))


def test_an_act_nobody_registered_is_unknown() -> None:
    with pytest.raises(UnknownAct):
        act_kind("no.act")


def test_the_system_may_what_its_list_says_and_nothing_else() -> None:
    system = SystemActor("tests", TODAY)

    assert {kind.name for kind in all_acts() if system.may(kind.name)} <= SYSTEM_MAY
    assert system.require("obligations.remind")
    with pytest.raises(NotPermitted):
        system.require("obligations.decide")


def test_setting_up_may_what_is_marked_for_it() -> None:
    setting_up = SettingUp("tests", TODAY)

    assert {kind.name for kind in all_acts() if setting_up.may(kind.name)} == {
        kind.name for kind in all_acts() if kind.by_set_up
    }
    with pytest.raises(NotPermitted):
        setting_up.require("obligations.decide")
