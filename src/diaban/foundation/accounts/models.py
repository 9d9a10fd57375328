"""Accounts and notices."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    def create_account(self, username: str, password: str | None = None, *, email: str = "") -> "Account":
        """A new account; without a password it cannot sign in until one is set."""
        account = self.model(username=username, email=self.normalize_email(email))
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in. What it may do depends on the position it acts in, never on the account: there is no superuser."""

    username = models.CharField(_("tên đăng nhập"), max_length=150, unique=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    language = models.CharField(max_length=5, default="vi", choices=[("vi", "Tiếng Việt"), ("en", "English")])
    preferences = models.JSONField(default=dict, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.username


class Notice(models.Model):
    """A line for one account: what happened, about what, and why this person is told."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    text = models.CharField(max_length=400)
    reason = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-id"], name="notices_of_an_account"),
            models.Index(fields=["created_at"], name="notices_to_send", condition=models.Q(read_at=None)),
            models.Index(fields=["account"], name="unread_notices", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.text


class Delivery(models.Model):
    """How a notice goes out by one channel: waits, was sent, or failed for a reason.

    `key` names the message it went in with others, None until it is first tried; a message that is tried again keeps its key.
    `next_try_at` is when it may be tried; while a worker has it in hand, when another may take it up, should that one have
    died. `since` is when it began to wait.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    key = models.UUIDField(null=True)
    since = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)  # of the last try that did not succeed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="a_notice_goes_out_once_by_a_channel"),
            models.CheckConstraint(
                name="sent_or_failed_not_both", condition=models.Q(sent_at=None) | models.Q(failed_at=None)
            ),
            models.CheckConstraint(
                name="failed_for_a_reason", condition=models.Q(failed_at=None) | ~models.Q(reason="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_try_at"], name="deliveries_to_try",
                condition=models.Q(sent_at=None, failed_at=None),
            ),
            models.Index(fields=["failed_at"], name="failed_deliveries", condition=models.Q(failed_at__isnull=False)),
            models.Index(fields=["channel", "sent_at"], name="sent_deliveries"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.channel}: {self.notice}"
