"""The agreement of annotators against tables counted by hand."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from minutes_extract.cli.agreement import command
from minutes_extract.errors import GoldError, UsageError
from minutes_extract.evaluation.agreement import Pair, agreement, cohens_kappa
from minutes_extract.evaluation.alpha import krippendorff_alpha, texts_beside
from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.records import LABELS

from .conftest import make_gold

D, O, P, T = "DATE", "ORGANIZATION", "OFFICIAL", "TITLE"  # noqa: E741

AN = [(0, 5, D), (10, 20, T), (30, 40, O)]
BINH = [(0, 5, D), (10, 18, T), (30, 40, P)]
"""The same date; a title of other length; one span with two opinions."""


def pair(a: Any, b: Any, **fields: Any) -> Pair:
    return agreement({"An": [make_gold(*a)], "Bình": [make_gold(*b, **fields)]}).pairs[0]


@pytest.mark.parametrize(
    ("a", "b", "strict", "overlap", "kappa"),
    [
        pytest.param(AN, AN, 1, 1, 1, id="the same"),
        pytest.param(AN, BINH, 1 / 3, 2 / 3, 1 / 3, id="as told above: kappa (0.5 - 0.25) / 0.75"),
        pytest.param([(0, 5, D)], [], 0, 0, None, id="one marked nothing"),
        pytest.param([], [], None, None, None, id="neither marked anything"),
        pytest.param([(0, 5, D)], [(5, 9, D)], 0, 0, None, id="touching is not overlapping"),
        pytest.param([(0, 5, D)], [(4, 9, D)], 0, 1, None, id="one shared character is"),
        pytest.param([(0, 5, D)], [(0, 5, D)], 1, 1, None, id="one label throughout: chance alone agrees"),
        pytest.param([(0, 5, D)], [(0, 5, T)], 0, 0, 0, id="never the same label"),
        pytest.param([(0, 4, D), (6, 9, D)], [(0, 9, D)], 0, 2 / 3, None, id="a giant span answers once"),
        pytest.param([(0, 5, T), (0, 5, O)], [(0, 5, T)], 2 / 3, 2 / 3, None, id="two labels in one place are no single answer"),
    ],
)
def test_two_annotators_agree_as_counted_by_hand(a: Any, b: Any, strict: Any, overlap: Any, kappa: Any) -> None:
    for found in (pair(a, b), pair(b, a)):
        assert found.micro.f1 == pytest.approx(strict) if strict is not None else found.micro.f1 is None
        assert found.micro_overlap.f1 == pytest.approx(overlap) if overlap is not None else found.micro_overlap.f1 is None
        assert found.kappa == pytest.approx(kappa) if kappa is not None else found.kappa is None


def test_labels_are_counted_apart() -> None:
    found = pair(AN, BINH)
    assert {label: count.f1 for label, count in found.strict.items()} == {D: 1, T: 0, O: 0, P: 0, "TRADEMARK": None}
    assert found.overlap[T].f1 == 1 and found.overlap[O].f1 == 0
    assert (found.strict[O].gold, found.strict[O].predicted) == (1, 0)
    assert found.both_marked == 2


def test_kappa_is_that_of_a_table_worked_by_hand() -> None:
    # 20 D/D, 5 D/T, 10 T/D, 15 T/T: observed 35/50, chance 0.5 x 0.6 + 0.5 x 0.4 = 0.5
    labels = [(D, D)] * 20 + [(D, T)] * 5 + [(T, D)] * 10 + [(T, T)] * 15
    assert cohens_kappa(labels) == pytest.approx((0.7 - 0.5) / 0.5)
    assert cohens_kappa([]) is None


def test_what_the_other_calls_neutral_counts_neither_way_unless_both_marked_it() -> None:
    found = pair(AN, [(0, 5, D)], neutral=[[2, 3], [12, 14]])
    assert (found.micro.gold, found.micro.predicted, found.micro.correct) == (2, 1, 1)  # the organization stays, the title does not
    touching = pair([(0, 5, D)], [], neutral=[[5, 9]])
    assert touching.micro.gold == 1


def test_documents_are_joined_by_name_and_those_of_one_annotator_are_told() -> None:
    sets = {
        "An": [make_gold(*AN, doc_id="d2"), make_gold((0, 5, D), doc_id="d1")],
        "Bình": [make_gold((0, 5, D), doc_id="d3"), make_gold(*BINH, doc_id="d2")],
    }
    result = agreement(sets)
    assert (result.documents, result.alone) == (1, ("d1", "d3"))
    assert result.pairs[0].documents == 1 and result.pairs[0].micro.gold == 3
    assert "2 of one annotator only (not counted): d1, d3" in str(result)


def test_three_annotators_make_three_pairs_and_one_list_to_decide() -> None:
    result = agreement({"An": [make_gold(*AN)], "Bình": [make_gold(*BINH)], "Chi": [make_gold(*AN)]})
    assert [(p.a, p.b) for p in result.pairs] == [("An", "Bình"), ("An", "Chi"), ("Bình", "Chi")]
    assert result.pairs[1].micro.f1 == 1
    assert [(d.start, d.end, d.labels) for d in result.disagreements] == [
        (10, 18, {"An": (), "Bình": (T,), "Chi": ()}),
        (10, 20, {"An": (T,), "Bình": (), "Chi": (T,)}),
        (30, 40, {"An": (O,), "Bình": (P,), "Chi": (O,)}),
    ]
    assert str(result.disagreements[2]) == "d1 30..40 'xxxxxxxxxx'  An: ORGANIZATION, Bình: OFFICIAL, Chi: ORGANIZATION"


def test_who_called_a_place_neutral_has_no_voice_there() -> None:
    quiet = make_gold(neutral=[[0, 50]])
    assert agreement({"An": [make_gold(*AN)], "Bình": [quiet]}).disagreements == ()
    result = agreement({"An": [make_gold(*AN)], "Bình": [quiet], "Chi": [make_gold(*BINH)]})
    assert [d.labels for d in result.disagreements][2] == {"An": (O,), "Chi": (P,)}


def test_an_annotator_without_the_document_has_no_voice_either() -> None:
    sets = {"An": [make_gold(*AN)], "Bình": [make_gold(*AN)], "Chi": [make_gold(*AN, doc_id="d9")]}
    result = agreement(sets)
    assert result.disagreements == () and result.pairs[1].micro.f1 is None


def test_another_text_is_refused_with_file_and_mend() -> None:
    other = GoldDocument(doc_id="d1", guidelines="1.1", sha256="1" * 64)
    with pytest.raises(GoldError, match=r"^Bình: d1\.json: annotated on another text than in An \(sha256 1{12}\.\.\. and 0{12}.*annotate"):
        agreement({"An": [make_gold(*AN)], "Bình": [other]})
    alone = GoldDocument(doc_id="d2", guidelines="1.1", sha256="1" * 64)
    assert agreement({"An": [make_gold(*AN)], "Bình": [make_gold(*AN), alone]}).documents == 1


def test_too_little_to_compare_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="two or more annotators"):
        agreement({"An": [make_gold(*AN)]})
    with pytest.raises(UsageError, match="no document was annotated by two"):
        agreement({"An": [make_gold(*AN)], "Bình": [make_gold(*AN, doc_id="d2")]})
    with pytest.raises(GoldError, match=r"An: d1\.json: this document stands twice"):
        agreement({"An": [make_gold(*AN), make_gold(*AN)], "Bình": [make_gold(*AN)]})


SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 8), st.sampled_from(LABELS)).map(lambda span: (span[0], span[0] + span[1], span[2])),
    unique=True,
    max_size=8,
)


@given(SPANS, SPANS)
def test_agreement_is_the_same_in_either_direction(a: Any, b: Any) -> None:
    there, back = pair(a, b), pair(b, a)
    for label in LABELS:
        assert there.strict[label].f1 == back.strict[label].f1
        assert there.overlap[label].f1 == back.overlap[label].f1
        assert there.strict[label].correct <= there.overlap[label].correct
    assert there.kappa == (pytest.approx(back.kappa) if back.kappa is not None else None)
    assert (there.micro.f1 in (None, 1)) == (set(a) == set(b))


# the command


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    made = {}
    for name, spans in (("an", AN), ("binh", BINH)):
        made[name] = tmp_path / name
        made[name].mkdir()
        (made[name] / "d1.json").write_text(json.dumps(make_gold(*spans).model_dump(mode="json")), encoding="utf-8")
    return made


def run(*arguments: object) -> Any:
    app = typer.Typer()
    app.command()(command)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_command_shows_tables_and_what_to_decide(folders: dict[str, Path]) -> None:
    result = run(folders["an"], folders["binh"], "--disagreements", 1)
    assert result.exit_code == 0
    assert "micro                          0.333      0.667          3          3          1" in result.output
    assert "kappa of labels                0.333" in result.output
    assert "3 spans to decide in 1 document" in result.output
    assert "10..18" in result.output and "10..20" not in result.output


def test_the_command_wants_two_different_folders(folders: dict[str, Path]) -> None:
    assert isinstance(run(folders["an"]).exception, UsageError)
    assert isinstance(run(folders["an"], folders["an"]).exception, UsageError)


# alpha

TEXT = "Ông An đã họp, Sở Y tế báo cáo"
"""Ten units: nine words and a mark."""


def marked(*words: tuple[str, str], **fields: Any) -> GoldDocument:
    return make_gold(*[(TEXT.index(word), TEXT.index(word) + len(word), label) for word, label in words], **fields)


def test_alpha_is_that_of_a_table_worked_by_hand() -> None:
    pytest.importorskip("nltk")
    # Of ten words An marks `Sở Y tế` and `An`, Bình `Sở Y` and `An`: one unit of ten differs. As ORGANIZATION the 20 values are 5
    # inside and 15 outside: Do = 1/10, De = 2 x 5 x 15 / (20 x 19) = 15/38, alpha = 1 - 38/150 = 56/75.
    # All labels: 5 ORGANIZATION, 2 OFFICIAL, 13 neither: De = (20 x 19 - 5 x 4 - 2 x 1 - 13 x 12) / (20 x 19) = 202/380.
    an, binh = marked(("Sở Y tế", O), ("An", P)), marked(("Sở Y", O), ("An", P))
    found = krippendorff_alpha({"An": [an], "Bình": [binh]}, {"d1": TEXT})
    assert (found.documents, found.units) == (1, 10)
    assert found.labels[O] == pytest.approx(56 / 75)
    assert found.labels[P] == pytest.approx(1)
    assert found.labels[D] is None
    assert found.overall == pytest.approx(1 - (1 / 10) / (202 / 380))
    assert "all labels                     0.812" in str(found)


def test_alpha_of_three_annotators_is_that_of_a_table_worked_by_hand() -> None:
    pytest.importorskip("nltk")
    # Two of three mark `An`: that unit has 4 of its 6 ordered pairs apart, the nine others none: Do = (4/6) x 3 / 30 = 2/30.
    # 30 values, 2 inside: De = 2 x 2 x 28 / (30 x 29). alpha = 1 - (2/30) (30 x 29) / 112 = 1 - 58/112.
    sets = {"An": [marked(("An", P))], "Bình": [marked(("An", P))], "Chi": [marked()]}
    assert krippendorff_alpha(sets, {"d1": TEXT}).labels[P] == pytest.approx(1 - 58 / 112)


def test_who_called_a_place_neutral_has_no_value_there() -> None:
    pytest.importorskip("nltk")
    start = TEXT.index("Sở")
    quiet = marked(("An", P), neutral=[[start, start + 7]])
    found = krippendorff_alpha({"An": [marked(("An", P), ("Sở Y tế", O))], "Bình": [quiet]}, {"d1": TEXT})
    assert (found.units, found.labels[P], found.labels[O]) == (7, pytest.approx(1), None)


def test_alpha_needs_nltk_and_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    sets = {"An": [marked(("An", P))], "Bình": [marked()]}
    with pytest.raises(UsageError, match=r"text of d1.*--texts DIR"):
        krippendorff_alpha(sets, {})
    monkeypatch.setitem(sys.modules, "nltk.metrics.agreement", None)
    with pytest.raises(UsageError, match=r"NLTK; install it with: pip install .minutes-extract\[agreement\]"):
        krippendorff_alpha(sets, {"d1": TEXT})


def test_the_command_prints_alpha_over_the_texts_beside_the_gold(folders: dict[str, Path], tmp_path: Path) -> None:
    pytest.importorskip("nltk")
    content = ("xxxxx " * 10).encode()
    for folder in folders.values():
        file = folder / "d1.json"
        document = json.loads(file.read_bytes()) | {"sha256": hashlib.sha256(content).hexdigest()}
        for mention in document["mentions"]:
            mention["text"] = content.decode()[mention["start"] : mention["end"]]
        file.write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "d1.txt").write_bytes(content)
    assert list(texts_beside(folders["an"])) == ["d1"]
    result = run(folders["an"], folders["binh"], "--alpha")
    assert result.output.startswith("alpha                       10 words"), result
    assert "kappa of labels" in result.output
    assert isinstance(run(folders["an"], folders["binh"], "--texts", tmp_path).exception, UsageError)
