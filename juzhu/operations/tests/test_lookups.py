"""Very many texts at once: found whatever stands in them, none of none, and by the index that holds them."""

from __future__ import annotations

import pytest
from django.db import connection

from juzhu.operations.lookups import Word
from juzhu.operations.models import Counter

pytestmark = pytest.mark.django_db
ODD = ["plain", "甲,乙", "with 'quotes' and \"more\"", "{braces}", "back\\slash", "%s", "", " "]


def test_among_finds_each_of_very_many_texts_and_nothing_else():
    Counter.objects.bulk_create([Counter(series=text) for text in [*ODD, "another"]])
    asked = {*ODD, *(f"n{n}" for n in range(40_000))}
    assert set(Counter.objects.filter(series__among=asked).values_list("series", flat=True)) == set(ODD)


def test_of_no_texts_nothing_is_asked(django_assert_num_queries):
    Counter.objects.create(series="one")
    with django_assert_num_queries(0):
        assert not list(Counter.objects.filter(series__among=set()))
    assert Counter.objects.exclude(series__among=set()).count() == 1


def test_a_word_in_the_statement_is_one_of_ours():
    Counter.objects.create(series="one")
    assert Counter.objects.filter(series__in=[Word("one"), Word("two")]).count() == 1
    with pytest.raises(ValueError):
        Word("one' OR '1")
    if connection.vendor == "sqlite":
        assert "'two'" in str(Counter.objects.filter(series=Word("two")).query)
