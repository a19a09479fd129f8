"""What an officer can do with a case, and for what they can't, why and who can."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juzhu.counter.casefile import CaseFile
from juzhu.design.findings import of
from juzhu.operations.actors import Actor
from juzhu.permits import bureaus, casework, conflicts, living_here
from juzhu.permits.errors import ConflictOfInterest, LeftThisPlace, TwoMustLook
from juzhu.permits.models import Application
from juzhu.permits.moves import has_part
from juzhu.permits.transitions import State


@dataclass(frozen=True, slots=True)
class Step:
    """A button. `why` says why it can't be used yet; empty when it can. `look` is its class."""

    action: str
    label: str
    key: str
    url: str
    look: str
    why: str


def steps(case: CaseFile, actor: Actor) -> list[Step]:
    """The buttons of the bar, the primary one last; none for a case that waits for nobody here."""
    names = {
        State.SUBMITTED: ("supplement", "refuse", "accept"),
        State.ACCEPTED: ("supplement", "refuse", "approve"),
    }.get(case.standing.state, ())
    held = held_back(case, actor) if names else ""
    return [_step(name, case, actor, held) for name in names]


def held_back(case: CaseFile, actor: Actor) -> str:
    """Why nothing at all can be decided here now: the officer has to keep away, or the clock stands still."""
    if words := conflict_of(case.application, actor):
        return words
    return _("期限停着，不能作决定。请先恢复计算期限。") if case.standing.pause else ""


def conflict_of(application: Application, actor: Actor) -> str:
    """That the officer has to keep away from a case; empty when not."""
    return str(ConflictOfInterest.sentence) if conflicts.in_conflict(actor, application) else ""


def _step(name: str, case: CaseFile, actor: Actor, held: str) -> Step:
    label, key, look, why = {
        "supplement": (_("一次性告知"), "b", "btn-outline", _why_not_supplement),
        "refuse": (_("不予，写理由"), "r", "btn-danger-line", _why_not_refuse),
        "accept": (_("受理这一件"), "a", "btn-primary", _why_not_accept),
        "approve": (_("准予并签发"), "a", "btn-primary", _why_not_approve),
    }[name]
    url = reverse(f"counter:{name}", args=[case.application.number])
    return Step(name, label, key, url, look, held or why(case, actor))


def _why_not_supplement(case: CaseFile, actor: Actor) -> str:
    if has_part("request_supplement", actor, case.standing.state):
        return ""
    if case.standing.state == State.ACCEPTED:
        return _("受理以后，告知由审核岗位办。")
    return _("告知由受理岗位办。")


def _why_not_accept(case: CaseFile, actor: Actor) -> str:
    if not has_part("accept", actor):
        return _("受理由受理岗位办。")
    return "" if case.acceptable else _unsettled(case)


def _why_not_approve(case: CaseFile, actor: Actor) -> str:
    if not has_part("approve", actor):
        return _("准予由审核岗位办。")
    if _is_acceptor(case, actor):
        return _("这一件是您受理的，要请另一位同事审核。")
    if case.waiting:
        count = len(case.waiting)
        waits = ngettext("还有 %(n)s 份材料等您看。", "还有 %(n)s 份材料等您看。", count) % {"n": count}
        return waits + " " + _("全部看过才能准予。")
    if living_here.has_left(case.application, case.standing.today):
        return str(LeftThisPlace.sentence)
    return _unsettled(case)


def _why_not_refuse(case: CaseFile, actor: Actor) -> str:
    if not has_part("refuse", actor, case.standing.state):
        return _("受理以后，不予由审核岗位办。")
    if case.application.is_endorsement and case.application.accepted_by_id is None:
        by_time = case.standing.state == State.ACCEPTED
        return str(casework.NOBODY_LOOKED if by_time else TwoMustLook.sentence)
    if _is_acceptor(case, actor):
        return _("这一件是您受理的，要请另一位同事审核。")
    unmet = {str(of(finding, "code")) for finding in case.unmet}
    if case.disputed and unmet <= case.disputed:
        return _("没满足的条件，部门还在核对，不能以此不予。")
    if case.outcome == "refuse" and case.better_routes:
        return _("按另一条途径条件都满足，不能不予。请先换途径。")
    return "" if case.outcome == "refuse" else _("按规则没有不予的理由。")


def _is_acceptor(case: CaseFile, actor: Actor) -> bool:
    accepted_by = case.application.accepted_by_id
    return accepted_by is not None and accepted_by == actor.account_id


def _unsettled(case: CaseFile) -> str:
    parts = []
    if unproven := len(case.unproven):
        parts.append(ngettext("还有 %(n)s 条待证明。", "还有 %(n)s 条待证明。", unproven) % {"n": unproven})
    if unmet := len(case.unmet):
        parts.append(ngettext("有 %(n)s 条未满足。", "有 %(n)s 条未满足。", unmet) % {"n": unmet})
    if case.checking:
        parts.append(_("正在等%(bureau)s答复。") % {"bureau": bureaus.named(case.checking)})
    return " ".join(parts) if case.outcome != "accept" else ""


def sentence(case: CaseFile, found: list[Step], actor: Actor) -> str:
    """What stands before the buttons: why the primary one can't be used, or that it can."""
    if found[-1].why:
        return f"{found[-1].why} {_way_back(case, found)}".rstrip()
    if case.standing.state == State.SUBMITTED:
        if case.against:
            reviewers = _("可以受理，由审核岗位决定签注还是不予。")
            return f"{_unsettled(case)} {reviewers}"
        return _("条件齐全，可以受理。")
    if case.application.accepted_by is not None:
        name = format_html('<span lang="zh-CN">{}</span>', case.application.accepted_by.staff_name)
        return format_html(_("受理人是{name}，您可以审核这一件。"), name=name)
    return _("到期视为受理，您可以审核这一件。")


def _way_back(case: CaseFile, found: list[Step]) -> str:
    """What can be done with a case that was accepted and is not proved after all."""
    asks = any(step.action == "supplement" and not step.why for step in found)
    if case.standing.state != State.ACCEPTED or not case.unproven or case.outcome == "refuse" or not asks:
        return ""
    return _("可以一次性告知：受理取消，补齐后重新审查。")
