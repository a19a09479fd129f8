"""Letters about what an office mends, checks and undoes: papers, words of departments, permits, facts."""

from __future__ import annotations

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juzhu.permits.instant import REQUEST_DAYS
from juzhu.portal.letters import About, Writer, Written, leads_to, number_of, said_day
from juzhu.portal.reviews import REVIEWS, Review


def _mended(about: About) -> Written:
    line = _("改了什么、谁改的，窗口有记录。您没有要求改的，请马上告诉我们。")
    return (number_of(about), line), leads_to(about, "application"), _("看这一件")


def _objection(about: About, *lines: str) -> Written:
    if about.objection is None:
        return lines, reverse("portal:known") + about.suffix, _("看部门掌握的信息")
    number = _("编号 %(number)s。") % {"number": about.objection.number}
    return (number, *lines), reverse("portal:objection", args=[about.objection.number]), _("看答复")


def _found_wrong(about: About) -> Written:
    return _objection(about, _("部门核对了，是原来错了，已经更正。正在办的事按更正后的算。"))


def _upheld(about: About) -> Written:
    return _objection(about, _("部门核对了，原来的没有错，理由写在答复里。"))


def _bureau_answered(about: About) -> Written:
    line = _("我们向%(bureau)s问到了您的信息，那份材料不用您交了。") % {"bureau": about.bureau}
    return (number_of(about), line), leads_to(about, "application"), _("看这一件")


def _correction_received(about: About) -> Written:
    lines = (_("编号 %(number)s。") % {"number": about.number}, _("核对好了就告诉您。现在不用做别的。"))
    return lines, reverse("portal:correction", args=[about.number]), _("看更正")


def _corrected(about: About) -> Written:
    lines = (_("编号 %(number)s。") % {"number": about.number}, _("居住证出了新版本，打开就是。旧的留着。"))
    return lines, reverse("portal:permit") + about.suffix, _("打开居住证")


def _correction_declined(about: About) -> Written:
    line = _("理由和怎么申诉，都写在里面。有新的证明，可以再申请。")
    lines = (_("编号 %(number)s。") % {"number": about.number}, line)
    return lines, reverse("portal:correction", args=[about.number]), _("看理由")


def _check_true(about: About) -> Written:
    line = _("登记的情况都还属实，核查结束。居住证照常用，您不用做什么。")
    lines = (_("编号 %(number)s。") % {"number": about.number}, line)
    return lines, reverse("portal:permit") + about.suffix, _("看居住证")


def _check_changed(about: About) -> Written:
    lines = (
        _("工作人员核查时，住址或单位和登记的不一样。"),
        _("搬了家或换了单位，请 10 日内改登记。居住时间不断，居住证照常用。"),
    )
    return lines, reverse("portal:registration") + about.suffix, _("去改登记")


def _permit_ended(about: About) -> Written:
    day_of = said_day(about.permit.ended_on) if about.permit else ""
    line = _("户口 %(day)s 迁入杭州市区，从那天起不用居住证了。") % {"day": day_of} if day_of else ""
    if about.permit is not None and about.permit.restorations.exists() and not day_of:
        line = _("这次记录有错，后来撤销了。居住证照常用。")
        return (line,), reverse("portal:permit") + about.suffix, _("看居住证")
    return (
        (line, _("记录有错，请带户口簿到派出所窗口更正。")),
        reverse("portal:permit") + about.suffix,
        _("看居住证"),
    )


def _fraud(about: About) -> Written:
    lines = (_("编号 %(number)s。") % {"number": about.number}, _("事实、依据和您的权利，都写在里面。"))
    return lines, reverse("portal:fraud_case", args=[about.number]), _("打开看")


def _hearing(about: About) -> Written:
    line = _("哪天、几点、在哪里、谁主持，都写在里面。可以请一两个人代理。")
    lines = (_("编号 %(number)s。") % {"number": about.number}, line)
    return lines, reverse("portal:fraud_case", args=[about.number]), _("打开看")


def _fraud_remedy(about: About) -> Written:
    line = _("是什么、意味着什么，都写在这一件里。")
    lines = (_("编号 %(number)s。") % {"number": about.number}, line)
    return lines, reverse("portal:fraud_case", args=[about.number]), _("打开看")


def _reviewed(about: About) -> Written:
    line = _("会有一位工作人员重新看一遍，%(n)s 天内告诉您结果。居住证照常用。") % {"n": REQUEST_DAYS}
    return (number_of(about), line), leads_to(about, "application"), _("看这一件")


def _review(told: Review, about: About) -> Written:
    url = reverse(told.place) + about.suffix if told.place else leads_to(about, "application")
    return (number_of(about), *map(str, told.lines)), url, str(told.label)


WRONGLY = {
    "death": gettext_lazy("我们把您误记为已经去世。"),
    "local": gettext_lazy("我们把您的户口误记为迁入了杭州市区。"),
    "household": gettext_lazy("我们把您的户籍地址记错了。"),
}


def _fact_undone(about: About) -> Written:
    what = _("%(what)s这是我们的错，向您道歉。") % {"what": WRONGLY.get(about.of, "")}
    lines = [what, _("现在已经改回来，原来的记录和更正都留着。")]
    if about.permit is not None:
        lines.append(_("居住证照常用，和没有断过一样。写着“使用功能终止”的文书作废。"))
    if about.application is not None:
        lines.append(
            _("被终结的那一件（编号 %(number)s）接着办，材料不用再交。")
            % {"number": about.application.number}
        )
        return tuple(lines), leads_to(about, "application"), _("看这一件")
    place = "portal:permit" if about.permit is not None else "portal:home"
    label = _("打开居住证") if about.permit is not None else _("看进度")
    return tuple(lines), reverse(place) + about.suffix, label


def _automatically(about: About) -> Written:
    why = _("条件都由部门的信息证明，没有要人看的，所以按规则自动办好了。")
    right = _("您可以要求工作人员再看一遍，在这一件里按“请人工复核”。")
    return (number_of(about), why, right), leads_to(about, "application"), _("看这一件")


WRITERS: dict[str, Writer] = {
    "mended": _mended,
    "objection_corrected": _found_wrong,
    "objection_upheld": _upheld,
    "bureau_answered": _bureau_answered,
    "correction_received": _correction_received,
    "corrected": _corrected,
    "correction_declined": _correction_declined,
    "check_true": _check_true,
    "check_changed": _check_changed,
    "permit_ended": _permit_ended,
    "review_requested": _reviewed,
    "fact_undone": _fact_undone,
    "issued_automatically": _automatically,
    "endorsed_automatically": _automatically,
    "fraud_hearing_called": _hearing,
    **dict.fromkeys(("fraud_told", "fraud_decided", "fraud_closed", "fraud_set_aside"), _fraud),
    **dict.fromkeys(("fraud_remedy_recorded", "fraud_remedy_concluded"), _fraud_remedy),
    **{kind: partial(_review, told) for kind, told in REVIEWS.items()},
}
