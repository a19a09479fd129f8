"""Two records side by side: what each says, by whom it was said, what is alike, and what hangs on each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from juzhu.design.formats import day, language, mask_phone, moment
from juzhu.design.templatetags.face import id_number
from juzhu.operations.actors import Actor
from juzhu.operations.errors import Sentence
from juzhu.operations.models import Event
from juzhu.people.belongings import Keys, Named, named
from juzhu.people.divisions import division_name
from juzhu.people.likeness import modern, nearly
from juzhu.people.models import Likeness, Person
from juzhu.people.names import folded
from juzhu.people.queries import first_recorded
from juzhu.permits.models import Application, Permit
from juzhu.registration.models import Registration
from juzhu.registration.queries import history
from juzhu.registration.subdistricts import SUBDISTRICTS

Verdict = Literal["same", "near", "differs", "one", "none"]
MOST = 8
REASONS: dict[str, Sentence] = {
    "number": gettext_lazy("公民身份号码相同"),
    "number_nearly": gettext_lazy("公民身份号码只差一位"),
    "name": gettext_lazy("姓名相同"),
    "name_nearly": gettext_lazy("姓名只差一个字"),
    "born": gettext_lazy("出生日期相同"),
    "born_nearly": gettext_lazy("出生日期相差一个数字，或者月和日颠倒"),
    "phone": gettext_lazy("手机号相同"),
    "household": gettext_lazy("户籍地址相同"),
    "sex_differs": gettext_lazy("性别不同"),
    "officer": gettext_lazy("同事提出来核对"),
}
VERDICTS: dict[Verdict, Sentence] = {
    "same": pgettext_lazy("compared", "相同"),
    "near": pgettext_lazy("compared", "差一点"),
    "differs": pgettext_lazy("compared", "不同"),
    "one": pgettext_lazy("compared", "只有一边有"),
    "none": pgettext_lazy("compared", "两边都没有"),
}
SOURCES: dict[str, Sentence] = {
    "claimed": gettext_lazy("本人自己说的，没有核实"),
    "population_register": gettext_lazy("人口库核实"),
}
TABLES: dict[str, Sentence] = {
    "registration.Registration": gettext_lazy("居住登记"),
    "permits.Application": gettext_lazy("申领和签注的件"),
    "permits.Permit": gettext_lazy("居住证"),
    "evidence.Evidence": gettext_lazy("材料和部门的信息"),
    "evidence.Objection": gettext_lazy("提出的异议"),
    "evidence.Inquiry": gettext_lazy("向部门的查询"),
    "people.Message": gettext_lazy("收到的消息"),
    "people.Account": gettext_lazy("网上账号"),
    "people.Guardianship": gettext_lazy("监护关系"),
    "people.Person": gettext_lazy("以前并进来的档案"),
    "people.Fact": gettext_lazy("去世、户口变动的记录"),
    "registration.Exemption": gettext_lazy("不用登记的说明"),
    "registration.Particulars": gettext_lazy("补充情况"),
    "registration.Sheet": gettext_lazy("成批报送的表"),
    "registration.Report": gettext_lazy("别人和自己的报送"),
    "registration.Invitation": gettext_lazy("请本人登记的邀请"),
    "registration.CorrectionOrder": gettext_lazy("责令改正通知"),
    "registration.PenaltyCase": gettext_lazy("没有登记、报送的处罚案件"),
    "registration.Dwelling": gettext_lazy("出租的房屋"),
    "registration.TitleClaim": gettext_lazy("交来的产权证明"),
    "registration.Tenant": gettext_lazy("租房合同里的租客"),
    "registration.HelpCall": gettext_lazy("租客的求助"),
    "registration.TenantWord": gettext_lazy("租客说的租房情况"),
    "permits.Attendance": gettext_lazy("窗口办过的事"),
    "permits.Representative": gettext_lazy("替别人代办的记录"),
    "documents.IssuedDocument": gettext_lazy("出具的文书"),
    "permits.PostCheck": gettext_lazy("证后核查"),
    "permits.FraudCase": gettext_lazy("虚假材料的案件"),
}
"""What hangs on a record, in words, by the table's label."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that both records say, or one of them. `native`: the values are Chinese in any language."""

    label: Sentence
    first: str
    second: str
    verdict: Verdict
    native: bool = False

    @property
    def word(self) -> Sentence:
        """The comparison, written out."""
        return VERDICTS[self.verdict]


@dataclass(frozen=True, slots=True)
class Line:
    """One registration, case or permit. Of what is in another area, no number and no address."""

    place: Sentence
    text: str
    number: str = ""
    address: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What hangs on one record, so far as this officer may read it."""

    registrations: list[Line]
    cases: list[Line]
    permits: list[Line]
    account: str
    guardians: list[str]
    wards: list[str]


def reasons_of(row: Likeness) -> list[Sentence]:
    """Why two records are listed, in words."""
    return [REASONS[code] for code in row.reasons if code in REASONS]


def rows_of(first: Person, second: Person) -> list[Row]:
    """Both records, field by field."""
    numbers = [modern(one.identity_number or one.claimed_number) for one in (first, second)]
    near_number = bool(numbers[0] and numbers[1]) and nearly(numbers[0], numbers[1])
    return [
        _names(first, second),
        _row(_("性别"), str(first.get_sex_display()), str(second.get_sex_display())),
        _births(first, second),
        _row(
            _("公民身份号码"),
            _number(first),
            _number(second),
            "near" if near_number else _verdict(*numbers),
        ),
        _row(_("民族"), first.ethnic_group_name, second.ethnic_group_name),
        _row(
            _("户籍地"),
            division_name(first.household_division, language()),
            division_name(second.household_division, language()),
        ),
        _row(_("户籍的详细地址"), first.household_address, second.household_address, native=True),
        _row(
            _("手机"), mask_phone(first.phone), mask_phone(second.phone), _verdict(first.phone, second.phone)
        ),
    ]


def sources_of(first: Person, second: Person) -> list[Row]:
    """Who said what each record says, and who wrote it down."""
    told = first_recorded([first.pk, second.pk])
    one, other = told.get(first.pk), told.get(second.pk)
    return [
        _row(_("身份"), _source(first), _source(second), "none"),
        _row(_("谁录入的"), _recorder(one), _recorder(other), "none", native=True),
        _row(_("什么时候录入的"), _recorded(one), _recorded(other), "none"),
    ]


def belongings_of(person: Person, actor: Actor) -> Belongings:
    """What hangs on a record. Six queries."""
    account = getattr(person, "account", None)
    guarding = person.guardianships.filter(ended_on=None).select_related("guardian")
    wards = person.wards.filter(ended_on=None).select_related("child")
    return Belongings(
        [_home(row, actor) for row in history(person.pk)[:MOST]],
        [_case(row, actor) for row in person.applications.order_by("-pk")[:MOST]],
        [_permit(row, actor) for row in person.permits.order_by("-pk")[:MOST]],
        mask_phone(account.login) if account else "",
        [row.guardian.name for row in guarding],
        [row.child.name for row in wards],
    )


def told(keys: Keys) -> list[tuple[Sentence, Named]]:
    """Rows by table, in words."""
    return [(TABLES.get(one.table, one.table), one) for one in named(keys)]


def counted(counts: dict[str, int]) -> Iterable[tuple[Sentence, int]]:
    """Counts by table, in words."""
    return [(TABLES.get(table, table), count) for table, count in counts.items()]


def _row(
    label: Sentence, first: str, second: str, verdict: Verdict | None = None, *, native: bool = False
) -> Row:
    return Row(label, first, second, verdict or _verdict(first, second), native)


def _verdict(first: str, second: str) -> Verdict:
    if first == second:
        return "same" if first else "none"
    return "differs" if first and second else "one"


def _names(first: Person, second: Person) -> Row:
    one, other = folded(first.name), folded(second.name)
    verdict: Verdict = "same" if one == other else "near" if nearly(one, other) else "differs"
    return Row(_("姓名"), first.name, second.name, verdict, native=True)


def _births(first: Person, second: Person) -> Row:
    one, other = f"{first.born:%Y%m%d}", f"{second.born:%Y%m%d}"
    swapped = one[:4] + one[6:] + one[4:6] == other
    verdict: Verdict = "same" if one == other else "near" if swapped or nearly(one, other) else "differs"
    return Row(_("出生"), day(first.born, language()), day(second.born, language()), verdict)


def _number(person: Person) -> str:
    if person.identity_number:
        return id_number(person.identity_number)
    if person.claimed_number:
        return format_html(_("{}（自己说的）"), id_number(person.claimed_number))
    return ""


def _source(person: Person) -> str:
    if person.identity_confirmed_at is None:
        return str(SOURCES["claimed"])
    by = SOURCES.get(person.identity_source, person.identity_source)
    return f"{by} {moment(person.identity_confirmed_at, language())}"


def _recorder(event: Event | None) -> str:
    if event is None or event.actor_kind == "system":
        return ""
    return event.actor_name if event.actor_kind == "staff" else "本人"


def _recorded(event: Event | None) -> str:
    return moment(event.at, language()) if event else ""


def _home(row: Registration, actor: Actor) -> Line:
    since = day(row.registered_on, language())
    until = day(row.ended_on, language()) if row.ended_on else ""
    text = (
        _("%(since)s 到 %(until)s") % {"since": since, "until": until}
        if until
        else _("%(since)s 起，现在住这里") % {"since": since}
    )
    if not actor.covers(row.subdistrict):
        return Line(_place(row.subdistrict), text)
    url = reverse("counter:person", args=[row.number])
    address = f"{row.community.name if row.community else ''}{row.address}"
    return Line(_place(row.subdistrict), text, row.number, address, url)


def _case(row: Application, actor: Actor) -> Line:
    text = f"{row.get_kind_display()} {row.get_state_display()}"
    if not row.number or not actor.covers(row.area):
        return Line(_place(row.area), text)
    return Line(_place(row.area), text, row.number, url=reverse("counter:case", args=[row.number]))


def _permit(row: Permit, actor: Actor) -> Line:
    text = _("%(on)s 签发") % {"on": day(row.issued_on, language())}
    if row.ended_on is not None:
        text += " " + _("%(on)s 终止") % {"on": day(row.ended_on, language())}
    return Line(_place(row.area), text, row.number if actor.covers(row.area) else "")


def _place(code: str) -> str:
    found = SUBDISTRICTS.get(code)
    return found.name(language()) if found else ""
