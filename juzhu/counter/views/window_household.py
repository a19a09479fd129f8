"""A family at the window: who stands there, their children, one address, one button."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from juzhu.counter.access import kept
from juzhu.counter.forms_window import IdentityForm
from juzhu.counter.views.window import Here, at_window
from juzhu.intake.forms.household import HouseholdForm, home_of
from juzhu.law.calendar import completed_years
from juzhu.operations.errors import JuzhuError
from juzhu.operations.rules import in_force
from juzhu.people import actions as people
from juzhu.people.identity_provider import provider
from juzhu.people.models import Person
from juzhu.people.queries import of_age_if_born_by
from juzhu.permits.window import registering
from juzhu.registration import households
from juzhu.registration.models import Community, Registration

BESIDE, MOST_BESIDE = "window_beside", 6


@at_window
def household(here: Here) -> HttpResponse:
    """The form of all who move in; before it, the other adults who came along show their documents."""
    request = here.request
    if households.sent_before(request.POST.get("key", "")[:64], here.actor):
        return here.go()
    if here.person.born > of_age_if_born_by(here.today):
        messages.info(request, _("先接待大人，再和孩子一起登记。"))
        return here.go()
    beside = IdentityForm(request.POST if "add" in request.POST else None, today=here.today)
    if "add" in request.POST and beside.is_valid() and _add(here, beside):
        return here.go("household")
    present = [here.person, *_beside(here)]
    form = _form(here, present)
    status = 200
    if request.method == "POST" and "add" not in request.POST and form.is_valid():
        try:
            made = registering.register_household(
                form.members,
                form.stay,
                present,
                actor=here.actor,
                today=here.today,
                key=request.POST.get("key", "")[:64],
            )
        except JuzhuError as error:
            status = error.status
            field = str(error.about.get("field", ""))
            form.add_error(form.whose(error.about.get("person"), field), str(error.sentence))
        else:
            return _registered(here, made)
    key = request.POST.get("key", "")[:64] or uuid4().hex
    context = {"form": form, "beside": beside, "present": present, "key": key}
    return here.show("household", context, status=status)


def _registered(here: Here, made: list[Registration]) -> HttpResponse:
    numbers = "、".join(row.number for row in made)
    said = _("登记好了，一共 %(n)s 人，编号 %(numbers)s。") % {"n": len(made), "numbers": numbers}
    messages.success(here.request, said)
    own = any(row.person_id == here.person.pk for row in made) or here.covers(here.current)
    return here.go("certificate" if own else "")


def _form(here: Here, present: list[Person]) -> HouseholdForm:
    request, rules = here.request, in_force(here.today).parameters
    children = Person.objects.filter(
        guardianships__guardian__in=present, born__gt=of_age_if_born_by(here.today), merged_into=None
    )
    everybody = [*present, *children.distinct().order_by("born")]
    outside = [one for one in everybody if one.household_division not in rules.urban_divisions]
    registered = Registration.objects.filter(person__in=outside, ended_on=None).select_related("community")
    return HouseholdForm(
        request.POST if request.method == "POST" and "add" not in request.POST else None,
        people=outside,
        registered=registered,
        areas=here.actor.areas,
        answers={},
        today=here.today,
        communities=Community.objects.filter(subdistrict__in=here.actor.areas).order_by(
            "subdistrict", "code"
        ),
        initial=kept(request) or _home(here),
    )


def _home(here: Here) -> dict[str, str]:
    """The address where somebody of the family lives already, in the officer's area."""
    current = here.current
    return home_of(current) if current and here.covers(current) else {}


def _add(here: Here, form: IdentityForm) -> bool:
    """Take in another adult by their document. False, with the fault at its field."""
    said, request = form.cleaned_data, here.request
    try:
        known = provider().confirm(said["name"].strip(), said["identity_number"])
    except JuzhuError as error:
        form.add_error("identity_number", str(error.sentence))
        return False
    if completed_years(known.born, here.today) < in_force(here.today).parameters.minor_age:
        form.add_error("identity_number", _("未满 16 周岁的，跟监护人一起登记，不用单独加。"))
        return False
    person = people.record_person(known, actor=here.actor)
    people.log_reading(person.pk, "window", actor=here.actor)
    kept_ids = _ids(request, here)
    if person.pk != here.person.pk and person.pk not in kept_ids and len(kept_ids) < MOST_BESIDE:
        request.session[BESIDE] = {here.visit: [*kept_ids, person.pk]}
    return True


def _ids(request: HttpRequest, here: Here) -> list[int]:
    ids: list[int] = request.session.get(BESIDE, {}).get(here.visit, [])
    return ids


def _beside(here: Here) -> list[Person]:
    return list(Person.objects.filter(pk__in=_ids(here.request, here)).order_by("pk"))
