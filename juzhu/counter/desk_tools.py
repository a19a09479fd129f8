"""What else an officer can do with a case, beside deciding it: only what is open to them now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from juzhu.counter.casefile import CaseFile
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.permits import conflicts, rota
from juzhu.permits.desk import remedies
from juzhu.permits.moves import has_part
from juzhu.permits.switching import can_switch
from juzhu.permits.transitions import OPEN, STAYING, State


@dataclass(frozen=True, slots=True)
class Tool:
    """A link beside the case. `name` is its route's; `group` is under which heading it stands, none for what
    stands beside its cause: a clock that stands still, a remedy that overturned.
    """

    name: str
    group: Sentence
    label: Sentence
    key: str
    url: str


def tools(case: CaseFile, actor: Actor, today: date) -> list[Tool]:
    """The links, in the order of their use. Who has to keep away can only give the case back."""
    state, apart = case.standing.state, conflicts.in_conflict(actor, case.application)
    paused, chief = case.standing.pause is not None, actor.role == "chief"
    mine = state in OPEN and rota.in_hands_of(case.application, today) == actor.account_id
    wanted = {
        "hand_over": mine and has_part("hand_over", actor),
        "assign": state in OPEN and has_part("assign", actor) and not apart,
        "pause": _can("pause", state, actor) and not paused and not apart,
        "resume": _can("resume", state, actor) and paused and not apart,
        "reroute": bool(case.better_routes) and _may_reroute(case, actor, today) and not (paused or apart),
        "take_back": state == State.ACCEPTED and has_part("take_back", actor) and not (paused or apart),
        "remedies": chief and not apart,
        "reopen": chief and not apart and remedies.to_redo(case.application) is not None,
        "end": state in OPEN and has_part("end", actor) and not apart,
        "readers": chief,
    }
    return [_tool(name, case) for name, usable in wanted.items() if usable]


def _may_reroute(case: CaseFile, actor: Actor, today: date) -> bool:
    if actor.role == "reviewer" and case.standing.state != State.ACCEPTED:
        return False
    return has_part("switch_route", actor) and can_switch(case.application, today)


def grouped(found: list[Tool]) -> list[tuple[Sentence, list[Tool]]]:
    """The links under their headings, headings in the order of their first link."""
    groups: dict[Sentence, list[Tool]] = {}
    for tool in found:
        if tool.group:
            groups.setdefault(tool.group, []).append(tool)
    return list(groups.items())


def _can(action: str, state: State, actor: Actor) -> bool:
    return state in STAYING[action] and has_part(action, actor)


def _tool(name: str, case: CaseFile) -> Tool:
    who, course, traces = _("分工"), _("期限和程序"), _("救济和查阅")
    group, label, key = {
        "hand_over": (who, _("移交"), "h"),
        "assign": (who, _("指派"), "s"),
        "pause": (course, _("中止期限"), "p"),
        "resume": ("", _("恢复期限"), "p"),
        "reroute": (course, _("改办途径"), "v"),
        "take_back": (course, _("收回受理"), "t"),
        "end": (course, _("终结"), "x"),
        "remedies": (traces, _("复议和诉讼"), "o"),
        "reopen": ("", _("重新办理"), "w"),
        "readers": (traces, _("谁看过"), "l"),
    }[name]
    return Tool(name, group, label, key, reverse(f"counter:{name}", args=[case.application.number]))
