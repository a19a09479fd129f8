"""听证 on the page of a case, whatever it is about: what is said of it, the steps that may follow."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juzhu.counter.access import addresses, kept
from juzhu.counter.forms import PlainForm
from juzhu.design.forms import DateSelect, NamesSelect
from juzhu.design.uploads import UploadForm
from juzhu.law import penalties
from juzhu.operations.actors import Actor
from juzhu.operations.rules import in_force
from juzhu.people.hearings import TRANSITIONS, Room, Session
from juzhu.people.models import Account, Heard, Hearing


class ForgoForm(forms.Form):
    """Why there is no hearing."""

    use_required_attribute = False
    why = forms.ChoiceField(
        label=_("为什么不听证"),
        choices=[("party", _("本人说不要求听证")), ("absent", _("到了那天，没有正当理由不来"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。")},
    )


class CallForm(forms.Form):
    """When and where, and who presides."""

    use_required_attribute = False
    on = forms.DateField(
        label=_("哪天听证"),
        error_messages={"required": _("请选哪天听证。"), "invalid": _("没有这一天，请再选一次。")},
    )
    at = forms.TimeField(
        label=_("几点开始"),
        help_text=_("24 小时制，例如 14:30。"),
        error_messages={"required": _("请填几点开始。"), "invalid": _("请写成 14:30 这样。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    place = forms.CharField(
        label=_("在哪里"), max_length=200, error_messages={"required": _("请写清楚在哪里听证。")}
    )
    chair = forms.ChoiceField(
        label=_("谁主持"),
        help_text=_("不能是办这个案件的人，也不能和当事人有利害关系。"),
        widget=NamesSelect,
        error_messages={"required": _("请选谁主持。")},
    )
    closed = forms.BooleanField(
        label=_("不公开"), help_text=_("只有涉及秘密或者个人隐私的，才不公开。"), required=False
    )

    def __init__(self, *args: Any, chairs: list[Account], first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chairs = {str(row.pk): row for row in chairs}
        field = self.fields["chair"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((pk, row.staff_name) for pk, row in self.chairs.items())]
        self.fields["on"].widget = DateSelect(years=range(first.year, first.year + 2))
        self.fields["on"].help_text = _("要提前 7 个工作日通知，最早 %(day)s。") % {"day": first.isoformat()}

    @property
    def session(self) -> Session:
        """What the action takes."""
        said = self.cleaned_data
        at: time = said["at"]
        return Session(said["on"], at, said["place"], self.chairs[said["chair"]], not said["closed"])


class HoldForm(UploadForm):
    """The record, and a scan of it as it was signed."""

    papers_needed = False
    field_order = ("record", "papers", "kept")
    record = forms.CharField(
        label=_("听证笔录"),
        help_text=_("谁到场，各自说了什么，出示和质证了什么。决定要根据它作出。"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("请写听证笔录。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].label = _("签了名的笔录")


FORMS: dict[str, type[forms.Form]] = {
    "ask": PlainForm,
    "call": CallForm,
    "hold": HoldForm,
    "forgo": ForgoForm,
}


def steps(room: Room, row: Heard, request: HttpRequest, actor: Actor, today: date) -> dict[str, forms.Form]:
    """The forms of the steps that may follow, each with what was typed into it."""
    hearing = row.hearing
    if hearing is None or row.state not in {"told", "heard"} or hearing.missed(today):
        return {}
    found: dict[str, forms.Form] = {}
    for name, kind in FORMS.items():
        early = name == "hold" and (hearing.on is None or today < hearing.on)
        if (hearing.state, name) not in TRANSITIONS or early:
            continue
        sent = request.POST if request.POST.get("do") == name else None
        more: dict[str, Any] = {}
        known: dict[str, Any] = {}
        if kind is CallForm:
            more = {"chairs": room.chairs(row), "first": penalties.hearing_not_before(today)}
            known = _called(hearing)
        found[name] = kind(sent, prefix=name, initial=known | kept(request), **more)
    for form in found.values():
        if isinstance(form, HoldForm) and form.is_bound:
            form.take(request.FILES.getlist("hold-papers"), actor=actor)
    return found


def _called(hearing: Hearing) -> dict[str, Any]:
    """What a hearing was called for, to begin with when it is called anew."""
    if hearing.on is None or hearing.at is None:
        return {}
    about = {"on": hearing.on, "at": f"{hearing.at:%H:%M}", "place": hearing.place}
    return about | {"chair": str(hearing.chair_id), "closed": not hearing.in_public}


def take(room: Room, row: Heard, form: forms.Form, actor: Actor, today: date) -> object:
    """Take the step whose form was filled in."""
    if isinstance(form, CallForm):
        return room.call(row, form.session, actor=actor, today=today)
    if isinstance(form, HoldForm):
        return room.hold(row, form.cleaned_data["record"], form.stored, actor=actor, today=today)
    if isinstance(form, ForgoForm):
        return room.forgo(row, form.cleaned_data["why"], actor=actor, today=today)
    return room.ask(row, actor=actor, today=today)


def shown(row: Heard, today: date, *, organisation: bool) -> dict[str, Any]:
    """What the page says of a hearing: how it stands, or why none is offered."""
    hearing, then = row.hearing, rule_said(row.told_on or today, organisation=organisation)
    return {
        "hearing_ahead": hearing is not None and hearing.in_the_way(today),
        "hearing_missed": hearing is not None and hearing.missed(today),
        "hearing_files": addresses(hearing.files.all()) if hearing else [],
        "hearing_rule": rule_said(today, organisation=organisation),
        "no_hearing": gettext("没有告知听证。") + " " + then,
    }


def rule_said(day: date, *, organisation: bool) -> str:
    """From which fine a hearing is offered, as the policy of a day reads the law; said to be unsure where it
    is.
    """
    large = in_force(day).hearing
    fine = large.organisation_fine if organisation else large.person_fine
    said = gettext("罚款 %(n)s 元以上的，告知时一并告知可以要求听证。") % {"n": fine.yuan}
    return said if fine.confirmed else said + gettext("（数额待核对）")
