"""Finding people: within the area, masked, and logged when a record is opened."""

import pytest

from juzhu.operations.models import Event
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def test_a_person_of_the_area_is_found_and_their_record_is_masked_and_logged(sign_in, clerk):
    permit = make.issued()
    person = permit.person
    registration = person.registrations.get()
    client = sign_in(clerk)
    found = client.post("/counter/search", {"text": person.identity_number}, follow=True)
    assert registration.number in found.content.decode()
    assert found.redirect_chain[0][0] == "/counter/search"
    shown = client.get(f"/counter/people/{registration.number}").content.decode()
    assert permit.number in shown
    assert "2027-03-10" in shown
    assert person.identity_number not in shown
    assert person.phone not in shown
    assert (
        Event.objects.filter(kind="person.read", person_id=person.pk, actor_account_id=clerk.pk).count() == 1
    )


def test_a_person_of_another_area_is_not_there(sign_in, clerk, stranger):
    person = make.make_person("李明")
    registration = make.register(person, TODAY)
    assert sign_in(clerk).get(f"/counter/people/{registration.number}").status_code == 200
    client = sign_in(stranger)
    assert client.get(f"/counter/people/{registration.number}").status_code == 404
    shown = client.post("/counter/search", {"text": "李明"}, follow=True).content.decode()
    assert registration.number not in shown


def test_a_subdistrict_officer_reads_and_searches_the_registrations_of_the_area(sign_in):
    here, elsewhere = make.make_person("李明"), make.make_person("王芳")
    make.register(here, TODAY)
    make.register(elsewhere, TODAY, subdistrict=make.OTHER_AREA)
    client = sign_in(make.make_officer("subdistrict"))
    shown = client.get("/counter/registrations").content.decode()
    assert ("李明" in shown, "王芳" in shown) == (True, False)
    assert here.identity_number not in shown
    assert "李明" not in client.post("/counter/registrations", {"text": "赵"}, follow=True).content.decode()


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_of_registrations_takes_a_fixed_number_of_queries(sign_in, django_assert_num_queries, rows):
    for n in range(rows):
        make.register(make.make_person(f"李{n}"), TODAY)
    client = sign_in(make.make_officer("subdistrict"))
    with django_assert_num_queries(3):
        client.get("/counter/registrations")
