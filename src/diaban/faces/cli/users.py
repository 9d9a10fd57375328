"""Who a command acts for."""

from diaban.foundation.accounts.models import Account
from diaban.foundation.acts import clock
from diaban.foundation.mandates.actors import Acting, PositionActor


class UnknownUser(LookupError):
    """No account of that name, or it holds no position today. The message is in Vietnamese."""


def actor_named(username: str) -> PositionActor:
    """The account acting in its first position of today. Raises `UnknownUser`."""
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise UnknownUser(f"Không có tài khoản “{username}”.")
    acting = Acting.of(account.pk, clock.today())
    if not acting.choices:
        raise UnknownUser(f"Tài khoản “{username}” hiện không giữ vị trí nào.")
    return acting.as_position(acting.choices[0].position_id)
