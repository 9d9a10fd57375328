"""Notices by mail. A letter holds what the list of notices says, no figure and nothing personal; the rest is behind sign-in."""

from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from diaban.foundation.accounts.channels import ChannelDown, Message, NotReached, Recipient


class Mail:
    """The channel over SMTP, or into files where no server is named. A letter that is sent again has the same Message-ID."""

    label = _("Thư điện tử")

    @property
    def is_connected(self) -> bool:
        return bool(settings.EMAIL_HOST)

    def address(self, to: Recipient) -> str:
        return to.account.email

    def send(self, message: Message) -> None:
        account = message.to.account
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
        with override(account.language):
            letter = EmailMessage(
                _title(message),
                _body(message),
                to=[account.email],
                headers={"Message-ID": f"<{message.key}@{domain}>"},
            )
        try:
            letter.send()
        except SMTPRecipientsRefused as refused:
            _status, said = next(iter(refused.recipients.values()))
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
