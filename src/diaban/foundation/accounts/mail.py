"""Notices by mail. A letter holds what the list of notices says, no figure and nothing personal; the rest is behind sign-in."""

from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import ngettext, override

from diaban.foundation.accounts.channels import ChannelDown, Message, NotReached
from diaban.foundation.accounts.models import Account


class Mail:
    """The channel over SMTP, or into files where no server is named."""

    def reaches(self, account: Account) -> bool:
        return bool(account.email)

    def send(self, message: Message) -> None:
        with override(message.account.language):
            letter = EmailMessage(_title(message), _body(message), to=[message.account.email])
        try:
            letter.send()
        except SMTPRecipientsRefused as refused:
            _code, said = next(iter(refused.recipients.values()))
            raise NotReached(said.decode(errors="replace") if isinstance(said, bytes) else str(said)) from refused
        except ValueError as error:  # an address or title that can be no header
            raise NotReached(str(error)) from error
        except (SMTPException, OSError) as error:
            raise ChannelDown(str(error)) from error


def _title(message: Message) -> str:
    number = len(message.notices)
    if number == 1:
        return " ".join(message.notices[0].text.split())[:150]
    return ngettext("Địa Bàn: %(number)d thông báo", "Địa Bàn: %(number)d thông báo", number) % {"number": number}


def _body(message: Message) -> str:
    return render_to_string("accounts/mail.txt", {"message": message})
