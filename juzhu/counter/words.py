"""Evidence and events in words that an officer can read at a glance."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.design import evidence_words
from juzhu.design.evidence_words import Lines
from juzhu.design.formats import language
from juzhu.design.legal import leaf_name
from juzhu.evidence.kinds import NAMES, Kind
from juzhu.evidence.models import Evidence
from juzhu.operations.models import Event
from juzhu.registration.subdistricts import SUBDISTRICTS

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
    "application.archived": gettext_lazy("导出电子档案"),
    "application.reassigned": gettext_lazy("搬家，转给另一个派出所"),
    "evidence.uploaded": gettext_lazy("交来材料"),
    "evidence.attested": gettext_lazy("部门提供信息"),
    "evidence.judged": gettext_lazy("看过材料"),
    "evidence.withdrawn": gettext_lazy("撤下材料"),
    "application.at_window": gettext_lazy("在窗口接着办"),
    "application.represented": gettext_lazy("登记代办人"),
    "application.unrepresented": gettext_lazy("改为本人办理"),
    "application.corrected": gettext_lazy("当场更正"),
    "application.declined": gettext_lazy("申请人不再补正，不予受理"),
    "application.route_switched": gettext_lazy("换了途径"),
    "application.assigned": gettext_lazy("所长指派"),
    "application.handed_over": gettext_lazy("移交"),
    "application.paused": gettext_lazy("期限中止"),
    "application.resumed": gettext_lazy("期限恢复计算"),
    "application.taken_back": gettext_lazy("收回受理，重新审查"),
    "application.remedy_recorded": gettext_lazy("记下复议、诉讼"),
    "application.remedy_concluded": gettext_lazy("记下复议、诉讼的结果"),
    "application.reopened": gettext_lazy("撤销不予，重新办理"),
    "application.review_requested": gettext_lazy("申请人要求人工复核"),
    "application.ended": gettext_lazy("终结"),
    "application.end_undone": gettext_lazy("撤销终结，接着办"),
}
FIELDS = {
    "phone": gettext_lazy("手机号"),
    "workplace": gettext_lazy("单位或学校"),
    "email": gettext_lazy("电子邮箱"),
    "emergency_name": gettext_lazy("紧急联系人"),
    "emergency_phone": gettext_lazy("紧急联系人的电话"),
}
"""The form's fields, as a correction names them."""
OTHER_EVENTS = {
    "account.opened": gettext_lazy("开通账号"),
    "account.bound": gettext_lazy("实名核对"),
    "account.officer_made": gettext_lazy("开通工作人员账号"),
    "guardianship.recorded": gettext_lazy("登记监护关系"),
    "guardianship.ended": gettext_lazy("登记监护关系终止"),
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
    "registration.extended": gettext_lazy("延长居住时间"),
    "exemption.noted": gettext_lazy("说明可以不登记"),
    "evidence.sheet_filed": gettext_lazy("部门成批提供信息"),
    "objection.filed": gettext_lazy("本人提出异议"),
    "objection.corrected": gettext_lazy("部门更正了信息"),
    "objection.upheld": gettext_lazy("部门核对无误"),
    "person.identity_confirmed": gettext_lazy("核实身份"),
    "person.phone_recorded": gettext_lazy("记下手机号"),
    "client.made": gettext_lazy("开通部门接口"),
    "client.rotated": gettext_lazy("更换部门接口密钥"),
    "client.revoked": gettext_lazy("停用部门接口"),
    "evidence.inquiry_waiting": gettext_lazy("向部门查询，还没有答复"),
    "evidence.inquiry_answered": gettext_lazy("部门答复了"),
    "evidence.inquiry_nothing": gettext_lazy("向部门查询，没有记录"),
    "evidence.inquiry_given_up": gettext_lazy("部门几天没有答复，不再等"),
    "correction.filed": gettext_lazy("申请更正"),
    "correction.corrected": gettext_lazy("更正，出新版本"),
    "correction.declined": gettext_lazy("不予更正"),
    "permit.version_made": gettext_lazy("居住证出新版本"),
    "person.likeness_proposed": gettext_lazy("提出可能重复的档案"),
    "person.merged": gettext_lazy("合并重复的档案"),
    "person.merge_undone": gettext_lazy("撤销合并档案"),
    "person.told_apart": gettext_lazy("核对过，不是重复的档案"),
    "person.died": gettext_lazy("记录去世"),
    "person.household_moved": gettext_lazy("记录户口变动"),
    "person.fact_undone": gettext_lazy("撤销记错的事实"),
    "post_check.drawn": gettext_lazy("抽取核查对象"),
    "post_check.planned": gettext_lazy("列入核查"),
    "post_check.assigned": gettext_lazy("指定核查的人"),
    "post_check.done": gettext_lazy("核查完"),
    "post_check.cancelled": gettext_lazy("取消核查"),
    "tip.reported": gettext_lazy("有人反映情况"),
    "tip.settled": gettext_lazy("处理线索"),
    "fraud.opened": gettext_lazy("立案"),
    "fraud.told": gettext_lazy("告知权利"),
    "fraud.heard": gettext_lazy("听取陈述申辩"),
    "fraud.decided": gettext_lazy("作出处罚决定"),
    "fraud.closed": gettext_lazy("不予处罚，结案"),
    "fraud.set_aside": gettext_lazy("撤销处罚决定"),
    "fraud.hearing_asked": gettext_lazy("要求听证"),
    "fraud.hearing_forgone": gettext_lazy("不听证"),
    "fraud.hearing_called": gettext_lazy("通知听证"),
    "fraud.hearing_held": gettext_lazy("开了听证"),
    "fraud.remedy_recorded": gettext_lazy("记下复议、诉讼"),
    "fraud.remedy_concluded": gettext_lazy("记下复议、诉讼的结果"),
    "account.absence_noted": gettext_lazy("记下不在岗"),
    "account.absence_ended": gettext_lazy("不在岗提前结束"),
    "account.relation_declared": gettext_lazy("登记回避"),
    "account.relation_withdrawn": gettext_lazy("撤下回避登记"),
    "account.number_set": gettext_lazy("登记工作人员的号码"),
    "permit.restored": gettext_lazy("居住证恢复，终止撤销"),
    "document.issued": gettext_lazy("出具文书"),
    "permit.slip_handed": gettext_lazy("发出确认单"),
    "registration.placed": gettext_lazy("核对住址，是同一处房屋"),
    "dwelling.recorded": gettext_lazy("登记出租房屋"),
    "dwelling.amended": gettext_lazy("改房间或房屋情况"),
    "dwelling.gone": gettext_lazy("房屋注销"),
    "dwelling.given_up": gettext_lazy("房东说房屋换了主人"),
    "title.claimed": gettext_lazy("交来产权证明"),
    "title.confirmed": gettext_lazy("核对产权，无误"),
    "title.returned": gettext_lazy("退回产权证明"),
    "letting.filed": gettext_lazy("申请出租登记"),
    "letting.recorded": gettext_lazy("办了出租登记"),
    "letting.returned": gettext_lazy("退回出租登记"),
    "letting.ended": gettext_lazy("注销出租登记"),
    "lease.handed_in": gettext_lazy("交来租赁合同"),
    "lease.seen": gettext_lazy("核对租赁合同，无误"),
    "lease.returned": gettext_lazy("退回租赁合同"),
    "lease.ended": gettext_lazy("租赁合同结束"),
    "filing.asked": gettext_lazy("申请租赁备案"),
    "filing.filed": gettext_lazy("租赁备案"),
    "filing.returned": gettext_lazy("退回租赁备案"),
    "filing.taken_back": gettext_lazy("撤销租赁备案"),
    "inspection.asked": gettext_lazy("请街道排查"),
    "inspection.passed": gettext_lazy("排查合格"),
    "inspection.failed": gettext_lazy("排查不合格，要整改"),
    "help.called": gettext_lazy("租客说房东不配合"),
    "help.taken_up": gettext_lazy("街道联系房东"),
    "help.settled": gettext_lazy("街道答复租客"),
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
    """Which paper it was, and how it was judged; that an acceptance was taken back; an officer's reason;
    that no person did it.
    """
    if "acceptance_taken_back" in event.data:
        return _("原来的受理取消")
    if event.kind == "application.corrected":
        step = event.data["step"]
        if step in set(Kind):
            return str(NAMES[Kind(step)])
        return "、".join(str(FIELDS.get(name, name)) for name in event.data["fields"])
    if event.kind == "application.reassigned":
        return f"{_place(event.data['was'])} → {_place(event.data['area'])}"
    if event.data.get("automatic"):
        return _("自动办理")
    if event.data.get("against"):
        names = _("、").join(leaf_name(code, language()) for code in event.data["against"])
        return _("没有满足：%(names)s") % {"names": names}
    kind, judgement = event.data.get("evidence"), event.data.get("judgement")
    named = [str(NAMES[Kind(kind)])] if kind in set(Kind) else []
    named += [str(JUDGEMENTS[judgement])] if judgement in JUDGEMENTS else []
    return " · ".join([*named, *([str(event.data["said"])] if event.data.get("said") else [])])


def _place(area: str) -> str:
    """A subdistrict's name; the code itself where it is none of ours."""
    place = SUBDISTRICTS.get(area)
    return place.name(language()) if place else area


def event_actor(event: Event) -> str:
    """Who did it: an officer by name, anybody else by kind."""
    if event.actor_kind == "staff":
        return event.actor_name
    return _("本人") if event.actor_kind == "citizen" else _("系统")


def content(piece: Evidence) -> Lines:
    """What a piece says, line by line."""
    return evidence_words.lines(piece)


HOME_DOUBTS = {
    "elsewhere": gettext_lazy("写的地址和登记的住址不一样。"),
    "crowded": gettext_lazy("住的人多于市政府第 287 号令允许的。"),
    "old_inspection": gettext_lazy("排查是一年以前做的。"),
}
"""What to look at in a paper of a home. Source: `permits.homes`."""
