"""Evidence and events in words that an officer can read at a glance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.design import formats
from juzhu.evidence.kinds import (
    NAMES,
    Insurance,
    Kind,
    LeaseContract,
    SafetyInspection,
    StudentRecord,
    TalentPermitRecord,
    Title,
)
from juzhu.evidence.models import Evidence
from juzhu.operations.models import Event
from juzhu.people.divisions import division_name

Lines = list[tuple[str, str]]

EVENTS = {
    "application.started": gettext_lazy("开始填写"),
    "application.submitted": gettext_lazy("提交"),
    "application.supplemented": gettext_lazy("补正后再提交"),
    "application.supplement_requested": gettext_lazy("一次性告知"),
    "application.supplement_extended": gettext_lazy("补正期限延长"),
    "application.accepted": gettext_lazy("受理，出具回执"),
    "application.deemed_accepted": gettext_lazy("到期视为受理"),
    "application.approved": gettext_lazy("准予"),
    "application.issued": gettext_lazy("签发"),
    "application.refused": gettext_lazy("不予，说明理由"),
    "application.withdrawn": gettext_lazy("申请人撤回"),
    "application.lapsed": gettext_lazy("逾期未补正，失效"),
    "evidence.uploaded": gettext_lazy("交来材料"),
    "evidence.attested": gettext_lazy("部门提供信息"),
    "evidence.judged": gettext_lazy("看过材料"),
    "evidence.withdrawn": gettext_lazy("撤下材料"),
}
OTHER_EVENTS = {
    "account.opened": gettext_lazy("开通账号"),
    "account.bound": gettext_lazy("实名核对"),
    "account.officer_made": gettext_lazy("开通工作人员账号"),
    "guardianship.recorded": gettext_lazy("登记监护关系"),
    "permit.endorsed": gettext_lazy("签注"),
    "permit.issued": gettext_lazy("发证"),
    "permit.terminated": gettext_lazy("居住证终止"),
    "person.number_revealed": gettext_lazy("看了全号"),
    "person.read": gettext_lazy("看了记录"),
    "person.recorded": gettext_lazy("录入人员"),
    "registration.ended": gettext_lazy("居住登记注销"),
    "registration.moved": gettext_lazy("搬家变更"),
    "registration.opened": gettext_lazy("办了居住登记"),
    "registration.workplace": gettext_lazy("单位变更"),
    "document.issued": gettext_lazy("出具文书"),
    "permit.slip_handed": gettext_lazy("发出确认单"),
}
JUDGEMENTS = {
    "good": gettext_lazy("看过，没问题"),
    "insufficient": gettext_lazy("看不清，要重传"),
    "disproved": gettext_lazy("不能证明"),
}


def event_word(event: Event) -> str:
    """What happened; the code itself where there is no word for it."""
    return str({**EVENTS, **OTHER_EVENTS}.get(event.kind, event.kind))


def event_detail(event: Event) -> str:
    """Which paper it was, and how it was judged; that an acceptance was taken back."""
    if "acceptance_taken_back" in event.data:
        return _("原来的受理取消")
    kind, judgement = event.data.get("evidence"), event.data.get("judgement")
    named = [str(NAMES[Kind(kind)])] if kind in set(Kind) else []
    return " · ".join(named + ([str(JUDGEMENTS[judgement])] if judgement in JUDGEMENTS else []))


def event_actor(event: Event) -> str:
    """Who did it: an officer by name, anybody else by kind."""
    if event.actor_kind == "staff":
        return event.actor_name
    return _("本人") if event.actor_kind == "citizen" else _("系统")


def content(piece: Evidence) -> Lines:
    """What a piece says, line by line."""
    said = piece.content
    return _LINES.get(Kind(piece.kind), lambda _said: [])(said)


def _day(value: date | None) -> str:
    return formats.day(value, formats.language()) if value else "—"


def _place(code: str) -> str:
    return division_name(code, formats.language())


def _truth(value: bool | None) -> str:
    return _("没有写") if value is None else _("是") if value else _("否")


def _insurance(said: Insurance) -> Lines:
    if not said.runs:
        return [(_("缴费"), _("没有"))]
    return [
        (
            f"{run.from_month} — {run.to_month}",
            " · ".join(
                [
                    _place(run.division),
                    *([_("补缴")] if run.back_paid else []),
                    *([run.employer] if run.employer else []),
                ]
            ),
        )
        for run in said.runs
    ]


def _title(said: Title) -> Lines:
    rows = [(_("谁的房子"), _("本人") if said.holder == "self" else _("房东"))]
    rows += [(_("权利人"), said.owner)] if said.owner else []
    return rows + ([(_("证书编号"), said.number)] if said.number else [])


def _lease(said: LeaseContract) -> Lines:
    rows = [(_("合同期"), formats.period(said.from_day, said.to_day, formats.language()))]
    rows += [(_("出租人"), said.landlord)] if said.landlord else []
    return [*rows, (_("商品房"), _truth(said.commodity_housing))]


def _number(said: Any) -> Lines:
    return [(_("编号"), said.number or "—")]


def _inspection(said: SafetyInspection) -> Lines:
    return [
        (_("违法建筑"), _truth(said.illegal_construction)),
        (_("危险房屋"), _truth(said.dangerous_building)),
        (_("擅自改变用途"), _truth(said.changed_use)),
        (_("排查日期"), _day(said.inspected_on)),
    ]


def _student(said: StudentRecord) -> Lines:
    return [
        (_("学校"), said.school),
        (_("全日制"), _truth(said.full_time)),
        (_("所在地"), _place(said.division)),
        (_("入学"), _day(said.enrolled_on)),
        (_("离校"), _day(said.left_on)),
    ]


def _talent(said: TalentPermitRecord) -> Lines:
    return [(_("编号"), said.number or "—"), (_("有效期至"), _day(said.valid_until))]


_LINES: dict[Kind, Callable[[Any], Lines]] = {
    Kind.INSURANCE: _insurance,
    Kind.TITLE: _title,
    Kind.LEASE: _lease,
    Kind.RENTAL_REGISTRATION: _number,
    Kind.LEASE_FILING: _number,
    Kind.SAFETY_INSPECTION: _inspection,
    Kind.STUDENT_RECORD: _student,
    Kind.TALENT_PERMIT: _talent,
}
