"""The executor of the rules' examples: what holds is silent, what does not is told with table, entry, number, and what was expected."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from minutes_extract.evaluation.examples import check_examples, entry_faults, gaps, is_own
from minutes_extract.pipeline import load
from minutes_extract.rulebook.book import load_rulebook

POST = {"forms": ["Điều phối trưởng"]}
DATE = {"kind": "date", "form": "year", "pattern": r"niên khóa (?P<y1>\d{4})"}
CUE = {"kind": "cue", "side": "left", "role": "other", "pattern": "ngày giỗ{o}$"}
CHAIR = {"family": "frame", "role": "chair", "pattern": "cầm trịch là ông @", "chain": "forward"}
LABEL = {"family": "label", "role": "attendee", "pattern": "tề tựu"}
VISITED = {"family": "frame", "role": "visited", "pattern": "ghé ~"}
KIND = {"family": "kind", "kind": "ceremony", "pattern": "lễ hạ thủy"}
EVENT = {"family": "event", "pattern": "#, khao quân"}
PLACE = {"family": "place", "pattern": r"#, ở (?P<place>\w+)"}
ORDER = {"part": "order", "pattern": "khoán cho"}
CLOSE = {"part": "close", "pattern": "tan họp"}
HEADING = {"part": "conclusion", "pattern": "chốt lại"}
SIDES = {"part": "collective", "pattern": "đôi bên"}
DUE = {"part": "deadline", "pattern": "kịp"}
FRAME = {"part": "frame", "pattern": r"\s+dặn:"}
BEFORE = {"part": "frame", "pattern": r"nhắm tới\s+$"}
COUNT = {"label": "OFFICIAL", "pattern": "võ sư"}
LINE = {"kind": "note", "pattern": "ghi nhớ:"}
STATUS = {"part": "status", "status": "granted", "pattern": "trao tay"}
HONORIFIC = {"forms": ["lão tướng"], "kind": "civil"}
SUM = {"weight": 1.0, "meaning": "any"}

ATOM = {"kind": "atom", "pattern": "giỗ"}
OWN = {
    "posts": {"test.post": POST},
    "dates": {"test.date": DATE, "test.cue": CUE, "test.atom": ATOM},
    "meetings": {"test.chair": CHAIR, "test.label": LABEL, "test.visited": VISITED, "test.kind": KIND, "test.event": EVENT, "test.place": PLACE},
    "directives": {"test.order": ORDER, "test.close": CLOSE, "test.heading": HEADING, "test.sides": SIDES, "test.due": DUE,
                   "test.frame": FRAME, "test.before": BEFORE},
    "counts": {"test.count": COUNT},
    "zones": {"test.line": LINE},
    "marks": {"test.status": STATUS},
    "honorifics": {"test.honorific": HONORIFIC},
    "weights": {"person.addressed": SUM},
}  # fmt: skip

Faults = Callable[..., list[str]]


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Faults:
    """The faults of the entry `rule` of one of the tables of `OWN`, which are laid over the built-in rules, with these texts."""
    folder = tmp_path_factory.mktemp("rules")
    for table, entries in OWN.items():
        content = {"entries": [{"id": rule, **fields} for rule, fields in entries.items()]}
        (folder / f"{table}.yaml").write_text(json.dumps(content), "utf-8")
    rulebook, nlp = load_rulebook(folder), load(folder, words=False, spans=False)

    def faults(rule: str, *examples: str, near: tuple[str, ...] = ()) -> list[str]:
        table = table_of(rule)
        (entry,) = [entry for entry in rulebook[table].entries if entry.id == rule]
        assert is_own(rulebook, table, entry)
        with_texts = entry.model_copy(update={"examples": examples, "counter": near})
        return [str(fault) for fault in entry_faults(rulebook, nlp, table, with_texts)]

    return faults


def table_of(rule: str) -> str:
    return next(table for table, entries in OWN.items() if rule in entries)


HOLD = [
    ("test.post", "Ông [Lê Minh Đạt](OFFICIAL), [Điều phối trưởng](TITLE) phát biểu", "[Điều phối trưởng Dự án](TITLE) Suối Vàng"),
    ("test.post", "Ông [Lê Minh Đạt](OFFICIAL), [Điều phối trưởng](TITLE) phát biểu", "điều phối việc trưởng thành"),
    ("test.date", "từ [niên khóa 2021](DATE=2021)", "niên khóa mới"),
    ("test.cue", "ngày giỗ [10/3](DATE)", "ngày họp [10/3](DATE)"),
    ("test.chair", "Cầm trịch là ông [Lê Minh Đạt](OFFICIAL), ông [Vy Đình Suối](OFFICIAL).", "Cầm trịch là ông [Chủ tịch](TITLE)."),
    ("test.label", "Tề tựu: ông [Lê Minh Đạt](OFFICIAL)", "Nội dung: ông [Lê Minh Đạt](OFFICIAL) tề tựu"),
    ("test.visited", "đoàn ghé [Sở Y tế](ORGANIZATION)", "đoàn ghé Sở Y tế"),
    ("test.kind", "Lễ hạ thuỷ tàu", "Lễ khai giảng"),
    ("test.event", "[Ngày 3/4](DATE), khao quân tại xã", "Ngày 3/4, khao quân tại xã"),
    ("test.place", "[Ngày 3/4](DATE), ở Huế", "Hôm ấy, ở Huế"),
    ("test.order", "Chủ trì khoán cho [Sở Y tế](ORGANIZATION) rà soát.", "Chủ trì khoán cho xong."),
    ("test.close", "Tan họp lúc 11 giờ.", "Chưa tan họp thì giao việc."),
    ("test.heading", "CHỐT LẠI", "Lúc ấy chưa ai chịu chốt lại việc gì; ai cũng về, rồi lại bàn, hôm sau."),
    ("test.sides", "Đôi bên thống nhất", "Mỗi bên một ý"),
    ("test.due", "báo cáo kịp [ngày 3/4](DATE)", "báo cáo kịp kỳ họp, rồi nghỉ [ngày 3/4](DATE)"),
    ("test.frame", "[Lê Minh Đạt](OFFICIAL) dặn: làm ngay", "[Lê Minh Đạt](OFFICIAL) nói: làm ngay"),
    ("test.before", "nhắm tới [năm 2025](DATE)", "[năm 2025](DATE) nhắm tới"),
    ("test.count", "02 võ sư: [Lê Minh Đạt](OFFICIAL), [Vy Đình Suối](OFFICIAL).", "02 võ sư đã dự."),
    ("test.line", "Ghi nhớ: họp lúc 8 giờ", "Ghi chép: họp lúc 8 giờ"),
    ("test.status", "trao tay nhãn hiệu “[Chè Suối Vàng](TRADEMARK)”", "trao tay nhãn hiệu cho nông dân"),
    ("test.honorific", "lão tướng [Lê Minh Đạt](OFFICIAL) phát biểu", "một lão tướng trong làng"),
]


@pytest.mark.parametrize(("rule", "example", "near"), HOLD, ids=[row[1] for row in HOLD])
def test_what_holds_is_silent_and_turned_round_it_is_told(rule: str, example: str, near: str, faults: Faults) -> None:
    assert faults(rule, example, near=(near,)) == []
    (told,) = faults(rule, near=(near, example))[:1]
    assert told.startswith(f"{table_of(rule)}.yaml: entry {rule}: not 2: expected that ")


BROKEN = [
    ("test.post", "[Điều phối](TITLE) trưởng", r"'Điều phối' \(TITLE\) is found; found: 'Điều phối trưởng' \(TITLE\)$"),
    ("test.post", "[Giám đốc](TITLE) Sở", r"a marked span is read by this entry; read by: post\.giam_doc$"),
    ("test.post", "Điều phối trưởng", "read by: none, as nothing is marked$"),
    ("test.date", "[niên khóa 2021](DATE=2022)", "has the value 2022; it has 2021$"),
    ("test.cue", "ngày giỗ 10/3", r"the text can be checked; mark the date that the cue stands beside"),
    ("test.cue", "ngày giỗ [10/3](DATE) và [11/3](DATE)", "it does not stand beside '11/3'$"),
    ("test.atom", "giỗ [10/3](DATE)", "an atom is only a piece of other patterns"),
    ("test.chair", "Ông [Vy Đình Suối](OFFICIAL) thì cầm trịch là ông [Lê Minh Đạt](OFFICIAL)", "holds for 'Lê Minh Đạt' and not for 'Vy Đình Suối'$"),
    ("test.chair", "Ông [Lê Minh Đạt](OFFICIAL) dự.", "the entry is met; it is not met$"),
    ("test.kind", "Lễ khai giảng", "the entry is met; it is not met$"),
    ("test.count", "03 võ sư: [Lê Minh Đạt](OFFICIAL), [Vy Đình Suối](OFFICIAL).", "3 announced, 2 listed$"),
    ("test.line", "* * *", r"the line is read by (?!test\.line)"),
    ("test.status", "gia hạn hiệu lực nhãn hiệu “[Chè Suối Vàng](TRADEMARK)”", "a mark has the status granted; statuses: renewed$"),
    ("person.addressed", "[Giám đốc](TITLE) Sở", "a marked span is found with this evidence; found with: post.known"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "example", "told"), BROKEN, ids=[row[1] for row in BROKEN])
def test_an_example_that_does_not_hold_is_told(rule: str, example: str, told: str, faults: Faults) -> None:
    (fault,) = faults(rule, example)
    assert fault.startswith(f"{table_of(rule)}.yaml: entry {rule}: example 1: expected that ")
    assert re.search(told, fault), fault


def test_a_weight_is_met_where_a_mention_has_its_evidence(faults: Faults) -> None:
    addressed, alone = "ông [Lê Minh Đạt](OFFICIAL) phát biểu", "[Giám đốc](TITLE) Sở"
    assert faults("person.addressed", addressed, near=(alone,)) == []
    (fault,) = faults("person.addressed", near=(addressed,))
    assert fault.endswith("expected that nothing is found with this evidence; 'Lê Minh Đạt' (OFFICIAL) is, by person.civil")


def test_an_example_in_decomposed_letters_is_read_alike(faults: Faults) -> None:
    assert faults("test.kind", unicodedata.normalize("NFD", "Lễ hạ thủy tàu")) == []


def test_faults_of_own_entries_come_first_and_gaps_are_listed(tmp_path: Path) -> None:
    entries = {
        "zones": {"entries": [{"id": "zone.mine", **LINE, "examples": ["* * *"]}]},
        "meetings": {
            "remove": ["kind.conference"],
            "entries": [{"id": "kind.conference", **KIND, "family": "kind", "not": ["Lễ hạ thủy"]}],
        },
        "abbreviations": {"remove": ["abbreviation.khcn"]},
        "posts": {"remove": ["post.giam_doc"]},
    }
    for table, content in entries.items():
        (tmp_path / f"{table}.yaml").write_text(json.dumps(content), "utf-8")
    rulebook = load_rulebook(tmp_path)
    faults = check_examples(rulebook, load(tmp_path, words=False, spans=False))
    assert [(fault.entry, fault.kind, fault.number) for fault in faults[:2]] == [("kind.conference", "not", 1), ("zone.mine", "example", 1)]
    assert len(faults) > 2  # built-in entries that need the removed ones
    assert gaps(rulebook) == (("meetings: kind.conference",), ("zones: zone.mine",))


def test_a_text_that_cannot_be_read_is_a_fault_and_no_error(faults: Faults) -> None:
    (fault,) = faults("test.post", "")
    assert fault.startswith("posts.yaml: entry test.post: example 1: expected that the text can be checked; ")
