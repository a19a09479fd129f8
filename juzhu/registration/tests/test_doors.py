"""Signed links say an address and nothing about anybody, and can't be forged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing

from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.registration import doors
from juzhu.registration.doors import Door
from juzhu.registration.errors import LinkInvalid
from juzhu.registration.models import Community

ADDRESS = "桥弄街 6 幢 2 单元（示例）"


def test_an_address_goes_through_a_link_unchanged():
    door = Door(AREA, "330105005001", ADDRESS)
    assert doors.read(doors.of_door(door), TODAY) == door
    joined = Door(AREA, "", ADDRESS, "DJT-2026-000001")
    assert doors.read(doors.of_family(joined, TODAY), TODAY) == joined


def test_one_changed_sign_makes_it_no_link_of_ours():
    token = doors.of_door(Door(AREA, "", ADDRESS))
    for at in range(len(token)):
        other = "A" if token[at] != "A" else "B"
        if at == len(token) - 1:
            continue  # the last sign of base64 holds bits that nobody reads
        with pytest.raises(LinkInvalid):
            doors.read(token[:at] + other + token[at + 1 :], TODAY)


@pytest.mark.parametrize("token", ["", "x", "a.b", "a.b.c", "a.b.c.d", ".", "..", "é.b", "\0"])
def test_what_is_no_link_is_refused_without_an_error_of_ours(token: str):
    with pytest.raises(LinkInvalid):
        doors.read(token, TODAY)
    with pytest.raises(LinkInvalid):
        doors.read_report(token)


def test_one_kind_of_link_is_not_another():
    door = Door(AREA, "", ADDRESS)
    with pytest.raises(LinkInvalid):
        doors.read(doors.of_report("BS-2026-000001"), TODAY)
    with pytest.raises(LinkInvalid):
        doors.read_report(doors.of_family(door, TODAY))
    other = signing.Signer(salt="another", sep=".").sign(doors.of_door(door).split(".")[0])
    with pytest.raises(LinkInvalid):
        doors.read(other, TODAY)


def test_the_link_of_a_household_is_over_after_a_week():
    door = Door(AREA, "", ADDRESS, "DJT-2026-000001")
    token = doors.of_family(door, TODAY)
    assert doors.read(token, TODAY + timedelta(days=7)) == door
    with pytest.raises(LinkInvalid):
        doors.read(token, TODAY + timedelta(days=8))


def test_the_number_of_a_report_goes_through_a_link():
    assert doors.read_report(doors.of_report("BS-2026-000001")) == "BS-2026-000001"


@pytest.mark.django_db
def test_a_door_shows_its_address_as_a_certificate_does():
    Community.objects.create(code="330105005001", subdistrict=AREA, name="桥西社区")
    assert Door(AREA, "330105005001", ADDRESS).place_name == f"拱宸桥街道桥西社区{ADDRESS}"
    assert Door(AREA, "", ADDRESS).place_name == f"拱宸桥街道{ADDRESS}"
