"""Letters about duties: an order to correct, what is proposed and what was decided. All is read on one page,
the order's, by the person or for the organisation.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.operations.errors import Sentence
from juzhu.portal.letters import Written

TITLES: dict[str, Sentence] = {
    "order_issued": gettext_lazy("请您按期改正"),
    "order_revoked": gettext_lazy("一份责令改正撤销了"),
    "penalty_told": gettext_lazy("罚款决定之前，请您说说情况"),
    "penalty_hearing_called": gettext_lazy("听证定了日子，请您来"),
    "penalty_decided": gettext_lazy("作出了罚款决定"),
    "penalty_closed": gettext_lazy("案件结束，没有罚款"),
}
LINES: dict[str, Sentence] = {
    "order_issued": gettext_lazy("要改什么、最晚哪一天，都写在里面。这不是处罚。"),
    "order_revoked": gettext_lazy("这一件不用办了，为什么也写在里面。"),
    "penalty_told": gettext_lazy("事实、打算罚多少、依据和您的权利，都写在里面。还没有决定。"),
    "penalty_hearing_called": gettext_lazy("哪天、几点、在哪里、谁主持，都写在里面。可以请一两个人代理。"),
    "penalty_decided": gettext_lazy("罚多少、为什么、不服怎么办，都写在里面。"),
    "penalty_closed": gettext_lazy("您不用交什么，理由写在里面。"),
}


def _letter(kind: str, about: Mapping[str, Any], _suffix: str) -> Written:
    order = str(about.get("number", ""))
    number = _("编号 %(number)s。") % {"number": order}
    return (number, str(LINES[kind])), reverse("reporting:order", args=[order]), _("打开看")


WRITERS = {kind: partial(_letter, kind) for kind in TITLES}
