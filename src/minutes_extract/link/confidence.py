"""How sure a mention is: the sum of the weights of its evidence against a threshold, both data (`weights.yaml`)."""

from __future__ import annotations

from minutes_extract.find.candidate import Candidate
from minutes_extract.rulebook.book import Rulebook


def evidence_weights(rulebook: Rulebook, candidate: Candidate) -> tuple[tuple[str, float], ...]:
    """Each piece of evidence of a mention with its weight, in the order found; evidence without an entry weighs nothing."""
    weights = rulebook.compiled(_weights)
    return tuple((name, weights.get(name, 0.0)) for name in candidate.evidence)


def confidence_of(rulebook: Rulebook, candidate: Candidate) -> str:
    """`strong` where the weights reach the label's threshold, else `weak`.

    >>> from minutes_extract.rulebook.book import load_rulebook
    >>> confidence_of(load_rulebook(), Candidate(0, 3, "OFFICIAL", "person.civil", ("person.addressed", "person.full_name")))
    'strong'
    """
    settings = rulebook["weights"].settings
    threshold = float(settings.get(f"strong_{candidate.label.lower()}", settings["strong"]))
    total = sum(weight for _, weight in evidence_weights(rulebook, candidate))
    base = float(settings.get(f"base_{candidate.label.lower()}", 0.0))
    return "strong" if base + total >= threshold else "weak"


def _weights(rulebook: Rulebook) -> dict[str, float]:
    return {entry.id: entry.weight for entry in rulebook["weights"].entries}
