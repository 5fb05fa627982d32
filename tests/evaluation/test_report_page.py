"""The HTML report: whole without a network, safe with hostile text, the same bytes each time, and alive in a browser."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from minutes_extract import Failed, evaluate, load_gold
from minutes_extract.assemble import analyse, load
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.evaluation.report_page import report_html, write_report
from minutes_extract.evaluation.scores import records_by_document
from minutes_extract.evaluation.systems import read_with
from minutes_extract.reading import read
from minutes_extract.records import LABELS, MinutesRecord
from minutes_extract.rulebook.book import load_rulebook

from .conftest import make_gold, make_record

HOSTILE = "</script><img src=x onerror=alert(1)><!--\u2028&amp;"
VOID = {"meta", "link", "br", "input", "img"}


class Page(HTMLParser):
    """The elements of a page, its text outside of scripts, and what is in each script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.scripts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts[-1] += data
        elif self.open and self.open[-1] != "style":
            self.text += data

    @property
    def data(self) -> Any:
        return json.loads(self.scripts[0])

    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.tags if "id" in attributes]


def page_of(gold: list[GoldDocument], records: list[MinutesRecord], **options: Any) -> Page:
    page = Page(report_html(evaluate(gold, records), gold, records_by_document(records), **options))
    assert not page.open
    return page


def on_disk(folder: Path, doc_id: str, text: str, mentions: list[dict[str, Any]]) -> GoldDocument:
    """A gold document whose text is at hand."""
    (folder / "text").mkdir(exist_ok=True)
    (folder / "gold").mkdir(exist_ok=True)
    (folder / "text" / f"{doc_id}.txt").write_bytes(text.encode())
    gold = {"doc_id": doc_id, "guidelines": "1.1", "sha256": hashlib.sha256(text.encode()).hexdigest(), "mentions": mentions}
    (folder / "gold" / f"{doc_id}.json").write_text(json.dumps(gold), "utf-8")
    [document] = [one for one in load_gold(folder / "gold") if one.doc_id == doc_id]
    return document


def test_a_page_of_all_kinds_is_well_formed_and_needs_no_network() -> None:
    gold = [make_gold((0, 9, "TITLE"), (12, 20, "OFFICIAL")), make_gold((3, 5, "DATE"), doc_id="d2")]
    html = report_html(evaluate(gold, [make_record((0, 4, "TITLE"))]), gold, {"d1": make_record((0, 4, "TITLE"))})
    page = Page(html)
    assert len(page.ids()) == len(set(page.ids()))
    assert not re.search(r"https?:|@import|url\(", html)
    policies = [attributes["content"] for tag, attributes in page.tags if attributes.get("http-equiv") == "Content-Security-Policy"]
    assert policies and "default-src 'none'" in str(policies[0]) and "unsafe" not in str(policies[0])
    assert not [attributes for _, attributes in page.tags if "style" in attributes or any(name.startswith("on") for name in attributes)]
    assert "innerHTML" not in html and "1 document without a prediction" in page.text
    assert {"forest-title", "forest-desc", "coverage-title", "coverage-desc"} <= set(page.ids())


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    text = f"Sở {HOSTILE} họp"
    gold = on_disk(tmp_path, "d1", text, [{"start": 0, "end": 2, "label": "ORGANIZATION", "text": "Sở"}])
    mention = (3, 3 + len(HOSTILE), "ORGANIZATION", {"text": HOSTILE, "rule": f"rule.{HOSTILE}"})
    record = make_record(mention, sha256=gold.sha256)
    other = make_gold((0, 4, "TITLE"), doc_id=f"d2{HOSTILE}")
    page = page_of([gold, other], [record], title=HOSTILE)
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert len(page.scripts) == 2 and page.scripts[0].isprintable()
    assert not re.search("[<>&\u2028\u2029]", page.scripts[0])
    assert page.data["documents"] == ["d1", f"d2{HOSTILE}"] and page.data["rules"] == [f"rule.{HOSTILE}"]
    assert page.text.count(HOSTILE) >= 4  # title, heading, the document, the rule


def test_a_lone_surrogate_is_written_escaped(tmp_path: Path) -> None:
    gold = [make_gold((0, 1, "TITLE"), mentions=[{"start": 0, "end": 1, "label": "TITLE", "text": "\ud800"}])]
    write_report(tmp_path / "r.html", evaluate(gold, []), gold, {})
    assert b"\\ud800" in (tmp_path / "r.html").read_bytes()


def test_emoji_are_cut_in_code_points(tmp_path: Path) -> None:
    text = "😀😀 Sở 🏳️‍🌈 Y tế"
    gold = on_disk(tmp_path, "d1", text, [{"start": 3, "end": 5, "label": "ORGANIZATION", "text": "Sở"}])
    page = page_of([gold], [make_record(sha256=gold.sha256)])
    [card] = page.data["cards"]
    assert [segment[0] for segment in card["t"]] == ["😀😀 ", "Sở", " 🏳️‍🌈 Y tế"]
    assert (card["n"], [len(segment) for segment in card["t"]]) == (1, [1, 3, 1])


def test_crossing_spans_are_segments_with_marks_on_both_sides(tmp_path: Path) -> None:
    text = "Phó Chủ tịch UBND tỉnh"
    gold = on_disk(tmp_path, "d1", text, [{"start": 0, "end": 17, "label": "TITLE", "text": text[:17]}])
    record = make_record((4, 22, "TITLE", {"text": text[4:]}), sha256=gold.sha256)
    [card] = page_of([gold], [record]).data["cards"]
    title = LABELS.index("TITLE") * 2 + 1
    assert card["t"] == [["Phó ", [title], []], ["Chủ tịch UBND", [title], [title]], [" tỉnh", [], [title]]]


def test_where_the_text_is_not_at_hand_the_quotes_are_told() -> None:
    [card] = page_of([make_gold((0, 4, "TITLE"))], []).data["cards"]
    assert "t" not in card and "n" not in card and card["g"] == [[LABELS.index("TITLE"), "xxxx", ""]]


def test_no_error_and_no_gold_are_said_so() -> None:
    right = page_of([make_gold((0, 4, "TITLE"))], [make_record((0, 4, "TITLE"))])
    assert "No error: every prediction that counts is that of gold." in right.text and right.data["cards"] == []
    empty = page_of([make_gold()], [make_record()])
    assert "n/a" in empty.text and "No error" in empty.text


def test_a_blind_report_has_figures_and_no_errors() -> None:
    gold = [make_gold((0, 4, "TITLE"), mentions=[{"start": 0, "end": 6, "label": "TITLE", "text": "hidden"}])]
    html = report_html(evaluate(gold, []), gold, {}, blind=[document.doc_id for document in gold])
    assert "hidden" not in Page(html).text + Page(html).scripts[0]
    assert "The 1 errors" not in html and "1 error of test documents is not shown" in Page(html).text


def test_failed_and_extra_documents_are_told_first() -> None:
    gold = [make_gold((0, 4, "TITLE"), doc_id="broken")]
    given = [Failed(doc_id="broken", path="broken.txt", stage="reading", reason="x"), make_record(doc_id="more")]
    page = Page(report_html(evaluate(gold, given), gold, records_by_document(given)))
    assert page.text.index("1 document failed") < page.text.index("1 document predicted without gold") < page.text.index("F1 of spans")


def test_equal_scores_give_equal_bytes(raw: Path, gold: Path, tmp_path: Path) -> None:
    documents = load_gold(gold, texts=raw)
    records = [record for record in read_with("gazetteer", raw) if isinstance(record, MinutesRecord)]
    for name, given in (("a", records), ("b", records[::-1])):
        write_report(tmp_path / name, evaluate(documents, given), documents, records_by_document(given), rulebook=load_rulebook())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_losing_candidates_and_conditions_are_told(tmp_path: Path) -> None:
    text = "Văn phòng Chủ tịch nước họp."
    whole = {"start": 0, "end": 23, "label": "ORGANIZATION", "text": text[:23]}
    gold = on_disk(tmp_path, "d1", text, [whole, {"start": 10, "end": 18, "label": "TITLE", "text": "Chủ tịch"}])
    again = partial(analyse, load(words=False))
    page = page_of([gold], [again(read(gold.text_path or "", doc_id="d1")).record], analyse=again, rulebook=load_rulebook())
    [missed] = page.data["cards"]
    assert missed["w"] == "each condition asked of it holds"
    [[label, quote, _, reason, winner]] = missed["x"]
    assert (LABELS[label], quote, reason, winner[1]) == ("TITLE", "Chủ tịch", "it is part of a body's name", "Văn phòng Chủ tịch nước")
    assert "without losing candidates" not in page.text and "ordered by the sum of their evidence" in page.text


def many(documents: int) -> tuple[list[GoldDocument], list[MinutesRecord]]:
    """Documents of 40 mentions each, ten of them wrong in several ways."""
    gold, records = [], []
    for number in range(documents):
        spans = [(at * 30, at * 30 + 9, LABELS[(at + number) % 5]) for at in range(40)]
        wrong = [(start + at % 3, end + at % 2, LABELS[(at + at % 4) % 5]) for at, (start, end, _) in enumerate(spans[:10])]
        gold.append(make_gold(*spans, doc_id=f"d{number:04}"))
        records.append(make_record(*spans[10:], *wrong, doc_id=f"d{number:04}"))
    return gold, records


@pytest.mark.slow
def test_of_a_thousand_documents_nothing_is_dropped(tmp_path: Path) -> None:
    gold, records = many(1000)
    report = evaluate(gold, records)
    write_report(tmp_path / "r.html", report, gold, records_by_document(records))
    written = (tmp_path / "r.html").read_bytes()
    assert len(written) < 6_000_000
    assert len(Page(written.decode()).data["cards"]) == report.micro.gold - report.micro.correct


# in a browser


@contextmanager
def browser_page(file: Path, **options: Any) -> Iterator[Any]:
    """A page of headless Chromium, which must say nothing on its console."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs chromium")
    said: list[str] = []
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(**options)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else said.append(request.url))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto(file.as_uri())
        yield page
        browser.close()
    assert not said


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    gold, records = many(20)
    gold.append(make_gold((0, 4, "TITLE"), doc_id=f"z{HOSTILE}"))
    records.append(make_record((0, 4, "DATE", {"rule": HOSTILE, "zone": "title"}), doc_id=f"z{HOSTILE}"))
    path = tmp_path_factory.mktemp("report") / "report é.html"
    write_report(path, evaluate(gold, records), gold, records_by_document(records))
    return path


def shown(page: Any) -> tuple[int, str]:
    return page.locator("#cards > li").count(), page.locator("#count").inner_text()


def test_filters_narrow_the_cards_and_combine(file: Path) -> None:
    with browser_page(file) as page:
        total = int(page.locator("#count").inner_text().split()[0])
        assert shown(page) == (50, f"{total} of {total} errors")
        page.locator("#classes button", has_text="wrong label").click()
        wrong = int(page.locator("#count").inner_text().split()[0])
        page.locator("select[name=label]").select_option("DATE")
        dates = int(page.locator("#count").inner_text().split()[0])
        page.locator("input[name=document]").fill("D0007")
        one = int(page.locator("#count").inner_text().split()[0])
        assert total > wrong > dates > one > 0
        assert page.locator("#cards > li").count() == one
        page.locator("#clear").click()
        assert shown(page) == (50, f"{total} of {total} errors")
        page.locator("select[name=zone]").select_option("title")
        assert shown(page) == (1, f"1 of {total} errors")
        page.locator("#clear").click()
        page.locator("select[name=rule]").select_option(HOSTILE)
        assert shown(page)[0] == 1 and HOSTILE in page.locator("#cards").inner_text()


def test_the_hash_keeps_the_filters_and_the_page(file: Path) -> None:
    with browser_page(file) as page:
        page.locator("#classes button", has_text="wrong label").click()
        page.locator(".turn button[data-turn='1']").first.click()
        kept, url = shown(page), page.url
        assert url.endswith("#class=wrong_label&page=2")
        first = page.locator("#cards > li").first.inner_text()
        page.goto("about:blank")
        page.goto(url)
        assert (shown(page), page.locator("#cards > li").first.inner_text()) == (kept, first)
        page.evaluate("location.hash = '#class=nothing&page=99'")
        page.wait_for_function("document.querySelectorAll('#cards > li').length === 0")
        page.locator("nav a", has_text="Slices").click()
        assert "#class=" in page.url


def test_pages_turn_to_the_last_card(file: Path) -> None:
    with browser_page(file) as page:
        following, seen = page.locator(".turn button[data-turn='1']").first, page.locator("#cards > li").count()
        while following.is_enabled():
            following.click()
            seen += page.locator("#cards > li").count()
        assert shown(page)[1] == f"{seen} of {seen} errors"


def test_the_theme_follows_the_system_until_the_button_is_pressed(file: Path) -> None:
    with browser_page(file, color_scheme="dark") as page:
        ground = "getComputedStyle(document.body).backgroundColor"
        dark = page.evaluate(ground)
        page.locator("#theme").click()
        light = page.evaluate(ground)
        page.reload()
        assert dark != light == page.evaluate(ground)


def test_headings_sort_and_names_lead_to_their_errors(file: Path) -> None:
    with browser_page(file) as page:
        table = page.locator("table.by-document")
        table.locator("thead button", has_text="F1").click()
        ratios = [float(text) for text in table.locator("tbody td:nth-child(4)").all_inner_texts()]
        assert ratios == sorted(ratios, reverse=True) and len(set(ratios)) > 1
        table.locator("thead button", has_text="document").click()
        table.locator("tbody th button", has_text="d0003").click()
        assert {text.split("\n")[1] for text in page.locator("#cards .head").all_inner_texts()} == {"d0003"}


@pytest.mark.parametrize("width", [400, 1200])
def test_nothing_is_wider_than_the_window(file: Path, width: int) -> None:
    with browser_page(file, viewport={"width": width, "height": 800}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_the_tables_are_there(file: Path) -> None:
    with browser_page(file, java_script_enabled=False) as page:
        assert page.locator("table.labels tbody tr").count() == 7
        assert page.locator("svg.plot").count() == 2
        assert "Switch JavaScript on" in page.locator("noscript").inner_text()
