"""What a message says, made from its kind and what it is about, so that it reads in either language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from juzhu.design.formats import day, language
from juzhu.evidence.kinds import DEPARTMENTS
from juzhu.evidence.models import Objection
from juzhu.evidence.queries import objections_for
from juzhu.law import policy
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.operations.rules import in_force
from juzhu.people.models import Message, UndoneFact
from juzhu.permits.instant import REQUEST_DAYS
from juzhu.permits.models import Application, Permit
from juzhu.permits.pauses import REASONS
from juzhu.permits.queries import applications_for, permits_for
from juzhu.permits.transitions import State
from juzhu.portal import inbox_homes, letting_letters, of_age
from juzhu.portal.reviews import REVIEWS, Review
from juzhu.portal.titles import TITLES


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it is read: title, sentences, and the one link that matters."""

    title: Sentence
    lines: tuple[str, ...]
    url: str
    label: str
    quote: str = ""
    """What an officer wrote, which stays Chinese on English pages."""


@dataclass(frozen=True, slots=True)
class _About:
    """What a message is about, as far as the reader may see it."""

    application: Application | None
    permit: Permit | None
    registration: str
    objection: Objection | None
    number: str
    suffix: str
    today: date
    bureau: Sentence = ""
    of: str = ""
    """Of what kind a fact was that is undone: "death", "local" or "household"."""
    kind: str = ""


Writer = Callable[[_About], tuple[tuple[str, ...], str, str]]


def title_of(kind: str) -> Sentence:
    """A message's title; one of a kind that this page does not know yet is simply news."""
    return TITLES.get(kind, gettext_lazy("有新消息"))


def letter(message: Message, *, actor: Actor, suffix: str, today: date) -> Letter:
    """Read a message for its receiver. `suffix` names the ward it is about, as in `?for=1`."""
    if (write := inbox_homes.WRITERS.get(message.kind)) is not None:
        return Letter(title_of(message.kind), *write(message.about, suffix))
    about = _About(
        application=_application(str(message.about.get("application", "")), actor, today),
        permit=_permit(message.about.get("permit"), actor, today),
        registration=str(message.about.get("registration", "")),
        objection=_objection_of(str(message.about.get("objection", "")), actor, today),
        number=str(message.about.get("number", "")),
        suffix=suffix,
        today=today,
        kind=message.kind,
        bureau=DEPARTMENTS.get(str(message.about.get("department", "")), ""),
        of="local" if message.about.get("local") else str(message.about.get("of", "")),
    )
    lines, url, label = _WRITERS.get(message.kind, _news)(about)
    return Letter(title_of(message.kind), tuple(line for line in lines if line), url, label, _quote(message))


def _application(number: str, actor: Actor, today: date) -> Application | None:
    return applications_for(actor, today).filter(number=number).first() if number else None


def _permit(pk: object, actor: Actor, today: date) -> Permit | None:
    return permits_for(actor, today).filter(pk=pk).first() if isinstance(pk, int) else None


def _objection_of(number: str, actor: Actor, today: date) -> Objection | None:
    return objections_for(actor, today).filter(number=number).first() if number else None


def _quote(message: Message) -> str:
    """What was wrong with a fact that is undone, in the words of who undid it."""
    if "fact" not in message.about:
        return ""
    undone = UndoneFact.objects.filter(fact=message.about.get("fact"), fact__person=message.person_id).first()
    return undone.reason if undone else ""


def _day(value: date | None) -> str:
    return day(value, language()) if value else ""


def _number(about: _About) -> str:
    if about.application is None:
        return ""
    return _("编号 %(number)s。") % {"number": about.application.number}


def _to(about: _About, place: str) -> str:
    if about.application is None:
        return reverse("portal:home") + about.suffix
    return reverse(f"portal:{place}", args=[about.application.number])


def _received(about: _About) -> tuple[tuple[str, ...], str, str]:
    due = about.application.examine_by if about.application else None
    line = _("最晚 %(day)s 告诉您是否受理。现在不用做别的。") % {"day": _day(due)} if due else ""
    return (_number(about), line), _to(about, "application"), _("看这一件")


def _supplement(about: _About) -> tuple[tuple[str, ...], str, str]:
    notice = about.application.notices.first() if about.application else None
    if notice is None:
        return (_number(about),), _to(about, "notice"), _("看告知书")
    count = len(notice.items)
    what = ngettext("一共 %(n)s 样，一次写全了。", "一共 %(n)s 样，一次写全了。", count) % {"n": count}
    when = _("请在 %(day)s 前补齐。怎么补，告知书里一样一样写着。") % {"day": _day(notice.due_on)}
    return (_number(about), what, when), _to(about, "notice"), _("看告知书")


def _supplement_late(about: _About) -> tuple[tuple[str, ...], str, str]:
    lines, url, label = _supplement(about)
    if about.application is None:
        return lines, url, label
    days = policy.load(about.application.policy_id).parameters.issue_days
    why = _("受理以后我们才看出还缺材料，这是我们的责任。原来的受理取消了。")
    after = _("补齐后重新审查，重新受理那天起 %(n)s 天内有结果。") % {"n": days}
    return (lines[0], why, *lines[1:], after), url, label


def _receipt(about: _About) -> tuple[tuple[str, ...], str, str]:
    if about.application and not about.application.accepted_on:
        line = _("这次受理后来取消了。现在到哪一步，请看这一件。")
        return (_number(about), line), _to(about, "application"), _("看这一件")
    due = about.application.due_on if about.application else None
    line = _("最晚 %(day)s 有结果。现在不用做别的。") % {"day": _day(due)} if due else ""
    return (_number(about), line), _to(about, "receipt"), _("看回执")


def _deemed(about: _About) -> tuple[tuple[str, ...], str, str]:
    lines, url, label = _receipt(about)
    why = _("我们没有按时看完。按规定，从收到那天起算已经受理。")
    return (lines[0], why, *lines[1:]), url, label


def _refusal(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = _("理由、依据和怎么申诉，都写在决定书里。条件满足了可以再申请。")
    return (_number(about), line), _to(about, "refusal"), _("看理由")


def _issued(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = _("在手机上打开就能用。每满一年前的一个月里要签注，到时提醒您。")
    return (_number(about), line), reverse("portal:permit") + about.suffix, _("打开居住证")


def _endorsed(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = _("居住证接着用一年。下次签注开始时提醒您。")
    return (_number(about), line), reverse("portal:permit") + about.suffix, _("打开居住证")


def _lapsed(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = _("传过的材料和居住时间都还在，随时可以重新申请。")
    return (_number(about), line), reverse("portal:apply") + about.suffix, _("重新申请")


def _registered(about: _About) -> tuple[tuple[str, ...], str, str]:
    number = about.registration
    lines = (_("登记编号 %(number)s。") % {"number": number}, _("居住时间从登记那天起算。"))
    return lines, reverse("portal:certificate", args=[number]), _("看登记凭证")


def _endorse(about: _About) -> tuple[tuple[str, ...], str, str]:
    lines: tuple[str, ...] = (_("办签注，居住证再用一年。不收费。"),)
    if about.permit is not None:
        standing = about.permit.status(in_force(about.today), about.today)
        if about.today <= standing.last_day:
            lines = (
                _("最后一天是 %(day)s。过了这天，居住证暂时不能用。") % {"day": _day(standing.last_day)},
                *lines,
            )
    return lines, reverse("portal:endorse") + about.suffix, _("办签注")


def _suspended(about: _About) -> tuple[tuple[str, ...], str, str]:
    lines = (_("没有按时签注，居住证暂时不能用。证没有作废。"), _("补办的那天起，居住证又可以用。"))
    return lines, reverse("portal:endorse") + about.suffix, _("补办签注")


def _mended(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = _("改了什么、谁改的，窗口有记录。您没有要求改的，请马上告诉我们。")
    return (_number(about), line), _to(about, "application"), _("看这一件")


def _objection(about: _About, *lines: str) -> tuple[tuple[str, ...], str, str]:
    if about.objection is None:
        return lines, reverse("portal:known") + about.suffix, _("看部门掌握的信息")
    number = _("编号 %(number)s。") % {"number": about.objection.number}
    return (number, *lines), reverse("portal:objection", args=[about.objection.number]), _("看答复")


def _found_wrong(about: _About) -> tuple[tuple[str, ...], str, str]:
    return _objection(about, _("部门核对了，是原来错了，已经更正。正在办的事按更正后的算。"))


def _upheld(about: _About) -> tuple[tuple[str, ...], str, str]:
    return _objection(about, _("部门核对了，原来的没有错，理由写在答复里。"))


def _bureau_answered(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = _("我们向%(bureau)s问到了您的信息，那份材料不用您交了。") % {"bureau": about.bureau}
    return (_number(about), line), _to(about, "application"), _("看这一件")


def _correction_received(about: _About) -> tuple[tuple[str, ...], str, str]:
    lines = (_("编号 %(number)s。") % {"number": about.number}, _("核对好了就告诉您。现在不用做别的。"))
    return lines, reverse("portal:correction", args=[about.number]), _("看更正")


def _corrected(about: _About) -> tuple[tuple[str, ...], str, str]:
    lines = (_("编号 %(number)s。") % {"number": about.number}, _("居住证出了新版本，打开就是。旧的留着。"))
    return lines, reverse("portal:permit") + about.suffix, _("打开居住证")


def _correction_declined(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = _("理由和怎么申诉，都写在里面。有新的证明，可以再申请。")
    lines = (_("编号 %(number)s。") % {"number": about.number}, line)
    return lines, reverse("portal:correction", args=[about.number]), _("看理由")


def _check_true(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = _("登记的情况都还属实，核查结束。居住证照常用，您不用做什么。")
    lines = (_("编号 %(number)s。") % {"number": about.number}, line)
    return lines, reverse("portal:permit") + about.suffix, _("看居住证")


def _check_changed(about: _About) -> tuple[tuple[str, ...], str, str]:
    lines = (
        _("工作人员核查时，住址或单位和登记的不一样。"),
        _("搬了家或换了单位，请 10 日内改登记。居住时间不断，居住证照常用。"),
    )
    return lines, reverse("portal:registration") + about.suffix, _("去改登记")


def _permit_ended(about: _About) -> tuple[tuple[str, ...], str, str]:
    day_of = _day(about.permit.ended_on) if about.permit else ""
    line = _("户口 %(day)s 迁入杭州市区，从那天起不用居住证了。") % {"day": day_of} if day_of else ""
    if about.permit is not None and about.permit.restorations.exists() and not day_of:
        line = _("这次记录有错，后来撤销了。居住证照常用。")
        return (line,), reverse("portal:permit") + about.suffix, _("看居住证")
    return (
        (line, _("记录有错，请带户口簿到派出所窗口更正。")),
        reverse("portal:permit") + about.suffix,
        _("看居住证"),
    )


def _fraud(about: _About) -> tuple[tuple[str, ...], str, str]:
    lines = (_("编号 %(number)s。") % {"number": about.number}, _("事实、依据和您的权利，都写在里面。"))
    return lines, reverse("portal:fraud_case", args=[about.number]), _("打开看")


def _news(about: _About) -> tuple[tuple[str, ...], str, str]:
    return (_number(about),), reverse("portal:home") + about.suffix, _("看进度")


def _paused(about: _About) -> tuple[tuple[str, ...], str, str]:
    row = about.application
    pause = row.pauses.last() if row else None
    if pause is None:
        return (_number(about),), _to(about, "application"), _("看这一件")
    why = _("需要%(what)s，预计 %(n)s 天。这些天不算在办理期限里。") % {
        "what": REASONS[pause.reason].name,
        "n": pause.expected_days,
    }
    until = _("预计 %(day)s 恢复。恢复了再告诉您。现在不用做别的。") % {"day": _day(pause.expected_until)}
    if pause.too_long(about.today):
        until = _("原来预计 %(day)s 恢复，已经过了。恢复了马上告诉您。") % {"day": _day(pause.expected_until)}
    return (_number(about), why, until), _to(about, "application"), _("看这一件")


def _resumed(about: _About) -> tuple[tuple[str, ...], str, str]:
    due = about.application.due_on if about.application else None
    line = _("最晚 %(day)s 有结果。现在不用做别的。") % {"day": _day(due)} if due else ""
    return (_number(about), line), _to(about, "application"), _("看这一件")


def _taken_back(about: _About) -> tuple[tuple[str, ...], str, str]:
    due = about.application.due_on if about.application else None
    why = _("所长把这一件收回来重新审查。材料不用再交。")
    line = _("答应您的日子不变：最晚 %(day)s 有结果。") % {"day": _day(due)} if due else ""
    return (_number(about), why, line), _to(about, "application"), _("看这一件")


def _reopened(about: _About) -> tuple[tuple[str, ...], str, str]:
    due = about.application.examine_by if about.application else None
    lines = [_number(about), _("原来的决定撤销了，这一件重新办。材料不用再交。")]
    if about.application and about.application.is_endorsement:
        lines.append(_("居住证的使用功能恢复，签注按原来提交的那天算。"))
    if due:
        lines.append(_("最晚 %(day)s 告诉您是否受理。现在不用做别的。") % {"day": _day(due)})
    return tuple(lines), _to(about, "application"), _("看这一件")


def _remedy(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = _("是什么、意味着什么，都写在这一件里。")
    return (_number(about), line), _to(about, "application"), _("看这一件")


def _reviewed(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = _("会有一位工作人员重新看一遍，%(n)s 天内告诉您结果。居住证照常用。") % {"n": REQUEST_DAYS}
    return (_number(about), line), _to(about, "application"), _("看这一件")


def _review(told: Review, about: _About) -> tuple[tuple[str, ...], str, str]:
    url = reverse(told.place) + about.suffix if told.place else _to(about, "application")
    return (_number(about), *map(str, told.lines)), url, str(told.label)


def _ended(about: _About) -> tuple[tuple[str, ...], str, str]:
    line = str(about.application.because) if about.application else ""
    if about.application and about.application.state != State.ENDED and not line:
        line = _("这次终结是我们记错了，后来撤销，这一件接着办。")
    return (_number(about), line), _to(about, "application"), _("看这一件")


WRONGLY = {
    "death": gettext_lazy("我们把您误记为已经去世。"),
    "local": gettext_lazy("我们把您的户口误记为迁入了杭州市区。"),
    "household": gettext_lazy("我们把您的户籍地址记错了。"),
}


def _fact_undone(about: _About) -> tuple[tuple[str, ...], str, str]:
    what = _("%(what)s这是我们的错，向您道歉。") % {"what": WRONGLY.get(about.of, "")}
    lines = [what, _("现在已经改回来，原来的记录和更正都留着。")]
    if about.permit is not None:
        lines.append(_("居住证照常用，和没有断过一样。写着“使用功能终止”的文书作废。"))
    if about.application is not None:
        lines.append(
            _("被终结的那一件（编号 %(number)s）接着办，材料不用再交。")
            % {"number": about.application.number}
        )
        return tuple(lines), _to(about, "application"), _("看这一件")
    place = "portal:permit" if about.permit is not None else "portal:home"
    label = _("打开居住证") if about.permit is not None else _("看进度")
    return tuple(lines), reverse(place) + about.suffix, label


def _automatically(about: _About) -> tuple[tuple[str, ...], str, str]:
    why = _("条件都由部门的信息证明，没有要人看的，所以按规则自动办好了。")
    right = _("您可以要求工作人员再看一遍，在这一件里按“请人工复核”。")
    return (_number(about), why, right), _to(about, "application"), _("看这一件")


_WRITERS: dict[str, Writer] = {
    "received": _received,
    "supplement_notice": _supplement,
    "supplement_after_acceptance": _supplement_late,
    "receipt": _receipt,
    "deemed_receipt": _deemed,
    "refusal": _refusal,
    "issued": _issued,
    "endorsed": _endorsed,
    "lapsed": _lapsed,
    "registered": _registered,
    "endorse_open": _endorse,
    "endorse_15": _endorse,
    "endorse_3": _endorse,
    "suspended": _suspended,
    "declined": _refusal,
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
    **dict.fromkeys(("fraud_told", "fraud_decided", "fraud_closed", "fraud_set_aside"), _fraud),
    "paused": _paused,
    "resumed": _resumed,
    "taken_back": _taken_back,
    "reopened": _reopened,
    "remedy_recorded": _remedy,
    "remedy_concluded": _remedy,
    "review_requested": _reviewed,
    **{kind: partial(_review, told) for kind, told in REVIEWS.items()},
    "ended": _ended,
    "fact_undone": _fact_undone,
    "issued_automatically": _automatically,
    **dict.fromkeys(of_age.TITLES, lambda about: of_age.LETTERS[about.kind](about.suffix)),
    "endorsed_automatically": _automatically,
    **letting_letters.WRITERS,
}
