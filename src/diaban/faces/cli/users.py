"""Who a command acts for."""

import argparse

from diaban.foundation.accounts.models import Account
from diaban.foundation.acts import clock
from diaban.foundation.mandates.actors import PositionActor, acting_as, choices_of


class UnknownUser(LookupError):
    """No account of that name, or it holds no position today. The message is in Vietnamese."""


def add_as(parser: argparse.ArgumentParser) -> None:
    """The option `--as USER`, for commands that act in someone's name."""
    parser.add_argument("--as", dest="user", required=True, metavar="TÊN", help="tên đăng nhập của người thực hiện")


def actor_named(username: str) -> PositionActor:
    """The account acting in its first position of today. Raises `UnknownUser`."""
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise UnknownUser(f"Không có tài khoản “{username}”.")
    choices = choices_of(account.pk, clock.today())
    if not choices:
        raise UnknownUser(f"Tài khoản “{username}” hiện không giữ vị trí nào.")
    from diaban.foundation.organisations.models import Position

    return acting_as(Position.objects.get(pk=choices[0].position_id), account, clock.today())
