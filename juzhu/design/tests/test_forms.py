from datetime import date

from django import forms
from django.template import Context, Template
from django.utils import translation

from juzhu.design.forms import NamedBox, summary
from juzhu.design.guide import GuideForm


def drawn(source: str, form: forms.Form, lang: str = "zh-hans") -> str:
    with translation.override(lang):
        return Template("{% load face %}" + source).render(Context({"form": form}))


def test_the_summary_names_each_field_in_order_with_its_words():
    with translation.override("zh-hans"):
        rows = summary(GuideForm({}))
    assert rows == [
        ("id_name", "姓名：请填姓名，和证件上一样。"),
        ("id_arrived_on_year", "来杭州的日期：请填来杭州的日期。"),
        ("id_route_0", "按哪一条途径：请选一条途径。"),
        ("id_promise", "我填的都是真的：请勾选“我填的都是真的”。"),
    ]


def test_every_link_of_the_summary_leads_to_an_input():
    for lang in ("zh-hans", "en"):
        form = GuideForm({})
        fields = drawn("{% fields form %}", form, lang)
        with translation.override(lang):
            targets = [target for target, _text in summary(form)]
        assert all(f'id="{target}"' in fields for target in targets)


def test_without_errors_there_is_no_summary():
    assert drawn("{% error_summary form %}", GuideForm()).strip() == ""


def test_a_field_in_error_points_to_its_hint_and_its_error():
    html = drawn("{% field form.arrived_on %}", GuideForm({}))
    assert 'aria-describedby="id_arrived_on_hint id_arrived_on_error"' in html
    assert 'id="id_arrived_on_hint"' in html
    assert 'id="id_arrived_on_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_date_is_three_selects_with_nothing_chosen_beforehand():
    html = drawn("{% field form.arrived_on %}", GuideForm())
    assert html.count("<select") == 3
    assert html.index("_year") < html.index("_month") < html.index("_day")
    assert html.count("selected") == 3
    assert html.count('<option value="" selected>') == 3
    english = drawn("{% field form.arrived_on %}", GuideForm(), "en")
    assert english.index("_day") < english.index("_month") < english.index("_year")
    assert "September" in english


def test_a_date_keeps_what_was_entered_and_is_read_back():
    form = GuideForm({"arrived_on_year": "2025", "arrived_on_month": "9", "arrived_on_day": "3"})
    assert form["arrived_on"].errors == []
    assert form.cleaned_data["arrived_on"] == date(2025, 9, 3)
    assert '<option value="9" selected>' in drawn("{% field form.arrived_on %}", form)


def test_half_a_date_is_an_error_that_keeps_its_half():
    form = GuideForm({"arrived_on_year": "2025", "arrived_on_month": "", "arrived_on_day": "3"})
    assert form["arrived_on"].errors
    assert '<option value="2025" selected>' in drawn("{% field form.arrived_on %}", form)


def test_choices_have_one_label_each():
    assert drawn("{% field form.route %}", GuideForm()).count("合法稳定就业") == 1


class FamilyForm(forms.Form):
    one = NamedBox(label="周<晓>芸")


def test_a_name_in_the_summary_says_in_which_language_it_is_and_stays_a_name():
    html = drawn("{% error_summary form %}", FamilyForm({}), "en")
    assert '<span lang="zh-CN">周&lt;晓&gt;芸</span>: ' in html
