"""Rule files: layered, checked, hashed; a broken one is one clear message."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_extract.errors import RuleError
from minutes_extract.rulebook.book import TABLES, Rulebook, load_rulebook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def fresh(folder: Path) -> Rulebook:
    """The rules with those of `folder`, read anew."""
    load_rulebook.cache_clear()
    try:
        return load_rulebook(folder)
    finally:
        load_rulebook.cache_clear()


def ids(book: Rulebook, table: str) -> list[str]:
    return [entry.id for entry in book[table].entries]


# the built-in rules


def test_all_tables_are_there_and_none_is_unknown() -> None:
    assert set(load_rulebook().tables) == set(TABLES)
    assert load_rulebook().sources == ("built-in",)


def test_the_same_rules_are_loaded_once() -> None:
    assert load_rulebook() is load_rulebook()


def test_a_missing_list_names_its_file() -> None:
    with pytest.raises(RuleError, match=r"posts\.yaml.*'nowhere'"):
        load_rulebook().words("posts", "nowhere")


def test_what_is_compiled_is_built_once_for_each_rulebook(folder: Path) -> None:
    built = []

    def build(book: Rulebook) -> int:
        built.append(book.hash)
        return len(built)

    one, other = load_rulebook(), fresh(write(folder, "posts", "entries: [{id: post.test, forms: [Hoa tiêu]}]\n"))
    assert (one.compiled(build), one.compiled(build), other.compiled(build)) == (1, 1, 2)


# layering


def test_a_new_id_is_added_behind_the_old_ones(folder: Path) -> None:
    book = fresh(write(folder, "posts", "entries: [{id: post.test, forms: [Hoa tiêu]}]\n"))
    assert ids(book, "posts") == [*ids(load_rulebook(), "posts"), "post.test"]
    assert book.sources == ("built-in", str(folder))


def test_a_known_id_replaces_the_entry_in_its_place(folder: Path) -> None:
    book = fresh(write(folder, "posts", "entries: [{id: post.bo_truong, forms: [Hoa tiêu]}]\n"))
    assert ids(book, "posts") == ids(load_rulebook(), "posts")
    entry = next(entry for entry in book["posts"].entries if entry.id == "post.bo_truong")
    assert entry.forms == ("Hoa tiêu",)


def test_an_id_under_remove_is_dropped(folder: Path) -> None:
    book = fresh(write(folder, "posts", "remove: [post.bo_truong]\n"))
    assert ids(book, "posts") == [name for name in ids(load_rulebook(), "posts") if name != "post.bo_truong"]


def test_lists_are_added_to_without_doubles(folder: Path) -> None:
    book = fresh(write(folder, "posts", "lists: {former: [cựu, tiền], mine: [a, b]}\n"))
    assert book.words("posts", "former") == (*load_rulebook().words("posts", "former"), "tiền")
    assert book.words("posts", "mine") == ("a", "b")


def test_settings_override(folder: Path) -> None:
    book = fresh(write(folder, "weights", "settings: {strong: 2.5}\n"))
    assert book["weights"].settings == {**load_rulebook()["weights"].settings, "strong": 2.5}


def test_other_tables_stay_as_they_are(folder: Path) -> None:
    book = fresh(write(folder, "posts", "entries: [{id: post.test, forms: [Hoa tiêu]}]\n"))
    assert all(book[name] == load_rulebook()[name] for name in TABLES if name != "posts")


def test_a_layered_post_is_found_and_a_removed_one_is_not(folder: Path) -> None:
    from minutes_extract.pipeline import load

    def posts(rules: Path | None, text: str) -> list[str]:
        doc = load(rules, words=False)(text)
        return [span.text for span in doc.spans["TITLE"]]

    write(folder, "posts", "entries: [{id: post.test, forms: [Hoa tiêu]}]\nremove: [post.bo_truong]\n")
    load_rulebook.cache_clear()
    text = "Ông Tạ Văn Tre, Hoa tiêu Cảng Mây Trắng. Ông Lê Hữu Chánh, Thứ trưởng Bộ Y tế."
    assert posts(folder, text) == ["Hoa tiêu"]
    assert posts(None, text) == ["Thứ trưởng"]


@pytest.mark.parametrize("text", ["", "about: nothing but words\n", "entries:\nlists:\nsettings:\n"], ids=["empty", "about", "null parts"])
def test_a_file_that_changes_nothing(text: str, folder: Path) -> None:
    if not text:
        with pytest.raises(RuleError, match="a rule file is a mapping"):
            fresh(write(folder, "posts", text))
    else:
        assert fresh(write(folder, "posts", text)).hash == load_rulebook().hash


# broken files


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("entries: [", "not valid YAML", id="no YAML"),
        pytest.param("- a\n- b\n", "a rule file is a mapping", id="a list"),
        pytest.param("just words\n", "a rule file is a mapping", id="words"),
        pytest.param("entries: [{id: post.test}]\n", "entry post.test, field forms", id="a field is missing"),
        pytest.param("entries: [{id: post.test, forms: [A], colour: red}]\n", "entry post.test, field colour", id="a field too many"),
        pytest.param("entries: [{id: 'Post Test', forms: [A]}]\n", "entry Post Test, field id", id="a bad id"),
        pytest.param("entries: [{forms: [A]}]\n", "field id", id="no id"),
        pytest.param("entries: [{id: post.test, forms: 7}]\n", "entry post.test, field forms", id="a wrong type"),
        pytest.param("entries: [{id: post.test, forms: [A], needs: luck}]\n", "entry post.test, field needs", id="a wrong choice"),
    ],
)
def test_a_broken_file_names_file_entry_and_field(text: str, message: str, folder: Path) -> None:
    with pytest.raises(RuleError) as raised:
        fresh(write(folder, "posts", text))
    assert "posts.yaml" in str(raised.value)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("entries: [hello]\n", id="an entry that is a word"),
        pytest.param("entries: hello\n", id="entries that are a word"),
        pytest.param("entries: {id: post.test}\n", id="entries that are a mapping"),
        pytest.param("lists: [a]\n", id="lists that are a list"),
        pytest.param("lists: {former: 7}\n", id="a list that is a number"),
        pytest.param("settings: [a]\n", id="settings that are a list"),
        pytest.param("remove: 7\n", id="remove that is a number"),
        pytest.param("remove: [[a]]\n", id="remove with a list in it"),
        pytest.param("entries: [{id: [a], forms: [A]}]\n", id="an id that is a list"),
    ],
)
def test_a_file_of_the_wrong_shape_is_one_clear_message(text: str, folder: Path) -> None:
    with pytest.raises(RuleError, match=r"posts\.yaml"):
        fresh(write(folder, "posts", text))


def test_a_list_that_is_a_word_is_not_taken_letter_by_letter(folder: Path) -> None:
    with pytest.raises(RuleError, match=r"posts\.yaml"):
        fresh(write(folder, "posts", "lists: {former: tiền}\n"))


def test_an_id_that_stands_twice_in_one_file(folder: Path) -> None:
    with pytest.raises(RuleError, match=r"post\.test"):
        fresh(write(folder, "posts", "entries: [{id: post.test, forms: [A]}, {id: post.test, forms: [B]}]\n"))


def test_removing_what_is_not_there_is_an_error(folder: Path) -> None:
    with pytest.raises(RuleError, match=r"post\.no_such"):
        fresh(write(folder, "posts", "remove: [post.no_such]\n"))


def test_a_misspelt_part_is_an_error(folder: Path) -> None:
    with pytest.raises(RuleError, match="entires"):
        fresh(write(folder, "posts", "entires: [{id: post.test, forms: [A]}]\n"))


def test_a_file_that_is_no_utf8(folder: Path) -> None:
    (folder / "posts.yaml").write_bytes("about: Chủ tịch\n".encode("utf-16"))
    with pytest.raises(RuleError, match=r"posts\.yaml"):
        fresh(folder)


def test_a_broken_file_of_the_users_is_named_with_its_folder(folder: Path) -> None:
    with pytest.raises(RuleError) as raised:
        fresh(write(folder, "posts", "entries: [{id: post.test}]\n"))
    assert str(folder / "posts.yaml") in str(raised.value)


def test_a_misspelt_file_name_is_an_error(folder: Path) -> None:
    with pytest.raises(RuleError, match=r"post\.yaml: not a rule file"):
        fresh(write(folder, "post", "entries: []\n"))


def test_a_folder_that_is_not_there(folder: Path) -> None:
    with pytest.raises(RuleError, match="does not exist"):
        fresh(folder / "nowhere")


def test_a_folder_that_is_a_file(folder: Path) -> None:
    (folder / "file").write_text("x")
    with pytest.raises(RuleError, match="is not a folder"):
        fresh(folder / "file")


# the hash


def test_equal_content_has_one_hash_wherever_it_comes_from(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    for place in (one, other):
        place.mkdir()
        write(place, "posts", "entries: [{id: post.test, forms: [Hoa tiêu]}]\n")
    assert fresh(one).hash == fresh(other).hash != load_rulebook().hash


def test_an_empty_folder_changes_nothing(folder: Path) -> None:
    assert fresh(folder).hash == load_rulebook().hash


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("posts", "entries: [{id: post.test, forms: [Hoa tiêu]}]\n"),
        ("posts", "remove: [post.bo_truong]\n"),
        ("posts", "lists: {former: [tiền]}\n"),
        ("weights", "settings: {strong: 2.5}\n"),
    ],
)
def test_each_change_changes_the_hash(table: str, text: str, folder: Path) -> None:
    assert fresh(write(folder, table, text)).hash != load_rulebook().hash


def test_the_hash_does_not_depend_on_the_order_of_loading() -> None:
    book = load_rulebook()
    turned = Rulebook(dict(reversed(list(book.tables.items()))), book.sources)
    assert turned.hash == book.hash


def test_the_hash_is_that_of_another_process(root: Path) -> None:
    import os
    import subprocess
    import sys

    import minutes_extract

    code = "from minutes_extract.rulebook.book import load_rulebook; print(load_rulebook().hash)"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(minutes_extract.__file__).parents[1])}
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert other.stdout.strip() == load_rulebook().hash
