"""Names as they are compared: the same in Python and in the database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from juzhu.people.models import NAME_LENGTH, Person
from juzhu.people.names import DOTS, SPACES, folded

SIGNS = st.sampled_from(DOTS + SPACES + "·-'%\"\\") | st.characters(
    exclude_categories=("Cs",), exclude_characters="\0"
)


def test_what_stands_between_the_parts_of_a_name_counts_for_one_dot_and_spaces_for_nothing():
    assert (
        folded("阿依古丽 • 买买提")
        == folded("阿依古丽·买买提")
        == folded("阿依古丽．买买提")
        == "阿依古丽·买买提"
    )
    assert folded("阿依古丽买买提") != folded("阿依古丽·买买提")
    assert folded(" 䶮　㛃 ") == "䶮㛃"


@pytest.mark.django_db
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(SIGNS, max_size=NAME_LENGTH))
@example("阿依古丽 • 买买提")
def test_the_database_compares_as_we_do(name: str):
    with transaction.atomic():
        person = Person.objects.create(name=name, born=date(1990, 1, 1), household_division="341221")
        person.refresh_from_db()
        assert person.name_key == folded(person.name)
        assert Person.objects.filter(name_key=folded(name), pk=person.pk).exists()
        transaction.set_rollback(True)
