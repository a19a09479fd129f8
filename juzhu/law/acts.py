"""By which provisions the office acts, and what may be done against it: what papers cite. A pack says it.

The terms that a parameter has already (fifteen days, five working days, the supplement's term) are cited from
there, and from nowhere else.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StrictStr

from juzhu.law.requirements import Part
from juzhu.law.wording import Text

Cite = Annotated[StrictStr, Field(pattern=r"^[a-z0-9-]+(:[a-z0-9.]+)?$")]

ACTS: dict[str, Text] = {
    "refusal": Text("不予受理、不予办理", "refusing an application"),
    "declined": Text("拒绝补正的，不予受理", "not accepting what is not completed"),
    "lapse": Text("补正期满，终结", "closing what was not completed in time"),
    "ended": Text("情况变了，终结", "closing what a fact has made pointless"),
    "non_endorsement": Text("不予签注", "refusing an endorsement"),
    "suspension": Text("逾期未签注，使用功能中止", "suspension when no endorsement came in time"),
    "correction": Text("更正登载内容", "correcting an entry"),
    "change": Text("变更登载内容", "changing an entry"),
    "termination_not_endorsed": Text("不予签注，使用功能终止", "termination without an endorsement"),
    "termination_local_household": Text("户口迁入，使用功能终止", "termination for local household"),
    "termination_death": Text("去世，使用功能终止", "termination at death"),
    "termination_fraud": Text("收缴，使用功能终止", "termination of a withdrawn permit"),
    "termination_other": Text("其他情形，使用功能终止", "termination in other cases"),
    "telling": Text("处罚前告知", "telling before a penalty"),
    "challenge": Text("申请回避", "asking that an officer keep away"),
    "hearing": Text("听证", "formal hearings"),
    "penalty": Text("警告、罚款", "a warning or fine for a false word"),
    "withdrawal": Text("收缴居住证", "withdrawing a permit"),
    "record": Text("记入综合信息平台", "the record on the information platform"),
    "penalty_decision": Text("行政处罚决定", "deciding on a penalty"),
    "lighter": Text("未成年人从轻或者减轻", "lighter penalties of minors"),
    "payment": Text("缴纳罚款", "paying a fine"),
    "not_stayed": Text("救济期间不停止执行", "no stay while a remedy runs"),
    "no_penalty": Text("不予行政处罚", "imposing no penalty"),
    "no_penalty_minor": Text("未满十四周岁，不予行政处罚", "no penalty under fourteen"),
}
"""Every act that some paper cites, and what it is called."""


class Term(Part):
    """Within how long a remedy may be taken, and the provisions that say so."""

    length: Annotated[StrictInt, Field(ge=1, le=3650)]
    cites: Annotated[tuple[Cite, ...], Field(min_length=1)]


class Remedies(Part):
    """行政复议, in natural days; 行政诉讼, in months. Both run from when the decision is known."""

    reconsideration_days: Term
    litigation_months: Term


class Threshold(Part):
    """From how many yuan a fine counts as large. `confirmed`: whether the figure was held against its source;
    one that was not is never shown as official.
    """

    yuan: Annotated[StrictInt, Field(ge=1)]
    cites: Annotated[tuple[Cite, ...], Field(min_length=1)]
    confirmed: StrictBool


class Offered(Part):
    """Whether a hearing is offered for something that the text leaves open."""

    offered: StrictBool
    cites: Annotated[tuple[Cite, ...], Field(min_length=1)]
    confirmed: StrictBool


class Hearings(Part):
    """听证: before which decisions the party is told that they may ask for one (Penalty Law art.
    63). `withdrawal`: of a permit that was got by a false word.
    """

    person_fine: Threshold
    organisation_fine: Threshold
    withdrawal: Offered
