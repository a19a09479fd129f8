"""The tags draw what the law answered: as many stones, in those states, with every word escaped."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from juzhu.design import geometry
from juzhu.design.findings import counts_of, shape_of
from juzhu.design.guide import findings, terms
from juzhu.law.picture import Stone
from juzhu.law.wording import Text


def drawn(source: str, lang: str = "zh-hans", **context) -> str:
    with translation.override(lang):
        return Template("{% load face %}" + source).render(Context(context))


def test_an_arch_has_a_stone_a_month_in_the_state_the_law_gave():
    html = drawn("{% arch term %}", term=terms()["half_year"])
    assert re.findall(r'class="st (\w+)"', html) == ["laid"] * 4 + ["part", "todo"]
    assert 'role="img"' in html
    assert html.count('class="over"') == 1
    assert "今天" in html


def test_twelve_stones_and_the_gap_say_so():
    html = drawn("{% arch term %}", term=terms()["insurance"])
    assert html.count('class="st ') == 12
    assert html.count("缺</text>") == 1
    assert "pin" not in html
    assert '<time datetime="2025-03">' in html


def test_another_length_is_written_not_drawn():
    term = replace(terms()["lease"], months=terms()["lease"].months * 2)
    html = drawn("{% arch term %}", term=term)
    assert "<svg" not in html
    assert term.sentence.zh in html


def test_the_first_stone_stands_on_the_left_foot_as_in_the_drawing():
    first = geometry.stone(0, 6, "laid", 0, "11月")
    assert first.outline == "M18.0 176.6A142 142 0 0 1 36.3 108.2L67.7 125.9A106 106 0 0 0 54.0 177.0Z"
    assert (first.x, first.y) == ("40.2", "145.9")


def test_stones_do_not_overlap_and_close_the_arch():
    shapes = [geometry.stone(n, 12, "laid", 0, "") for n in range(12)]
    starts = [float(re.match(r"M([\d.]+)", shape.outline)[1]) for shape in shapes]
    assert starts == sorted(starts)
    assert len(set(starts)) == 12


@pytest.mark.parametrize(("fraction", "same"), [(0.0, 0.0), (1.0, 1.0), (7.0, 1.0), (-1.0, 0.0)])
def test_a_fraction_never_leaves_its_stone(fraction, same):
    assert geometry.stone(2, 6, "part", fraction, "").over == geometry.stone(2, 6, "part", same, "").over


def test_an_unknown_state_is_a_mistake_not_a_blank():
    with pytest.raises(ValueError, match="unknown state"):
        geometry.stone(0, 6, "lost", 0, "")


@pytest.mark.parametrize("position", [0.0, 0.03, 0.5, 0.97, 1.0])
def test_the_word_for_today_stays_in_the_drawing(position):
    pin = geometry.pin(position)
    top = float(geometry.view_box(pin).split()[1])
    assert float(pin.y) >= top
    assert not pin.worded or (40 <= float(pin.text_x) <= 280 and float(pin.text_y) > top)


def test_what_people_typed_is_escaped_everywhere():
    bad = "<script>alert(1)</script>"
    stone = Stone("laid", 0, Text(bad, bad))
    term = replace(terms()["half_year"], months=(stone,) * 6, sentence=Text(bad, bad))
    finding = {"code": bad, "state": "met", "cites": [bad], "message": Text(bad, bad)}
    html = drawn(
        "{% arch term above=bad %}{% finding f url=bad label=bad %}{% either bad bad %}{% icon bad bad %}"
        "{% qr bad bad %}{{ bad|mask_name }}{{ bad|mask_id }}{{ bad|mask_phone }}{% id_number bad %}"
        "{% cite bad %}",
        term=term, f=finding, bad=bad,
    )  # fmt: skip
    assert "<script" not in html


def test_no_component_needs_an_inline_style():
    html = drawn(
        "{% arch t %}{% empty_arch %}{% days_left a b %}{% bar 3 10 line=5 %}"
        "{% qr 'x' %}{% countdown 12 %}{% steps 1 'a' %}",
        t=terms()["lease"], a=date(2026, 5, 27), b=date(2026, 5, 25),
    )  # fmt: skip
    assert "style=" not in html
    assert "<script" not in html


def test_three_answers_and_the_one_that_time_cures():
    assert [shape_of(f) for f in findings()] == ["unmet", "time", "unproven", "met"]
    assert shape_of({"state": "unmet", "ready_on": date(2026, 5, 1)}, date(2026, 5, 1)) == "unmet"
    assert counts_of({"findings": findings()}) == {"met": 1, "unproven": 1, "unmet": 2}


def test_a_finding_is_named_worded_and_cited_in_the_readers_language():
    f = findings()[0]
    chinese, english = drawn("{% finding f %}", f=f), drawn("{% finding f %}", "en", f=f)
    assert "社保连续满 1 年" in chinese
    assert "未满足" in chinese
    assert "民法典 第一千二百五十九条" in chinese
    assert "Not met" in english
    assert f["message"].en in english


def test_articles_link_to_the_rules_once_they_are_mounted():
    linked = drawn("{% cite 'notice:2.1.2' %}", places={"rules": "/rules/"})
    assert 'href="/rules/#notice-2-1-2"' in linked
    assert "href" not in drawn("{% cite 'notice:2.1.2' %}")


@pytest.mark.parametrize(
    ("due", "css", "words"),
    [(24, "over", "已超 1 天"), (25, "soon", "今天到期"), (28, "soon", "还剩 3 天"), (29, "", "还剩 4 天")],
)
def test_days_left_are_always_in_words(due, css, words):
    html = drawn("{% days_left due today %}", due=date(2026, 5, due), today=date(2026, 5, 25))
    assert words in html
    assert (f"left {css}" in html) is bool(css)


def test_days_left_in_english_count_one_and_many():
    days = {"a": date(2026, 5, 26), "b": date(2026, 5, 27), "t": date(2026, 5, 25)}
    html = drawn("{% days_left a t %} {% days_left b t %}", "en", **days)
    assert "1 day left" in html
    assert "2 days left" in html


def test_times_carry_the_machine_readable_day_and_zone():
    html = drawn("{% day d %} {% moment m %} {% day none %}", d=date(2026, 5, 1), none=None,
                 m=datetime(2026, 5, 9, 10, 20, tzinfo=UTC))  # fmt: skip
    assert '<time datetime="2026-05-01">2026-05-01</time>' in html
    assert '<time datetime="2026-05-09T18:20+08:00">2026-05-09 18:20</time>' in html


@pytest.mark.parametrize(
    "kinds",
    [
        ("valid", "suspended", "terminated", "expired", "forged", "unknown"),
        ("valid", "suspended", "terminated", "stale", "forged", "not_a_permit", "unreadable"),
    ],
)
def test_each_outcome_has_a_shape_and_words_of_its_own(kinds):
    assert len({drawn("{% outcome_mark k %}", k=kind) for kind in kinds}) == len(kinds)
    assert len({drawn("{% outcome_plate k %}", k=kind).split("verdict")[1] for kind in kinds}) == len(kinds)


def test_a_qr_code_is_attributes_alone_and_named():
    html = drawn("{% qr 'https://example.org/?a=1&b=2' 'QR' %}")
    assert html.startswith('<svg role="img" aria-label="QR" ')
    assert "viewBox" in html
    assert "style" not in html


def test_a_text_is_said_in_the_language_of_each_reader():
    page = Template('{% translate "跳到正文" %}|{% translate text %}|{% translate "今天" as now %}{{ now }}')
    for lang, said in (("zh-hans", "跳到正文|今天|今天"), ("en", "Skip to content|Today|Today")) * 2:
        with translation.override(lang):
            assert page.render(Context({"text": "今天"})).casefold() == said.casefold()
