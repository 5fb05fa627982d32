"""How sure a mention is comes from its evidence and from data alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_extract.find.candidate import Candidate
from minutes_extract.link.confidence import confidence_of, evidence_weights
from minutes_extract.rulebook.book import load_rulebook


@pytest.mark.parametrize(
    ("label", "evidence", "confidence"),
    [
        ("OFFICIAL", ("person.addressed", "person.full_name"), "strong"),
        ("OFFICIAL", ("person.addressed", "person.given_name"), "strong"),
        ("OFFICIAL", ("person.post_after", "person.full_name"), "strong"),
        ("OFFICIAL", ("person.verb_after", "person.full_name"), "weak"),
        ("OFFICIAL", ("person.full_name",), "weak"),
        ("OFFICIAL", (), "weak"),
        ("TITLE", ("post.known",), "strong"),
        ("ORGANIZATION", ("body.head",), "strong"),
        ("ORGANIZATION", ("body.head", "body.after_post", "body.bare"), "strong"),
        ("ORGANIZATION", ("body.head", "body.bare"), "weak"),
    ],
)
def test_evidence_makes_a_mention_strong_or_weak(label: str, evidence: tuple[str, ...], confidence: str) -> None:
    assert confidence_of(load_rulebook(), Candidate(0, 3, label, "test", evidence)) == confidence


def test_evidence_without_an_entry_weighs_nothing() -> None:
    assert evidence_weights(load_rulebook(), Candidate(0, 3, "TITLE", "test", ("post.known", "never.heard"))) == (
        ("post.known", 1.0),
        ("never.heard", 0.0),
    )


def test_all_evidence_of_the_finders_has_a_weight(nlp: object, raw: Path) -> None:
    from minutes_extract.pipeline import reading_of

    known = {entry.id for entry in load_rulebook()["weights"].entries}
    met = set()
    for path in sorted(raw.glob("*.txt")):
        for mention in reading_of(nlp(path.read_text("utf-8"))).facts.mentions:  # type: ignore[operator]
            if mention.label not in ("DATE", "TRADEMARK"):
                met.update(mention.evidence)
    assert met <= known


def test_a_users_weights_change_the_verdict(tmp_path: Path) -> None:
    (tmp_path / "weights.yaml").write_text("settings: {strong_official: 5.0}\n", "utf-8")
    addressed = Candidate(0, 3, "OFFICIAL", "test", ("person.addressed", "person.full_name"))
    assert confidence_of(load_rulebook(tmp_path), addressed) == "weak"
    assert confidence_of(load_rulebook(tmp_path), Candidate(0, 3, "TITLE", "test", ("post.known",))) == "strong"
