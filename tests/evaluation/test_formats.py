"""Gold goes to annotation tools and comes back the same; what cannot is told."""

from __future__ import annotations

import gc
import hashlib
import json
import shutil
import struct
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import srsly
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin
from spacy.vocab import Vocab
from typer.testing import CliRunner

from minutes_extract.cli.gold import app
from minutes_extract.errors import GoldError, OutputError, UsageError
from minutes_extract.evaluation.formats import FORMATS, docbin, export_gold, import_gold, reground
from minutes_extract.evaluation.formats.grounding import file_name, line_ends_restored, restored, utf16_offsets
from minutes_extract.evaluation.gold_loading import load_gold
from minutes_extract.text.document import make_doc, make_spans

HOA = "Bà Lê Thị Hòa, Phó Giám đốc Sở Nội vụ, ngày 21/6/2022"
TEXTS = {
    "plain": HOA,
    "emoji": f"😀 Họp 🎉 sáng nay: {HOA}",
    "nfd": unicodedata.normalize("NFD", HOA),
    "crlf": f"BIÊN BẢN\r\n\r\nHọp giao ban\r\n{HOA}",
    "all": unicodedata.normalize("NFD", f"BIÊN BẢN 😀\r\n\r\n🎉\r\n{HOA}\r\nHết"),
}
SPANS = [
    ("Lê Thị Hòa", "OFFICIAL", None),
    ("Phó Giám đốc", "TITLE", None),
    ("Sở Nội vụ", "ORGANIZATION", None),
    ("ngày 21/6/2022", "DATE", "2022-06-21"),
]


def rows(text: str, spans: list[tuple[str, str, str | None]]) -> list[dict[str, Any]]:
    found = []
    for quote, label, value in spans:
        quote = quote if quote in text else unicodedata.normalize("NFD", quote)
        start = text.index(quote)
        row: dict[str, Any] = {"start": start, "end": start + len(quote), "label": label, "text": quote}
        found.append(row | ({"value": value} if value else {}))
    return found


def put(folder: Path, name: str, text: str, spans: list[tuple[str, str, str | None]]) -> Path:
    for sub in ("gold", "raw"):
        (folder / sub).mkdir(exist_ok=True)
    (folder / "raw" / f"{name}.txt").write_bytes(text.encode())
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = {"doc_id": name, "guidelines": "1.1", "sha256": sha256, "mentions": rows(text, spans)}
    (folder / "gold" / f"{name}.json").write_text(json.dumps(document), "utf-8")
    return folder / "gold"


def round_trip(name: str, gold: Path, texts: Path, tmp_path: Path) -> tuple[str, ...]:
    exported = export_gold(name, gold, tmp_path / "tool", texts=texts)
    assert import_gold(name, tmp_path / "tool", texts, tmp_path / "back").notes == ()
    return exported.notes


def mentions(folder: Path) -> dict[str, list[Any]]:
    return {one.doc_id: sorted(one.mentions, key=lambda m: (m.start, m.end, m.label)) for one in load_gold(folder)}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", ["brat", "label-studio", "doccano", "docbin"])
def test_mentions_come_back_the_same(name: str, text: str, tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", TEXTS[text], SPANS)
    assert round_trip(name, gold, tmp_path / "raw", tmp_path) == ()
    assert mentions(tmp_path / "back") == mentions(gold)


@pytest.mark.parametrize("text", TEXTS)
def test_without_overlaps_iob_brings_all_back_but_values(text: str, tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", TEXTS[text], SPANS)
    assert round_trip("iob", gold, tmp_path / "raw", tmp_path) == ("d1: 1 date values have no place in the format",)
    assert mentions(tmp_path / "back") == {"d1": [one.model_copy(update={"value": None}) for one in mentions(gold)["d1"]]}


@pytest.mark.parametrize("name", ["brat", "label-studio", "doccano", "docbin"])
def test_the_gold_of_the_project_comes_back_the_same(name: str, gold: Path, raw: Path, tmp_path: Path) -> None:
    shutil.copytree(gold, tmp_path / "back")
    round_trip(name, gold, raw, tmp_path)
    before, after = ([one.model_dump(exclude={"mentions"}) for one in load_gold(place, texts=raw)] for place in (gold, tmp_path / "back"))
    assert before == after
    assert mentions(gold) == mentions(tmp_path / "back")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mention_over_a_line_end_comes_back(name: str, end: str, tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", f"Tại Sở{end}Nội vụ", [(f"Sở{end}Nội vụ", "ORGANIZATION", None)])
    assert round_trip(name, gold, tmp_path / "raw", tmp_path) == ()
    assert mentions(tmp_path / "back") == mentions(gold)


def test_in_iob_the_longest_of_overlapping_mentions_wins_and_the_others_are_told(tmp_path: Path) -> None:
    gold = put(
        tmp_path,
        "d1",
        "Trưởng Ban biên tập",
        [("Trưởng Ban", "TITLE", None), ("Ban biên tập", "ORGANIZATION", None), ("Tr", "TITLE", None)],
    )
    notes = round_trip("iob", gold, tmp_path / "raw", tmp_path)
    assert len(notes) == 2 and "'Trưởng Ban': overlaps a longer mention" in notes[0] and "inside of a token" in notes[1]
    assert [one.text for one in mentions(tmp_path / "back")["d1"]] == ["Ban biên tập"]


def test_in_iob_neighbours_of_one_label_stay_two(tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", "Lê Hòa Trần An", [("Lê Hòa", "OFFICIAL", None), ("Trần An", "OFFICIAL", None)])
    round_trip("iob", gold, tmp_path / "raw", tmp_path)
    assert (tmp_path / "tool" / "d1.conll").read_text("utf-8").split("\n")[2:5] == [
        "Lê -X- _ B-OFFICIAL",
        "Hòa -X- _ I-OFFICIAL",
        "Trần -X- _ B-OFFICIAL",
    ]
    assert mentions(tmp_path / "back") == mentions(gold)


def test_label_studio_counts_an_emoji_as_two(tmp_path: Path) -> None:
    export_gold("label-studio", put(tmp_path, "d1", "😀 Hà", [("Hà", "OFFICIAL", None)]), tmp_path / "tool")
    value = json.loads((tmp_path / "tool" / "tasks.json").read_bytes())[0]["annotations"][0]["result"][0]["value"]
    assert value == {"start": 3, "end": 5, "text": "Hà", "labels": ["OFFICIAL"]}


# What tools write: the format, the file, its content for the text TOLD, and the message or the mentions.
TOLD = "Bà Lê Hòa và bà Lê Hòa"


def task(data: dict[str, Any], *spans: dict[str, Any]) -> str:
    return json.dumps([{"data": data, "predictions": [{"result": [{"type": "labels", "value": one} for one in spans]}]}])


REGION = {"start": 3, "end": 9, "text": "Lê Hòa", "labels": ["OFFICIAL"]}


@pytest.mark.parametrize(
    ("name", "file", "content", "told"),
    [
        ("brat", "d1.ann", "T1\tOFFICIAL 3 5;16 19\tLê Hòa\n", r"d1\.ann: line 1 .*several parts"),
        ("brat", "d1.ann", "T1\tPERSON 3 9\tLê Hòa\n", "line 1: unknown label 'PERSON'; the labels are OFFICIAL"),
        ("brat", "d1.ann", "T1\tOFFICIAL 3 9\tLê Hoa\n", r"line 1 \(3\.\.9 'Lê Hoa'\): the quote is nowhere .*'Lê Hòa' there; annotate"),
        ("brat", "d1.ann", "T1\tOFFICIAL 3 9\t\n", "empty quote"),
        ("brat", "d1.ann", "T1 OFFICIAL 3 9 Lê Hòa\n", "line 1: not a span of brat"),
        ("brat", "d1.ann", "T1\tOFFICIAL 3 9\tLê Hòa\nT1\tTITLE 0 2\tBà\n", "line 2: the id T1 stands twice"),
        ("brat", "d2.ann", "", "there is no text 'd2.txt'"),
        ("iob", "d1.conll", "Bà O\nHòa B-OFFICIAL\n", "line 2: token 'Hòa' is not next"),
        ("iob", "d1.conll", "Bà X\n", "line 1: 'X' is no tag"),
        ("iob", "d1.conll", "Bà B-\n", "line 1: 'B-' is no tag"),
        ("label-studio", "a.json", "{", "not JSON"),
        ("label-studio", "a.json", "[" * 100_000, "not JSON"),
        ("label-studio", "a.json", "{}", "not a list of tasks"),
        ("label-studio", "a.json", task({"text": TOLD, "doc_id": "../../d1"}, REGION), r"task 0: doc_id '\.\./\.\./d1' is no text of the folder"),
        ("label-studio", "a.json", task({"text": "khác"}, REGION), "no doc_id, and no text of the folder equals"),
        ("label-studio", "a.json", task({"text": TOLD}, {**REGION, "start": -1}), "region 0: -1 is no offset"),
        ("label-studio", "a.json", json.dumps([{"data": {"text": TOLD}, "annotations": [{"result": []}, {"result": []}]}]), "2 annotations; keep"),
        ("doccano", "a.jsonl", json.dumps({"text": TOLD, "label": [[3, 99, "OFFICIAL"]]}), r"line 1, label 0 \(3\.\.99 OFFICIAL\): outside"),
        ("doccano", "a.jsonl", json.dumps({"text": TOLD, "label": [[3, 3, "OFFICIAL"]]}), "or empty"),
        ("doccano", "a.jsonl", json.dumps({"text": TOLD, "label": [3]}), "'label' is not a list"),
        ("doccano", "a.jsonl", json.dumps({"text": TOLD, "label": [], "doc_id": "/etc/x"}), "doc_id '/etc/x' is no text"),
        ("doccano", "a.jsonl", "[]", "line 1: no 'text'"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_and_nothing_is_written(name: str, file: str, content: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=told):
        brought(name, file, content, tmp_path)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "file", "content", "starts", "noted"),
    [
        ("brat", "d1.ann", "T1\tOFFICIAL 5 11\tLê Hòa\nR1\tx Arg1:T1\n", [3], ["line 1: 'Lê Hòa' moved by -2, from 5 to 3", "1 lines that are no spans"]),
        ("brat", "d1.ann", "T1\tOFFICIAL 15 21\tLê Hòa\r\n", [16], ["moved by +1"]),
        ("brat", "d1.ann", "T1\tOFFICIAL 3 9\tLê Hòa\nT2\tOFFICIAL 4 10\tLê Hòa\n", [3], ["moved by -1", "stands twice"]),
        ("iob", "d1.iob", "Bà\tO\nLê\tI-OFFICIAL\nHòa\tI-OFFICIAL\nvà\tO\n", [3], []),
        ("label-studio", "a.json", task({"text": TOLD}, {**REGION, "start": 14}), [16], ["moved by +2"]),
        ("doccano", "a.jsonl", json.dumps({"text": TOLD, "labels": [[16, 22, "OFFICIAL"]]}), [16], []),
    ],
)  # fmt: skip
def test_spans_of_a_tool_are_laid_on_the_text_and_moves_are_told(
    name: str, file: str, content: str, starts: list[int], noted: list[str], tmp_path: Path
) -> None:
    notes = brought(name, file, content, tmp_path)
    assert [one.start for one in load_gold(tmp_path / "out")[0].mentions] == starts
    assert len(notes) == len(noted) and all(part in note for part, note in zip(noted, notes, strict=True))


def brought(name: str, file: str, content: str, tmp_path: Path) -> tuple[str, ...]:
    for sub in ("tool", "raw"):
        (tmp_path / sub).mkdir()
    (tmp_path / "raw" / "d1.txt").write_bytes(TOLD.encode())
    (tmp_path / "tool" / file).write_bytes(content.encode())
    return import_gold(name, tmp_path / "tool", tmp_path / "raw", tmp_path / "out").notes


def test_line_ends_that_a_tool_made_lf_are_counted_back(tmp_path: Path) -> None:
    text = "\r\n".join(["Lê Hòa"] * 50)
    put(tmp_path, "d1", text, [])
    theirs = text.replace("\r\n", "\n")
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": theirs, "label": [[7 * 49, 7 * 49 + 6, "OFFICIAL"]]}), "utf-8")
    assert import_gold("doccano", tmp_path / "a.jsonl", tmp_path / "raw", tmp_path / "back").notes == ()
    assert mentions(tmp_path / "back")["d1"][0].start == 8 * 49


def test_import_keeps_all_else_of_the_gold_that_stands_there(tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", HOA, SPANS)
    old = json.loads((gold / "d1.json").read_bytes()) | {"source": "x", "neutral": [[0, 2]]}
    (gold / "d1.json").write_text(json.dumps(old), "utf-8")
    export_gold("iob", gold, tmp_path / "tool")
    import_gold("iob", tmp_path / "tool", tmp_path / "raw", gold)
    assert json.loads((gold / "d1.json").read_bytes()) == old


def test_mentions_that_the_tool_lacks_are_taken_out_and_told(tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", "Trưởng Ban biên tập", [("Trưởng Ban", "TITLE", None), ("Ban biên tập", "ORGANIZATION", None)])
    export_gold("iob", gold, tmp_path / "tool")
    (note,) = import_gold("iob", tmp_path / "tool", tmp_path / "raw", gold).notes
    assert "0..10 TITLE 'Trưởng Ban': not in the tool's files; taken out" in note


def test_import_does_not_touch_gold_of_another_text(tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", HOA, SPANS)
    export_gold("brat", gold, tmp_path / "tool")
    (tmp_path / "raw" / "d1.txt").write_text(f"{HOA}.", "utf-8")
    with pytest.raises(GoldError, match="sha256"):
        import_gold("brat", tmp_path / "tool", tmp_path / "raw", gold)


def test_export_overwrites_no_document(tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", HOA, SPANS)
    (tmp_path / "tool").mkdir()
    (tmp_path / "tool" / "d1.ann").write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="stands there already"):
        export_gold("brat", gold, tmp_path / "tool")
    assert [file.name for file in (tmp_path / "tool").iterdir()] == ["d1.ann"]


def test_an_unknown_format_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the formats are brat, iob, label-studio, doccano, docbin"):
        export_gold("xml", tmp_path, tmp_path)


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "a\\b", "C:x", "a\0b", ".x"])
def test_a_name_that_leads_out_of_its_folder_is_refused(name: str) -> None:
    with pytest.raises(GoldError, match="cannot be a file name"):
        file_name(name, ".txt")


@pytest.mark.parametrize(
    ("text", "start", "quote", "found"),
    [
        ("ab ab ab", 3, "ab", (3, 5, 0)),
        ("ab ab ab", 5, "ab", (6, 8, 1)),
        ("ab ab ab", 99, "ab", (6, 8, -93)),
        ("x Sở\r\nNội vụ", 0, "Sở Nội vụ", (2, 12, 2)),
    ],
)
def test_a_quote_is_found_nearest_to_its_offset(text: str, start: int, quote: str, found: tuple[int, int, int]) -> None:
    assert reground(text, start, start + len(quote), quote) == found


@given(st.text(st.sampled_from("a😀\u0301ế ")))
def test_utf16_offsets_are_those_of_the_encoded_text(text: str) -> None:
    assert utf16_offsets(text) == [len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)]


@given(st.lists(st.sampled_from(["a", "😀", "\r\n"])))
def test_shortened_line_ends_are_counted_back(parts: list[str]) -> None:
    text = "".join(parts)
    theirs, ends = text.replace("\r\n", "\n"), line_ends_restored(text.replace("\r\n", "\n"), text)
    at = 0
    for number, part in enumerate(parts):
        assert restored(number, ends) == at
        at += len(part)
    assert restored(len(theirs), ends) == len(text)


def test_the_commands_carry_gold_out_and_back(tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", TEXTS["all"], SPANS)
    out = CliRunner().invoke(app, ["export", "brat", str(gold), "-o", str(tmp_path / "tool")])
    back = CliRunner().invoke(app, ["import", "brat", str(tmp_path / "tool"), str(tmp_path / "raw"), "-o", str(tmp_path / "back")])
    assert out.stdout == f"2 files in {tmp_path / 'tool'}, 0 remarks\n"
    assert back.stdout == f"1 file, 4 mentions in {tmp_path / 'back'}, 0 remarks\n"
    assert mentions(tmp_path / "back") == mentions(gold)


# spaCy DocBin


CROSSING = [
    ("Trưởng Ban biên tập", "TITLE", None),
    ("Trưởng Ban", "TITLE", None),
    ("Ban biên tập", "ORGANIZATION", None),
    ("Ban biên tập", "TITLE", None),
    ("rưởng", "OFFICIAL", None),
]


def packed(folder: Path, text: str, *spans: tuple[int, int, str], group: str = "sc", **user_data: Any) -> Path:
    vocab = Vocab()
    doc = make_doc(vocab, text)
    doc.spans[group] = make_spans(doc, spans)
    doc.user_data.update(user_data)
    DocBin(docs=[doc], store_user_data=True).to_disk(folder / "a.spacy")
    return folder / "a.spacy"


def test_in_docbin_overlaps_come_back_and_what_lies_across_tokens_is_told(tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", "Trưởng Ban biên tập, 21/6/2022", [*CROSSING, ("1/6/2022", "DATE", "2022-06-01")])
    notes = round_trip("docbin", gold, tmp_path / "raw", tmp_path)
    assert mentions(tmp_path / "back") == mentions(gold)
    assert notes == (
        "d1: 1..6 OFFICIAL 'rưởng': begins or ends inside of a token; in user_data, not in doc.spans",
        "d1: 22..30 DATE '1/6/2022': begins or ends inside of a token; in user_data, not in doc.spans",
    )


def test_spacy_reads_the_docbin_without_this_package(tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", HOA, SPANS)
    export_gold("docbin", gold, tmp_path / "tool")
    (doc,) = DocBin().from_disk(tmp_path / "tool" / "gold.spacy").get_docs(Vocab())
    assert {label: [span.text for span in spans] for label, spans in doc.spans.items()} == {label: [quote] for quote, label, _ in SPANS}
    assert doc.text == HOA
    assert doc.user_data["doc_id"] == "d1" and doc.user_data["sha256"] == hashlib.sha256(HOA.encode()).hexdigest()
    assert doc.user_data["values"] == ((39, 53, "DATE", "2022-06-21"),)


def test_the_same_gold_gives_the_same_docbin(tmp_path: Path) -> None:
    gold = put(tmp_path, "d1", HOA, SPANS)
    for out in ("one", "two"):
        export_gold("docbin", gold, tmp_path / out)
    assert (tmp_path / "one" / "gold.spacy").read_bytes() == (tmp_path / "two" / "gold.spacy").read_bytes()


def test_a_docbin_of_others_is_known_by_its_text(tmp_path: Path) -> None:
    put(tmp_path, "d1", TOLD, [])
    file = packed(tmp_path, TOLD, (3, 9, "OFFICIAL"))
    assert import_gold("docbin", file, tmp_path / "raw", tmp_path / "back").notes == ()
    assert [(one.start, one.label) for one in mentions(tmp_path / "back")["d1"]] == [(3, "OFFICIAL")]


def test_a_docbin_of_another_text_is_laid_on_the_text_and_that_is_told(tmp_path: Path) -> None:
    put(tmp_path, "d1", TOLD, [])
    file = packed(tmp_path, f"Có {TOLD}", (6, 12, "OFFICIAL"), doc_id="d1")
    moved, other = import_gold("docbin", file, tmp_path / "raw", tmp_path / "back").notes
    assert "'Lê Hòa' moved by -3, from 6 to 3" in moved and "the text of d1 differs from that of the doc" in other


@pytest.mark.parametrize(
    ("user_data", "told"),
    [
        ({"doc_id": "../../d1"}, r"doc 0: doc_id '\.\./\.\./d1' is no text of the folder"),
        ({"doc_id": ("d1",)}, "is no text of the folder"),
        ({"off_tokens": [[3, 99, "OFFICIAL"]]}, r"doc 0, off_tokens 0 \(3\.\.99 OFFICIAL\): outside of the text"),
        ({"off_tokens": [[9, 3, "OFFICIAL"]]}, "or empty"),
        ({"off_tokens": [[-1, 3, "OFFICIAL"]]}, "-1 is no offset"),
        ({"off_tokens": [[3, 9, "PERSON"]]}, "unknown label 'PERSON'; the labels are"),
        ({"off_tokens": 7}, r"user_data\['off_tokens'\] is not a list of rows of 3"),
        ({"values": [[3, 9, "DATE"]]}, r"user_data\['values'\] is not a list of rows of 4"),
        ({"values": {"a": 1}}, "is not a list of rows"),
    ],
)  # fmt: skip
def test_a_docbin_with_wrong_user_data_is_told(user_data: dict[str, Any], told: str, tmp_path: Path) -> None:
    put(tmp_path, "d1", TOLD, [])
    with pytest.raises(GoldError, match=told):
        import_gold("docbin", packed(tmp_path, TOLD, **user_data), tmp_path / "raw", tmp_path / "back")


def test_a_docbin_with_an_unknown_label_names_the_span(tmp_path: Path) -> None:
    put(tmp_path, "d1", TOLD, [])
    with pytest.raises(GoldError, match=r"doc 0, span 0 of 'sc': unknown label 'PERSON'"):
        import_gold("docbin", packed(tmp_path, TOLD, (3, 9, "PERSON")), tmp_path / "raw", tmp_path / "back")


def with_payload(file: Path, **changes: Any) -> bytes:
    message = srsly.msgpack_loads(zlib.decompress(file.read_bytes()))
    return zlib.compress(srsly.msgpack_dumps(message | changes))


def a_group(first: int, last: int) -> list[bytes]:
    span = struct.pack(">QQQllll", 0, 0, 0, first, last, 0, 3)
    return [srsly.msgpack_dumps({srsly.msgpack_dumps({"name": "sc", "attrs": {}, "spans": [span]}): ["sc"]})]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lambda file: b"", "not a DocBin"),
        (lambda file: b"not packed", "not a DocBin"),
        (lambda file: file.read_bytes()[:-9], "not a DocBin"),
        (lambda file: zlib.compress(b"\xc1"), "not a DocBin"),
        (lambda file: zlib.compress(b"\x91" * 100_000), "not a DocBin"),
        (lambda file: zlib.compress(srsly.msgpack_dumps([])), "not a DocBin"),
        (lambda file: with_payload(file, spaces=b""), "not a DocBin"),
        (lambda file: with_payload(file, strings=[]), "not a DocBin"),
        (lambda file: with_payload(file, span_groups=[b"\xc1"]), "not a DocBin"),
        (lambda file: with_payload(file, user_data=[b"\xc1"]), "not a DocBin"),
        (lambda file: with_payload(file, span_groups=a_group(0, 10**6)), r"doc 0, span 0 of 'sc': outside of the tokens \(0\.\.7\)"),
        (lambda file: with_payload(file, span_groups=a_group(-9, 2)), "outside of the tokens"),
        (lambda file: with_payload(file, span_groups=a_group(2, 2)), "or empty"),
    ],
)  # fmt: skip
def test_hostile_bytes_are_told_as_such(content: Callable[[Path], bytes], told: str, tmp_path: Path) -> None:
    put(tmp_path, "d1", TOLD, [])
    file = packed(tmp_path, TOLD, (3, 9, "OFFICIAL"))
    file.write_bytes(content(file))
    with pytest.raises(GoldError, match=told) as raised:
        import_gold("docbin", file, tmp_path / "raw", tmp_path / "back")
    assert str(file) in str(raised.value) and gc.isenabled()


def test_a_docbin_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "d1", TOLD, [])
    (tmp_path / "a.spacy").write_bytes(zlib.compress(bytes(1 << 21)))
    monkeypatch.setattr(docbin, "LARGEST", 1 << 20)
    with pytest.raises(GoldError, match="unpacks to more than 1 MB"):
        import_gold("docbin", tmp_path / "a.spacy", tmp_path / "raw", tmp_path / "back")


def test_a_docbin_runs_no_code(tmp_path: Path) -> None:
    """What pickle would run stays bytes: the reader behind it knows arrays of numbers only."""
    put(tmp_path, "d1", TOLD, [])
    code = b"cbuiltins\neval\n(S'1/0'\ntR."
    for hostile in (
        {b"nd": True, b"type": "|O", b"kind": b"O", b"shape": (1,), b"data": code},
        {b"nd": False, b"type": "|O", b"data": code},
    ):
        file = packed(tmp_path, TOLD, (3, 9, "OFFICIAL"), doc_id="d1")
        file.write_bytes(with_payload(file, user_data=[srsly.msgpack_dumps({"x": hostile})]))
        with pytest.raises(GoldError, match=r"not a DocBin that spaCy can read .*cannot create an OBJECT array"):
            import_gold("docbin", file, tmp_path / "raw", tmp_path / "back")
