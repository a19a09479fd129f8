"""What a message says, made from its kind and what it is about, so that it reads in either language."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from juzhu.evidence.kinds import DEPARTMENTS
from juzhu.evidence.models import Objection
from juzhu.evidence.queries import objections_for
from juzhu.law import policy
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.operations.rules import in_force
from juzhu.people.models import Message, UndoneFact
from juzhu.permits.models import Application, Permit
from juzhu.permits.pauses import REASONS
from juzhu.permits.queries import applications_for, permits_for
from juzhu.permits.transitions import State
from juzhu.portal import (
    duty_letters,
    inbox_homes,
    letters_after_issue,
    letting_letters,
    of_age,
    reporter_letters,
)
from juzhu.portal.letters import About, Letter, Writer, Written, leads_to, number_of, said_day
from juzhu.portal.titles import TITLES

_BY_THEMSELVES = inbox_homes.WRITERS | duty_letters.WRITERS | reporter_letters.WRITERS
"""Letters that need nothing but what the message says."""


def title_of(kind: str) -> Sentence:
    """A message's title; one of a kind that this page does not know yet is simply news."""
    return TITLES.get(kind, gettext_lazy("有新消息"))


def letter(message: Message, *, actor: Actor, suffix: str, today: date) -> Letter:
    """Read a message for its receiver. `suffix` names the ward it is about, as in `?for=1`."""
    if (write := _BY_THEMSELVES.get(message.kind)) is not None:
        firm = str(message.about.get("firm", ""))
        return Letter(title_of(message.kind), *write(message.about, suffix), firm=firm)
    about = About(
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


def _received(about: About) -> Written:
    due = about.application.examine_by if about.application else None
    line = _("最晚 %(day)s 告诉您是否受理。现在不用做别的。") % {"day": said_day(due)} if due else ""
    return (number_of(about), line), leads_to(about, "application"), _("看这一件")


def _supplement(about: About) -> Written:
    notice = about.application.notices.first() if about.application else None
    if notice is None:
        return (number_of(about),), leads_to(about, "notice"), _("看告知书")
    count = len(notice.items)
    what = ngettext("一共 %(n)s 样，一次写全了。", "一共 %(n)s 样，一次写全了。", count) % {"n": count}
    when = _("请在 %(day)s 前补齐。怎么补，告知书里一样一样写着。") % {"day": said_day(notice.due_on)}
    return (number_of(about), what, when), leads_to(about, "notice"), _("看告知书")


def _supplement_late(about: About) -> Written:
    lines, url, label = _supplement(about)
    if about.application is None:
        return lines, url, label
    days = policy.load(about.application.policy_id).parameters.issue_days
    why = _("受理以后我们才看出还缺材料，这是我们的责任。原来的受理取消了。")
    after = _("补齐后重新审查，重新受理那天起 %(n)s 天内有结果。") % {"n": days}
    return (lines[0], why, *lines[1:], after), url, label


def _receipt(about: About) -> Written:
    if about.application and not about.application.accepted_on:
        line = _("这次受理后来取消了。现在到哪一步，请看这一件。")
        return (number_of(about), line), leads_to(about, "application"), _("看这一件")
    due = about.application.due_on if about.application else None
    line = _("最晚 %(day)s 有结果。现在不用做别的。") % {"day": said_day(due)} if due else ""
    return (number_of(about), line), leads_to(about, "receipt"), _("看回执")


def _deemed(about: About) -> Written:
    lines, url, label = _receipt(about)
    why = _("我们没有按时看完。按规定，从收到那天起算已经受理。")
    return (lines[0], why, *lines[1:]), url, label


def _refusal(about: About) -> Written:
    line = _("理由、依据和怎么申诉，都写在决定书里。条件满足了可以再申请。")
    return (number_of(about), line), leads_to(about, "refusal"), _("看理由")


def _issued(about: About) -> Written:
    line = _("在手机上打开就能用。每满一年前的一个月里要签注，到时提醒您。")
    return (number_of(about), line), reverse("portal:permit") + about.suffix, _("打开居住证")


def _endorsed(about: About) -> Written:
    line = _("居住证接着用一年。下次签注开始时提醒您。")
    return (number_of(about), line), reverse("portal:permit") + about.suffix, _("打开居住证")


def _lapsed(about: About) -> Written:
    line = _("传过的材料和居住时间都还在，随时可以重新申请。")
    return (number_of(about), line), reverse("portal:apply") + about.suffix, _("重新申请")


def _registered(about: About) -> Written:
    number = about.registration
    lines = (_("登记编号 %(number)s。") % {"number": number}, _("居住时间从登记那天起算。"))
    return lines, reverse("portal:certificate", args=[number]), _("看登记凭证")


def _endorse(about: About) -> Written:
    lines: tuple[str, ...] = (_("办签注，居住证再用一年。不收费。"),)
    if about.permit is not None:
        standing = about.permit.status(in_force(about.today), about.today)
        if about.today <= standing.last_day:
            lines = (
                _("最后一天是 %(day)s。过了这天，居住证暂时不能用。") % {"day": said_day(standing.last_day)},
                *lines,
            )
    return lines, reverse("portal:endorse") + about.suffix, _("办签注")


def _suspended(about: About) -> Written:
    lines = (_("没有按时签注，居住证暂时不能用。证没有作废。"), _("补办的那天起，居住证又可以用。"))
    return lines, reverse("portal:endorse") + about.suffix, _("补办签注")


def _news(about: About) -> Written:
    return (number_of(about),), reverse("portal:home") + about.suffix, _("看进度")


def _paused(about: About) -> Written:
    row = about.application
    pause = row.pauses.last() if row else None
    if pause is None:
        return (number_of(about),), leads_to(about, "application"), _("看这一件")
    why = _("需要%(what)s，预计 %(n)s 天。这些天不算在办理期限里。") % {
        "what": REASONS[pause.reason].name,
        "n": pause.expected_days,
    }
    until = _("预计 %(day)s 恢复。恢复了再告诉您。现在不用做别的。") % {"day": said_day(pause.expected_until)}
    if pause.too_long(about.today):
        until = _("原来预计 %(day)s 恢复，已经过了。恢复了马上告诉您。") % {
            "day": said_day(pause.expected_until)
        }
    return (number_of(about), why, until), leads_to(about, "application"), _("看这一件")


def _resumed(about: About) -> Written:
    due = about.application.due_on if about.application else None
    line = _("最晚 %(day)s 有结果。现在不用做别的。") % {"day": said_day(due)} if due else ""
    return (number_of(about), line), leads_to(about, "application"), _("看这一件")


def _taken_back(about: About) -> Written:
    due = about.application.due_on if about.application else None
    why = _("所长把这一件收回来重新审查。材料不用再交。")
    line = _("答应您的日子不变：最晚 %(day)s 有结果。") % {"day": said_day(due)} if due else ""
    return (number_of(about), why, line), leads_to(about, "application"), _("看这一件")


def _reopened(about: About) -> Written:
    due = about.application.examine_by if about.application else None
    lines = [number_of(about), _("原来的决定撤销了，这一件重新办。材料不用再交。")]
    if about.application and about.application.is_endorsement:
        lines.append(_("居住证的使用功能恢复，签注按原来提交的那天算。"))
    if due:
        lines.append(_("最晚 %(day)s 告诉您是否受理。现在不用做别的。") % {"day": said_day(due)})
    return tuple(lines), leads_to(about, "application"), _("看这一件")


def _remedy(about: About) -> Written:
    line = _("是什么、意味着什么，都写在这一件里。")
    return (number_of(about), line), leads_to(about, "application"), _("看这一件")


def _ended(about: About) -> Written:
    line = str(about.application.because) if about.application else ""
    if about.application and about.application.state != State.ENDED and not line:
        line = _("这次终结是我们记错了，后来撤销，这一件接着办。")
    return (number_of(about), line), leads_to(about, "application"), _("看这一件")


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
    "paused": _paused,
    "resumed": _resumed,
    "taken_back": _taken_back,
    "reopened": _reopened,
    "remedy_recorded": _remedy,
    "remedy_concluded": _remedy,
    "ended": _ended,
    **dict.fromkeys(of_age.TITLES, lambda about: of_age.LETTERS[about.kind](about.suffix)),
    **letters_after_issue.WRITERS,
    **letting_letters.WRITERS,
}
