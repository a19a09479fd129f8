"""What can go wrong where something is signed."""


class SigningFailed(Exception):
    """Base: `code` is stable."""

    code = "signing_failed"


class KeyUnknown(SigningFailed):
    """No key of that kid, or none that is in use for the purpose."""

    code = "key_unknown"


class PassphraseWrong(SigningFailed):
    """The passphrase does not open the key."""

    code = "passphrase_wrong"


class TooLong(SigningFailed):
    """What should stand in the code makes it denser than a QR code of version 14-M."""

    code = "too_long"
