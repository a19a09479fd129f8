"""报送和期限 at the counter: lists, what was found out, orders and cases; for whom they exist."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from juzhu.people.models import Account
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import AREA, TODAY
from juzhu.permits.tests.reporters import let
from juzhu.registration.models import Contradiction, CorrectionOrder, PenaltyCase, Report
from juzhu.registration.reporting import filing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


@pytest.fixture
def account() -> Account:
    return make.make_account("林海峰")


@pytest.fixture
def report(account) -> Report:
    """Two landlords of one person whose name the second one misspells."""
    (one, ones), (two, twos) = reporters.landlord("房东甲"), reporters.landlord("房东乙")
    known = {"identity_number": account.person.identity_number, "happened_on": date(2026, 3, 4)}
    filing.file(one, [let(name="林海峰", **known)], actor=ones, today=TODAY)
    entry = let(name="林海锋", **{**known, "address": "小河路 1 号"})
    return filing.file(two, [entry], actor=twos, today=TODAY)[0].report


def shown(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_year": str(on.year), f"{name}_month": str(on.month), f"{name}_day": str(on.day)}


def ordered(client, report: Report, to: str = "reporter") -> CorrectionOrder:
    address = f"/counter/duties/orders/new?report={report.number}&to={to}"
    shown(client, address)
    answer = client.post(
        address,
        {
            "provision": "zhejiang-2016:34" if to == "reporter" else "zhejiang-2016:33",
            "persons": "1",
            "facts": "2026-03-04 起出租，没有按时报送。",
            **day("correct_by", date(2026, 3, 20)),
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return CorrectionOrder.objects.get()


def test_every_page_exists_for_the_area_s_officers_and_for_nobody_else(
    sign_in, report, clerk, chief, stranger
):
    order = ordered(sign_in(clerk), report)
    client = sign_in(clerk)
    client.post(
        f"/counter/duties/orders/{order.number}",
        {"do": "open", "open-facts": "没有按时报送。", **day("open-committed_on", date(2026, 3, 9))},
    )
    case = PenaltyCase.objects.get()
    of_all = [
        *(f"/counter/duties?tab={tab}" for tab in ("reports", "contradictions", "register", "change")),
        f"/counter/duties/reports/{report.number}",
        *(f"/counter/duties/contradictions/{row.pk}" for row in Contradiction.objects.all()),
    ]
    of_police = [
        *(f"/counter/duties?tab={tab}" for tab in ("orders", "cases")),
        f"/counter/duties/orders/{order.number}",
        f"/counter/duties/cases/{case.number}",
    ]
    subdistrict = make.make_officer("subdistrict")
    for who in (clerk, chief, subdistrict):
        assert [sign_in(who).get(address).status_code for address in of_all] == [200] * len(of_all)
    assert [sign_in(clerk).get(address).status_code for address in of_police] == [200] * len(of_police)
    assert [sign_in(subdistrict).get(address).status_code for address in of_police] == [404] * len(of_police)
    of_rows = (*of_all[4:], *of_police[2:])
    for who in (stranger, make.make_officer("reviewer")):
        assert [sign_in(who).get(address).status_code for address in of_rows] == [404] * len(of_rows)


def test_a_report_tells_whom_it_may_be_about_and_why(sign_in, report, clerk):
    page = shown(sign_in(clerk), f"/counter/duties/reports/{report.number}")
    assert "姓名不同" in page
    assert "公民身份号码相同" in page
    assert report.identity_number not in page
    assert "超期" in page


def test_what_was_found_out_is_written_down_once_and_nothing_typed_is_lost(sign_in, report, clerk):
    client, address = sign_in(clerk), f"/counter/duties/reports/{report.number}"
    kept = client.post(address, {"outcome": "", "said": "打过电话，人在别处。"}).content.decode()
    assert "请选一个结果。" in kept
    assert "打过电话，人在别处。" in kept
    assert client.post(address, {"outcome": "wrong", "said": "打过电话，人在别处。"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.outcome) == ("settled", "wrong")
    assert client.post(address, {"outcome": "ended", "said": "打过电话，人在别处。"}).status_code == 409


def test_two_words_stand_side_by_side_and_both_stay(sign_in, report, clerk):
    row = Contradiction.objects.get(code="two_places")
    client, address = sign_in(clerk), f"/counter/duties/contradictions/{row.pk}"
    page = shown(client, address)
    assert page.index("房东乙") != page.index("房东甲")
    assert client.post(address, {"said": "住在小河路，甲的已经退租。"}).status_code == 302
    row.refresh_from_db()
    assert row.settled_at is not None
    assert Report.objects.count() == 2
    assert "住在小河路" in shown(client, address)


@pytest.mark.requirement("B10", "G05")
def test_from_an_order_to_a_decision_page_by_page(sign_in, report, clerk, chief):
    first, last = sign_in(clerk), sign_in(chief)
    order = ordered(first, report)
    at_order = f"/counter/duties/orders/{order.number}"
    assert "期限内" in shown(first, at_order)
    opened = {"do": "open", "open-facts": "没有按时报送。", **day("open-committed_on", date(2026, 3, 9))}
    assert first.post(at_order, opened).status_code == 302
    case = PenaltyCase.objects.get()
    address = f"/counter/duties/cases/{case.number}"
    page = first.post(address, {"do": "tell", "tell-fine_yuan": "150"})
    assert page.status_code == 409
    assert "倍数" in page.content.decode()
    for client, step in (
        (first, {"do": "tell", "tell-fine_yuan": "100"}),
        (first, {"do": "hear", "hear-statement": "不知道三天内要报。"}),
        (last, {"do": "decide", "decide-fine_yuan": "100", "decide-reason": "逾期没有报送，听了陈述。"}),
    ):
        assert client.post(address, step).status_code == 302, step
    case.refresh_from_db()
    assert (case.state, case.fine_yuan) == ("decided", 100)
    assert "罚款 100 元" in shown(first, address)


def test_an_order_to_the_person_is_closed_by_their_registration_and_leaves_no_case(
    sign_in, clerk, account, on_day
):
    reporter, actor = reporters.landlord("房东甲")
    entry = let(name="林海峰", identity_number=account.person.identity_number)
    report = filing.file(reporter, [entry], actor=actor, today=TODAY)[0].report
    client = sign_in(clerk)
    order = ordered(client, report, "person")
    assert order.person == account.person
    answer = client.post(
        f"/counter/duties/orders/{order.number}", {"do": "corrected", **day("corrected-on", TODAY)}
    )
    assert answer.status_code == 302
    on_day(date(2026, 3, 20) + timedelta(days=1))
    page = shown(client, f"/counter/duties/orders/{order.number}")
    assert "已改正" in page
    assert "已经在期限内改正，不能罚款。" in page


def test_a_list_costs_as_many_queries_however_long_it_is(sign_in, clerk, django_assert_max_num_queries):
    reporter, actor = reporters.landlord("房东甲")
    entries = [
        let(
            name=f"新人{chr(0x4E00 + n)}",
            identity_number=make.identity(f"新人{chr(0x4E00 + n)}").identity_number,
        )
        for n in range(12)
    ]
    filing.file(reporter, entries, actor=actor, today=TODAY)
    client = sign_in(clerk)
    with django_assert_max_num_queries(16):
        shown(client, "/counter/duties?tab=register")
    assert AREA in clerk.areas
