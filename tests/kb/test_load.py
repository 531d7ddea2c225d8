"""Loading: the version of a content folder, its files, the report on it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.errors import Fault
from kb.knowledge_base import KnowledgeBase, content_files, content_version
from kb.lint import lint
from kb.load import BUNDLED_CONTENT, load
from kb.model import Language, Origin


def test_the_same_content_has_the_same_version(content: Path, base: KnowledgeBase) -> None:
    assert load(content).version == base.version == content_version(BUNDLED_CONTENT)


def test_a_version_is_twelve_hexadecimal_digits(base: KnowledgeBase) -> None:
    assert len(base.version) == 12
    assert int(base.version, 16) >= 0


@pytest.mark.parametrize("name", ["topics.yaml", "entries/terms-sent.yaml", "source/porsche-connect-faq.txt"])
def test_a_changed_byte_changes_the_version(name: str, content: Path, base: KnowledgeBase) -> None:
    (content / name).write_bytes((content / name).read_bytes() + b"\n")
    assert content_version(content) != base.version


def test_another_name_of_a_file_changes_the_version(content: Path, base: KnowledgeBase) -> None:
    (content / "topics.yaml").rename(content / "topic.yaml")
    assert content_version(content) != base.version


def test_content_files_are_those_that_an_index_keeps(content: Path) -> None:
    (content / "README.md").write_text("not content", encoding="utf-8")
    (content / ".hidden.yaml").write_text("not content", encoding="utf-8")
    names = [path.relative_to(content).as_posix() for path in content_files(content)]
    assert len(names) == len(set(names))
    assert "entries/terms-sent.yaml" in names
    assert not {"README.md", ".hidden.yaml"} & set(names)


def test_entries_and_contacts_are_found_by_id_and_country(base: KnowledgeBase) -> None:
    assert base.entry_of["sim-pin"].id == "sim-pin"
    assert base.contact_of["GB"].email == "smartmobility@uk.porsche.com"
    assert base.contact_of["HK"].email == base.contact_of["CN"].email


def test_a_part_knows_where_each_text_comes_from(base: KnowledgeBase) -> None:
    part = base.entry_of["terms-sent"].answer[0]
    assert part.origin(Language.EN) is Origin.SOURCE
    assert part.origin(Language.CS) is Origin.TRANSLATION
    editorial = base.entry_of["porsche-id-what"].answer[-1]
    assert {editorial.origin(language) for language in Language} == {Origin.EDITORIAL}


def test_parts_are_given_in_the_order_in_which_they_are_shown(base: KnowledgeBase) -> None:
    entry = base.entry_of["roaming-activate"]
    places = [place for place, _ in entry.placed_parts()]
    assert places[0] == ("answer", 0)
    assert places[1:3] == [("variants", 0, "label"), ("variants", 0, "answer", 0)]
    assert places[-1] == ("closing", 0)
    assert list(entry.parts()) == [part for _, part in entry.placed_parts()]


def test_another_company_s_content_needs_no_other_code(
    tiny: Callable[..., Path], entry: Callable[..., dict[str, Any]]
) -> None:
    base = load(tiny(entry(), entry("delivery"), text="title"))
    assert [row.id for row in base.entries] == ["contact-by-country", "delivery"]


def test_the_report_counts_what_there_is(base: KnowledgeBase) -> None:
    report = lint(base)
    assert (report.version, report.entries, report.contacts) == (base.version, 46, 45)
    assert report.source_lines == sum(bool(line.strip()) for line in base.source_lines)


def test_the_report_shows_where_the_source_contradicts_itself(base: KnowledgeBase) -> None:
    rows = lint(base).contradictions
    assert any("2021" in row and "pairing code" in row and "Followed:" in row for row in rows)
    assert any("Apple Pay" in row for row in rows)


def test_the_report_shows_which_variants_overlap(base: KnowledgeBase) -> None:
    rows = lint(base).overlaps
    assert "roaming-activate: phone-opt and set-device-manager both hold for 95B 2018-2018" in rows
    assert any(row.startswith("link-porsche-id: pairing-settings and porsche-id-in-pcm") for row in rows)


def test_the_day_of_the_last_edit_is_read_where_it_is_given(content: Path, base: KnowledgeBase) -> None:
    assert base.edited is not None
    (content / "source.yaml").write_text("not_held: [1, 287]\nedited: 2026-01-31\n", encoding="utf-8")
    assert load(content).edited == date(2026, 1, 31)
    (content / "source.yaml").write_text("not_held: [1, 287]\n", encoding="utf-8")
    assert load(content).edited is None


@pytest.mark.parametrize("day", ["yesterday", '"2026-01-31"', "20260131", "2026-01-31 12:30:00"])
def test_a_day_that_is_none_is_a_fault(day: str, content: Path, faults_of: Callable[[Path], list[Fault]]) -> None:
    (content / "source.yaml").write_text(f"not_held: [1, 287]\nedited: {day}\n", encoding="utf-8")
    (fault,) = faults_of(content)
    assert (fault.file, fault.line, fault.field) == ("source.yaml", 2, "edited")
    assert "2026-01-31" in fault.remedy
