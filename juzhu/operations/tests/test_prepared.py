"""A prepared query finds what its queryset finds, each time for the values that are given."""

from typing import Any

import pytest
from django.db.models import Q, QuerySet

from juzhu.operations.prepared import Prepared
from juzhu.people.models import Person
from juzhu.permits.tests import factories as make

pytestmark = pytest.mark.django_db


def test_it_answers_for_the_values_of_this_call(django_assert_num_queries):
    people = [make.make_person("周晓芸"), make.make_person("李建国")]
    by_key = Prepared(lambda key: Person.objects.filter(pk=key))
    for person in [*people, *people]:
        with django_assert_num_queries(1):
            (found,) = by_key(person.pk)
            assert (found, found.name, found.born) == (person, person.name, person.born)
    assert by_key.first(0) is None


def test_values_may_be_text_and_stand_in_several_places():
    person = make.make_person("周晓芸")

    def either(key: Any, number: Any) -> QuerySet[Person]:
        return Person.objects.filter(Q(pk=key, name="周晓芸") | Q(identity_number=number) | Q(photo_id=key))

    find = Prepared(either)
    assert find(person.pk, "") == find(0, person.identity_number) == [person]
    assert find(0, "") == []


def test_a_value_that_never_reaches_the_sql_is_a_mistake():
    with pytest.raises(ValueError, match="not every value"):
        Prepared(lambda key, other: Person.objects.filter(pk=key))(1, 2)
