from __future__ import annotations

from datetime import date

import pytest

from assistant.errors import SourceError
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.markdown import MarkdownLoader


def load(text: str) -> RawArticle:
    return MarkdownLoader().load(RawSource("note.md", text.encode()), date(2026, 11, 30))


def with_field(field: str) -> RawArticle:
    return load(f"---\n{field}\n---\nA story.\n")


def test_front_matter_gives_the_facts() -> None:
    article = load("---\nid: a-note\ntitle: A note\npublisher: Metal Post\ntopics: [licences]\n---\nA story.\n")
    assert (article.id, article.title, article.publisher) == ("a-note", "A note", "Metal Post")
    assert (article.topics, article.text) == (("licences",), "A story.")


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-03-04", "2026-03-04"),
        ("'2026-03-04'", "2026-03-04"),
        ("2026-03-04 08:00:00", "2026-03-04"),
        ("2026-03", "2026-03"),
        ("2026", "2026"),
    ],
)
def test_a_date_is_read_with_and_without_quotes(given: str, day: str) -> None:
    assert with_field(f"published_on: {given}").published_on == day


@pytest.mark.parametrize(
    ("field", "key", "value"),
    [
        ("published_on: March 2026", "published_on", "'March 2026'"),
        ("published_on: '2026-02-30'", "published_on", "'2026-02-30'"),
        ("url: javascript:alert(1)", "url", r"'javascript:alert\(1\)'"),
        ("id: ../etc", "id", r"'\.\./etc'"),
        ("kind: poem", "kind", "'poem'"),
        ("publishers: Metal Post", "publishers", "'Metal Post'"),
    ],
)
def test_front_matter_that_is_wrong_is_refused_by_key_and_value(field: str, key: str, value: str) -> None:
    with pytest.raises(SourceError, match=rf"'note\.md': front matter {key} = {value}: .*; correct it"):
        with_field(field)


def test_a_key_that_is_no_word_is_refused() -> None:
    with pytest.raises(SourceError, match="front matter key 'a b' is not known"):
        with_field("a b: c")


def test_front_matter_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(SourceError, match=r"'note\.md': the front matter is not YAML: .*; correct it"):
        with_field("title: [open")


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    article = load("# Licences issued\n\nA story.\n\n## Later\n\nMore of it.\n")
    assert (article.title, article.text) == ("Licences issued", "A story.\n\nMore of it.")


def test_without_a_heading_the_file_name_is_the_title() -> None:
    assert load("A story.\n").title == "note.md"


def test_a_stated_title_wins_over_the_heading() -> None:
    assert load("---\ntitle: Stated\n---\n# Heading\n\nA story.\n").title == "Stated"


def test_marks_and_link_targets_do_not_come_through() -> None:
    text = load(
        "A **bold** [link](https://tracker.example/?id=1) and ![chart](https://tracker.example/x.png) here."
    ).text
    assert text == "A bold link and here."


def test_tags_come_through_as_letters_and_never_as_markup() -> None:
    article = load("Before <b>bold</b>.\n\n<script>alert(1)</script>\n\nAfter.\n")
    assert article.text.split("\n\n")[::2] == ["Before <b>bold</b>.", "After."]


def test_a_link_to_a_script_is_no_link() -> None:
    assert "](" in load("A [link](javascript:alert(1)) here.").text


def test_cells_of_a_table_are_kept() -> None:
    assert load("| Oxide | Price |\n|---|---|\n| Terbium | 900 |\n").text.split("\n\n") == [
        "Oxide", "Price", "Terbium", "900",
    ]  # fmt: skip


def test_a_note_without_text_is_refused() -> None:
    with pytest.raises(SourceError, match=r"no article text found in 'note\.md'; write it below the front matter"):
        load("---\ntitle: Empty\n---\n")
