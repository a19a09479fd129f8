"""Moving the demo's date forward: what each day on the way brings is done, day by day."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.demo import bureau
from juzhu.demo.clock import END, DateGoesForward, held, set_date
from juzhu.demo.models import DemoClock
from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence
from juzhu.law.calendar import month_start
from juzhu.operations import clock, tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.clock import SHANGHAI
from juzhu.permits import notices

ONE_DAY = timedelta(days=1)


def move_to(day: date) -> None:
    """Let it be that day. Nights on the way send their reminders; wages go on being insured.

    Raises DateGoesForward. Pages are right without the nights: they compute everything from the date.
    """
    with transaction.atomic():
        list(DemoClock.objects.select_for_update())
        today = clock.today()
        if day <= today:
            raise DateGoesForward(_("日期只能往后拨。要从头再来，请在命令行运行 juzhu demo --fresh。"))
        if day > END:
            raise DateGoesForward(_("最远拨到 %(end)s。请选近一点的日期。") % {"end": END})
        night = today + ONE_DAY
        while night <= day:
            with held(datetime.combine(night, time(0, 5), SHANGHAI)):
                _night(night)
            night += ONE_DAY
        set_date(day)
        transaction.on_commit(lambda: bureau.follow(day))


def _night(day: date) -> None:
    if day.day == 1:
        post_insurance(day)
    notices.daily({"day": day.isoformat()})
    tasks.run_all()


def post_insurance(day: date) -> None:
    """Let the bureau post last month for everybody who was insured until shortly before."""
    last, lately = f"{month_start(day, -1):%Y-%m}", f"{month_start(day, -3):%Y-%m}"
    newest: dict[int, Evidence] = {}
    said = Evidence.objects.filter(kind=Kind.INSURANCE, source="attestation", withdrawn_at=None)
    for piece in said.order_by("received_at", "pk"):
        newest[piece.person_id] = piece
    for person_id, piece in newest.items():
        runs = [dict(run) for run in piece.says["runs"]]
        if runs and lately <= runs[-1]["to"] < last:
            runs[-1]["to"] = last
            evidence.attest(person_id, Kind.INSURANCE, {"runs": runs}, piece.department, actor=SYSTEM)
