"""What can go wrong with a wallet. Those with an OAuth code are told to programs as their standard says."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError


class NothingToLoad(JuzhuError):
    """There is no permit that is good now and for some time to come."""

    code = "nothing_to_load"
    status = 409
    sentence = _("居住证现在不在有效期内，不能装到手机里。")


class TooManyDevices(JuzhuError):
    """As many devices hold the permit as may."""

    code = "too_many_devices"
    status = 409
    sentence = _("能装的设备已经满了。请先停用一台不用的。")


class NotYours(JuzhuError):
    """Somebody else's permit or device."""

    code = "not_yours"
    status = 404


class AskInvalid(JuzhuError):
    """What a checker asks for is not in the catalogue, or has no purpose or name."""

    code = "ask_invalid"
    status = 422
    sentence = _("请至少选一项，写清楚为什么要看。")


class AccountNeeded(JuzhuError):
    """Personal data is for checkers with an account alone."""

    code = "account_needed"
    status = 403
    sentence = _("要看姓名、照片等个人信息，请用单位账号。")


class TooManyAsked(JuzhuError):
    """One address has asked more often than a checker needs to."""

    code = "too_many_asked"
    status = 429


class Told(JuzhuError):
    """An error with the code that OAuth 2 or OpenID4VCI has for it; `sentence` is for developers."""


class InvalidRequest(Told):
    code = "invalid_request"


class InvalidGrant(Told):
    code = "invalid_grant"
    sentence = "The code or the token is unknown, over, used, or its transaction code is wrong."


class UnsupportedGrant(Told):
    code = "unsupported_grant_type"


class InvalidDetails(Told):
    code = "invalid_authorization_details"
    sentence = "Leave authorization_details out: there is one kind of credential."


class InvalidToken(Told):
    code = "invalid_token"
    status = 401
    sentence = "The access token is missing, unknown, over or revoked."


class InvalidCredentialRequest(Told):
    code = "invalid_credential_request"


class UnknownConfiguration(Told):
    code = "unknown_credential_configuration"


class UnknownIdentifier(Told):
    code = "unknown_credential_identifier"
    sentence = "No credential identifiers were given out: name the credential configuration."


class InvalidEncryption(Told):
    code = "invalid_encryption_parameters"
    sentence = "Answers are not encrypted beyond TLS."


class InvalidProof(Told):
    code = "invalid_proof"


class InvalidNonce(Told):
    code = "invalid_nonce"
    sentence = "The nonce is not ours, older than five minutes, or used. Ask for a new one."


class RequestDenied(Told):
    code = "credential_request_denied"


class InvalidTransaction(Told):
    code = "invalid_transaction_id"
    sentence = "There is nothing under this transaction id, or it was fetched already."
