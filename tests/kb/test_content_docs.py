"""docs/content.md names every file, field and kind of part that a content folder can have."""

import re
import typing
from dataclasses import fields
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from kb import model, vehicles
from kb.load import BUNDLED_CONTENT

DOCS = Path(__file__).parents[2] / "docs" / "content.md"

TYPES = (
    model.Entry, model.Part, model.Mend, model.Variant, model.VehicleRow, model.Overlap, model.Bilingual,
    model.BilingualLists, model.Topic, model.Contact, model.CountryForms, model.OutOfScope, model.Contradiction,
    model.SourceNotes, model.BrandPhrases, vehicles.Vehicles, vehicles.Model, vehicles.Generation, vehicles.SharedName,
    vehicles.Drives, vehicles.Sign,
)  # fmt: skip


def names_in_yaml(kind: type) -> set[str]:
    """The names of a type's fields as content files have them."""
    hints = typing.get_type_hints(kind, include_extras=True)
    names = set()
    for field in fields(kind):
        infos = [info for info in getattr(hints[field.name], "__metadata__", ()) if isinstance(info, FieldInfo)]
        names.add(next((info.alias for info in infos if info.alias), field.name))
    return names


def code_in_docs() -> set[str]:
    """The words that stand in code, in a line of text or in a block."""
    text = DOCS.read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return {word for code in (*blocks, *spans) for word in re.findall(r"[a-z_]+", code)}


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_every_field_is_named(kind: type) -> None:
    assert names_in_yaml(kind) - code_in_docs() == set()


def test_every_type_that_content_is_read_into_is_in_this_test() -> None:
    content_types = {
        kind
        for module in (model, vehicles)
        for kind in vars(module).values()
        if isinstance(kind, type) and hasattr(kind, "__pydantic_config__")
    }
    assert content_types == set(TYPES)


def test_every_kind_of_part_is_named() -> None:
    assert {kind.value for kind in model.PartType} <= code_in_docs()


def test_every_file_is_named() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for path in BUNDLED_CONTENT.iterdir():
        assert path.name in text
