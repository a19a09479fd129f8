"""People who are on record twice: by a spelling, by an old number, one pair that was put together; and twins
who share a phone and are nobody's duplicate.
"""

from __future__ import annotations

from datetime import date

from juzhu.demo.identities import FEMALE, MALE, XIAOHE, Identity
from juzhu.demo.long_life import LongLife
from juzhu.demo.stage import Stage
from juzhu.people import actions as people
from juzhu.people import duplicates
from juzhu.people.likeness import former
from juzhu.people.models import Person

CLERK, CHIEF = "P1001", "P1003"
SPELT = Identity("龚蓓蕾", "", FEMALE, date(1990, 8, 14), "431299", "湖南省怀化市")
OLD = Identity("阮福根", "", MALE, date(1956, 11, 2), "331199", "浙江省丽水市")
TOGETHER = Identity("倪桂香", "", FEMALE, date(1971, 4, 30), "321399", "江苏省宿迁市")
TWINS = (
    Identity("樊大宝", "", MALE, date(2001, 2, 18), "411799", "河南省驻马店市"),
    Identity("樊小宝", "", MALE, date(2001, 2, 18), "411799", "河南省驻马店市"),
)


def spelt(stage: Stage) -> None:
    """Registered without a document, her name written with another character; then with it, elsewhere."""
    one = LongLife(stage, SPELT, "16000001051")
    one.is_received_unnamed("2026-03-03", CLERK, name="龚蓓雷").is_registered("2026-03-03", CLERK)
    _with_phone(one.is_received("2026-03-06", CLERK), "2026-03-06").is_registered("2026-03-06", CLERK, XIAOHE)


def old_number(stage: Stage) -> None:
    """Remembered the fifteen digits of his first card; five days later he has brought the new one."""
    one = LongLife(stage, OLD, "16000001052")
    one.is_received_unnamed("2026-03-04", CLERK, number=former(OLD.number))
    one.is_registered("2026-03-04", CLERK, reason="family", dwelling="relative")
    one.is_received("2026-03-09", CLERK)


def put_together(stage: Stage) -> None:
    """The chief has looked at the card, and made one record of two."""
    one = LongLife(stage, TOGETHER, "16000001053")
    one.is_received_unnamed("2026-03-02", CLERK).is_registered("2026-03-02", CLERK, reason="business")
    one.is_received("2026-03-05", CLERK)

    def merges(today: date) -> None:
        without = Person.objects.get(name=TOGETHER.name, identity_number="")
        said = "带来了身份证，和窗口拍的照片是一个人。"
        duplicates.merge(one.person, without, said, actor=one.officer(CHIEF))

    one.on("2026-03-05", merges)


def twins(stage: Stage) -> None:
    """Two brothers with one birthday and one phone, each with his own number."""
    for who in TWINS:
        one = LongLife(stage, who, "16000001054").is_received("2026-03-05", CLERK)
        _with_phone(one, "2026-03-05").is_registered("2026-03-05", CLERK)


def _with_phone(one: LongLife, day: str) -> LongLife:
    """Under which number they want to be told."""
    return one.does(day, lambda today: people.record_phone(one.person, one.phone, actor=one.officer(CLERK)))


STORIES = (spelt, old_number, put_together, twins)
