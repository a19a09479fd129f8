"""What can go wrong while presence is proved, each with its code and its sentence."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError
from juzhu.people.errors import PresenceNotProved


class PasskeyRefused(PresenceNotProved):
    """No passkey of theirs has answered, or not as it must."""

    code = "passkey_refused"
    because = "passkey"
    sentence = _("通行密钥没有通过。请再试一次，或者换一种方式。")


class FaceNotMatched(PresenceNotProved):
    """The provider has seen somebody else."""

    code = "face_not_matched"
    because = "match"
    sentence = _("人脸核验没有通过：和证件相片对不上。可以再试一次，或者换一种方式。")


class FaceNotLive(FaceNotMatched):
    """The provider is not sure that it has seen a living person."""

    code = "face_not_live"
    because = "liveness"
    sentence = _("人脸核验没有通过：不能确定是真人在镜头前。请本人对着镜头再试，或者换一种方式。")


class PresenceUnfinished(JuzhuError):
    """Nothing was proved and nothing disproved: not a wrong try."""

    code = "presence_unfinished"
    because = "unfinished"


class AttemptOver(PresenceUnfinished):
    """A try that is too old, used, or of another session, account or purpose."""

    code = "attempt_over"
    because = "over"
    sentence = _("这一次核验已经过期或者用过了。请再来一次。")


class FaceCancelled(PresenceUnfinished):
    """The person went back from the provider without being seen."""

    code = "face_cancelled"
    because = "cancelled"
    sentence = _("人脸核验没有做完。可以再试一次，或者换一种方式。")


class FaceProviderDown(PresenceUnfinished):
    """The provider does not answer."""

    code = "face_provider_down"
    status = 503
    because = "provider_down"
    sentence = _("人脸核验服务暂时没有回应，不是您的问题。请换一种方式。")


class FaceUnreadable(PresenceUnfinished):
    """A picture in which there is not exactly one face. For development."""

    code = "face_unreadable"
    because = "unreadable"
    sentence = _("相片里要正好有一张脸。请换一张。")


class WayNotOffered(JuzhuError):
    """A way of proving presence that is not offered here, or not to this account."""

    code = "way_not_offered"
    status = 404
    sentence = _("这里没有这种方式。请换一种。")


class PasskeyNotRegistered(JuzhuError):
    """What the browser handed over makes no passkey."""

    code = "passkey_not_registered"
    sentence = _("通行密钥没有登记上。请再试一次。")


class PasskeyKnown(JuzhuError):
    """The same passkey twice."""

    code = "passkey_known"
    status = 409
    sentence = _("这个通行密钥已经登记过了。")


class TooManyPasskeys(JuzhuError):
    """An account keeps ten at most."""

    code = "too_many_passkeys"
    status = 409
    sentence = _("一个账号最多 10 个通行密钥。请先删掉不用的。")
