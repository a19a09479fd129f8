"""What kinds of reports are called where they are offered."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import Sentence
from juzhu.registration.reporting.entries import (
    LEASE,
    LEASE_INTRODUCED,
    LETTING,
    STAY,
    WORK,
    WORK_INTRODUCED,
)

OFFERED: dict[str, tuple[Sentence, Sentence, str]] = {
    WORK: (_("员工入职、离职"), _("招用或离开后 3 个工作日内"), "briefcase"),
    LEASE: (_("租客入住、搬走"), _("入住或搬走后 3 个工作日内"), "home"),
    STAY: (_("住店、住院、入学、救助"), _("来了、走了都可以报"), "building"),
    WORK_INTRODUCED: (_("介绍成的工作"), _("介绍成后 3 个工作日内"), "briefcase"),
    LEASE_INTRODUCED: (_("介绍成的租房"), _("介绍成后 3 个工作日内"), "home"),
    LETTING: (_("知道有房出租"), _("知道了就报"), "map-pin"),
}
"""Title, by when, icon. Source: Zhejiang arts. 8 to 12."""
