"""PDF/A and PDF/UA, rare characters, threads, and the same bytes each time."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from juzhu.documents.errors import GlyphMissing
from juzhu.documents.issuing import render
from juzhu.documents.kinds import Kind
from juzhu.documents.papers import Paper
from juzhu.documents.papers.samples import samples
from juzhu.documents.tests.reading import joined, pages, structure, words

MADE = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
CODE = "2222222222222222"


def sample(kind: Kind, lang: str = "zh", **other: object) -> Paper:
    paper = next(paper for paper in samples(lang) if paper.kind == kind)  # type: ignore[arg-type]
    return dataclasses.replace(paper, **other)  # type: ignore[arg-type]


def made(paper: Paper) -> bytes:
    return render(paper, code=CODE, made_at=MADE)


def test_there_is_a_sample_of_each_kind():
    assert [paper.kind for paper in samples("zh")] == list(Kind)


@pytest.mark.requirement("D02", "D04", "D06", "E10", "F08")
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_paper_is_archivable_and_accessible(kind, lang):
    paper = sample(kind, lang)
    found = structure(made(paper))
    assert found["marked"] and found["tree"]
    assert found["language"].startswith(lang)
    assert (found["part"], found["conformance"], found["ua"]) == ("2", "A", "1")
    assert paper.title in str(found["title"])
    figures = found["figures"]
    assert len(figures) >= (2 if lang == "zh" else 1)
    assert all(figures), "a figure without words"


@pytest.mark.parametrize("kind", list(Kind))
def test_the_reading_version_says_that_it_has_no_force_and_bears_no_seal(kind):
    english = made(sample(kind, "en"))
    assert "without legal force" in words(english)
    assert not any("Seal" in alt for alt in structure(english)["figures"])
    assert any("印章" in alt for alt in structure(made(sample(kind)))["figures"])


@pytest.mark.parametrize("name", ["𠅤堃", "䶮㛃", "欧阳𠅤䶮", "阿依努尔·买买提", "O'Brien 王"])
@pytest.mark.parametrize("kind", [Kind.RECEIPT, Kind.REFUSAL, Kind.LAPSE, Kind.ENDED, Kind.FRAUD_NOTICE])
def test_rare_characters_are_printed_and_can_be_read(name, kind):
    pdf = made(sample(kind, addressee=name))
    assert name in words(pdf)
    assert b".notdef" not in pdf


@pytest.mark.parametrize(("name", "point"), [("周😀", "U+1F600"), ("\U00031350芸", "U+31350")])
@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (Kind.RECEIPT, "addressee"),
        (Kind.LAPSE, "addressee"),
        (Kind.ENDED, "addressee"),
        (Kind.FRAUD_NOTICE, "facts"),
        (Kind.FRAUD_DECISION, "said"),
        (Kind.FRAUD_CLOSURE, "reason"),
    ],
)
def test_a_character_without_a_glyph_is_an_error_and_never_a_box(name, point, kind, field):
    with pytest.raises(GlyphMissing) as caught:
        made(sample(kind, **{field: name}))
    assert caught.value.about["code_point"] == point
    assert point in str(caught.value.sentence)
    assert "fonts" in str(caught.value.sentence)


def test_the_same_paper_has_the_same_bytes():
    paper = sample(Kind.NOTICE)
    assert made(paper) == made(paper)
    assert made(paper) != render(paper, code=CODE, made_at=datetime(2026, 9, 30, 4, 1, tzinfo=UTC))


def test_eight_threads_set_papers_at_once():
    papers = [sample(kind, addressee=f"周{n}芸") for n, kind in enumerate([*Kind, *Kind][:16])]
    alone = [made(paper) for paper in papers]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(made, papers)) == alone


def test_what_is_typed_is_data_and_never_a_template():
    pdf = made(
        sample(Kind.REFUSAL, addressee='#read("/etc/passwd")', reason="*粗* $x$ #panic() \\ [x] @a <b>")
    )
    assert '#read("/etc/passwd")' in words(pdf)
    assert "*粗*$x$#panic()\\[x]@a<b>" in joined(pdf)


@pytest.mark.parametrize(
    ("kind", "long"),
    [
        (Kind.REFUSAL, {"reason": 120}),
        (Kind.FRAUD_DECISION, {"facts": 40, "said": 60, "reason": 60}),
        (Kind.FRAUD_CLOSURE, {"facts": 60, "reason": 60}),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_long_runs_over_pages_with_the_seal_beside_all_remedies(kind, long, lang):
    text = "居住登记不满半年，社保不满一年。"
    pdf = made(sample(kind, lang, **{name: text * times for name, times in long.items()}))
    *before, last = read = pages(pdf)
    assert len(read) >= 2
    for said in {
        "zh": ("行政复议", "行政诉讼", "扫码核对真伪"),
        "en": ("reconsideration", "Litigation", "Scan"),
    }[lang]:
        assert said in last
        assert not any(f"{said}：" in page for page in before)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_note_of_one_item_leaves_no_page_half_empty(lang):
    notice = sample(Kind.NOTICE, lang)
    items = tuple(dataclasses.replace(item, note="签名页没有拍到。" * 55) for item in notice.needed * 2)
    *before, _last = pages(made(dataclasses.replace(notice, needed=items)))
    assert all(len(page.splitlines()) > 25 for page in before)
