"""Many at once, on PostgreSQL: code, nonce, document, refresh token and answer are each good once."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from juzhu.operations import clock, events, tasks
from juzhu.operations.models import Event
from juzhu.wallets import issuing, offers, presenting, queries
from juzhu.wallets.models import Issuance, Loading, Offer
from juzhu.wallets.tests.holders import Wallet, permit
from tests.test_races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="locks of rows are PostgreSQL's"),
    pytest.mark.usefixtures("committed_db", "on_day"),
]


def test_of_many_at_once_one_redeems_fetches_refreshes_and_answers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("juzhu.api.openid.issuing.PATIENCE_S", 0)
    held, account = permit()
    now = clock.now()
    offered = offers.make(held, "", actor=account.actor, now=now)
    code = offers.content(offered.reference)["grants"][offers.GRANT]["pre-authorized_code"]
    outcomes = at_once(*[partial(offers.redeem, code, offered.tx_code, now)] * 8)
    assert Counter(outcomes) == {"won": 1, "InvalidGrant": 7}
    Loading.objects.all().delete()

    wallet = Wallet()
    wallet.redeem(offers.make(held, "", actor=account.actor, now=now))
    loading = issuing.bearer(wallet.access, now)
    proof = wallet.proof()
    outcomes = at_once(*[partial(issuing.request, loading, proof, now)] * 8)
    assert Counter(outcomes) == {"won": 1, "InvalidNonce": 7}
    tasks.run_all()
    outcomes = at_once(*[partial(issuing.fetch, Issuance.objects.get(), now)] * 8)
    assert Counter(outcomes) == {"won": 1, "InvalidTransaction": 7}
    outcomes = at_once(*[partial(offers.refresh, wallet.refresh, now)] * 8)
    assert Counter(outcomes) == {"won": 1, "InvalidGrant": 7}

    again = offers.make(held, "", actor=account.actor, now=now)
    wallet.load(again)
    asked = presenting.ask([], "入学报名", presenting.Checker(name="某校"), now=now)
    said = wallet.request(asked.link)
    answer = {"state": said["state"], "vp_token": json.dumps({"permit": [wallet.shown(said, "-")]})}
    outcomes = at_once(*[partial(presenting.take, answer, now)] * 8)
    assert Counter(outcomes) == {"won": 1, "InvalidRequest": 7}
    assert Event.objects.filter(kind="permit.presented").count() == 1
    events.verify()


def test_wrong_digits_at_once_are_all_counted():
    held, account = permit()
    now = clock.now()
    offered = offers.make(held, "", actor=account.actor, now=now)
    code = offers.content(offered.reference)["grants"][offers.GRANT]["pre-authorized_code"]
    wrong = f"{(int(offered.tx_code) + 1) % 10**6:06}"
    at_once(*[partial(offers.redeem, code, wrong, now)] * 8)
    assert Offer.objects.get().tries == offers.MOST_TRIES


def test_a_device_that_is_revoked_while_it_loads_ends_revoked():
    held, account = permit()
    wallet = Wallet()
    wallet.load(offers.make(held, "", actor=account.actor, now=clock.now()))
    (device,) = queries.devices_of(held)
    for _round in range(10):
        now = clock.now()
        Loading.objects.update(ended_at=None, ended_by="", requests=0, access_until=now + timedelta(hours=1))
        loading = Loading.objects.get()
        issuing.request(loading, wallet.proof(), now)
        outcomes = at_once(tasks.run_all, partial(issuing.revoke, device.pk, actor=account.actor, now=now))
        assert outcomes == ["won", "won"]
        assert Loading.objects.get().ended_by == "revoked"
        assert not tasks.Task.objects.filter(kind="wallets.issue", done_at=None).exists()
    events.verify()
