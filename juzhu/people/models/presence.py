"""What proving presence leaves behind: passkeys, and tries that are under way. No image, and no face."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Passkey(models.Model):
    """通行密钥: the public half of a key that only the holder's own device can use (WebAuthn)."""

    LONGEST_NAME = 40

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="passkeys")
    name = models.CharField(max_length=LONGEST_NAME)
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    """COSE_Key, as the device gave it."""
    sign_count = models.BigIntegerField()
    transports = models.JSONField(default=list)
    synced = models.BooleanField()
    """Whether the device keeps a copy elsewhere, such as in its maker's cloud."""
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class Attempt(models.Model):
    """核验过程: a try that leads over the browser's or the provider's own pages and back. It lives for five
    minutes, for one session, account and purpose, and is used once; two days later the row is gone.
    """

    SIGN_IN, REGISTER, PASSKEY, FACE = "sign_in", "register", "passkey", "face"
    LONGEST_TARGET = 500

    kind = models.CharField(
        max_length=10,
        choices=[
            (SIGN_IN, _("登录")),
            (REGISTER, _("登记通行密钥")),
            (PASSKEY, _("通行密钥")),
            (FACE, _("人脸核验")),
        ],
    )
    account = models.ForeignKey("people.Account", null=True, on_delete=models.CASCADE, related_name="+")
    """Nobody's yet, when somebody signs in."""
    purpose = models.CharField(max_length=10, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the challenge or the state: what is stored opens nothing."""
    session = models.CharField(max_length=64)
    """SHA-256 of the session's key."""
    provider_session = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=LONGEST_TARGET, blank=True)
    """The page that presence was asked for."""
    begun_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
