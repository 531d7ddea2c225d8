"""A slip in a content file is told with its file, line, field and remedy, and nothing else is."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kb.errors import Fault, KbError
from kb.load import load

pytestmark = pytest.mark.slow

FaultsOf = Callable[[Path], list[Fault]]

TERMS = "entries/terms-sent.yaml"
BILLING = "entries/fod-billing.yaml"
PIN = "entries/sim-pin.yaml"
OFF = "entries/data-connection-off.yaml"


# Words that an editor has no use for.
PYTHON = re.compile(r"\b(tuple|dict|instance|NoneType|literal|Traceback|keyword argument)\b")


@dataclass(frozen=True)
class Slip:
    """A text put in another's place, and the fault that must be told at its line (`below`: lines below it)."""

    name: str
    file: str
    old: str
    new: str
    field: str
    what: str
    remedy: str
    below: int = 0


SLIPS = (
    Slip("an unknown field", TERMS, "related:", "relatde:", "relatde", "is no field here", "docs/content.md"),
    Slip("an unknown field of a part", TERMS, "- lines: 13", "- linse: 13", "answer[1].linse", "no field", "name"),
    Slip("a field that is missing", TERMS, "topic: store\n", "", "topic", "is missing", "add the field", -1),
    Slip("a topic that does not exist", TERMS, "topic: store", "topic: shop", "topic", "no topic shop", "topics.yaml"),
    Slip(
        "a synonym of a word that no question has", "synonyms.yaml", "  faktura:", "  fakturka:", "cs.fakturka",
        "stands in no question", "use a word of the content",
    ),
    Slip(
        "a word that means two things", "synonyms.yaml", "[paragon*,", "[pinkód*, paragon*,", "cs.faktura[1]",
        "'pinkód*' means PIN, too", "keep one",
    ),
    Slip("an id with spaces", TERMS, "id: terms-sent", "id: terms sent", "id", "is no id", "lower-case letters"),
    Slip(
        "an id that is not the file's name", BILLING, "id: fod-billing", "id: fod-bill", "id",
        "the file is named fod-billing", "the same",
    ),
    Slip("an empty title", TERMS, "cs: Pošlete mi podmínky mé smlouvy?", "cs:", "question.cs", "is empty", "docs"),
    Slip(
        "a language of a part that is missing", BILLING,
        "    cs: Functions on Demand vám budou naúčtovány, jakmile funkci ve vozidle aktivujete.\n", "",
        "answer[1].cs", "is missing", "add the text in this language", -3,
    ),
    Slip(
        "a language of a title that is missing", BILLING, "  cs: Od kdy se Functions on Demand platí?\n", "",
        "question.cs", "is missing", "add the field", -1,
    ),
    Slip("a count below 0", PIN, "ask_vehicle: true", "asked: -1", "asked", "must be 0 or more", "number"),
    Slip("a word for true or false", PIN, "ask_vehicle: true", "ask_vehicle: maybe", "ask_vehicle", "true", "false"),
    Slip("a word for a list", TERMS, "related: [", "related: terms # [", "related", "must be a list", "hyphen"),
    Slip("a date for a word", TERMS, "topic: store", "topic: 2020-01-01", "topic", "must be a text", "quotes"),
    Slip("a kind of part that does not exist", "entries/fod-activation-failed.yaml", "type: steps", "type: step",
         "answer[2].type", "'steps'", "one of these names"),
    Slip("a menu word OFF without quotes", OFF, '"OFF"', "OFF", "variants[1].answer[1].en", "menu words", "quotes", -2),
    Slip("a country NO without quotes", "contacts.yaml", '"NO"', "NO", "[34].country", "must be a text", "in quotes"),
    Slip("a country that is no code", "contacts.yaml", "country: AL", "country: Alb", "[1].country", "code", "ISO"),
    Slip("a country's forms under no code", "countries.yaml", "\nAL:", "\nAlbania:", "Albania", "code", "ISO 3166", 1),
    Slip("an address that is none", "contacts.yaml", "smartmobility@ad.", "smartmobility(at)ad.", "[2].email",
         "is no e-mail address", "source"),
    Slip("a country that stands twice", "contacts.yaml", "country: AD", "country: AL", "[2].country", "twice", "keep"),
    Slip("a line of a contact beyond the source", "contacts.yaml", "line: 19,", "line: 1900,", "[1].line",
         "the source has 291 lines, not 1900", "copy"),
    Slip("words for line numbers", TERMS, "lines: 13", "lines: thirteen", "answer[1].lines", "line numbers", "82-83"),
    Slip("a range of lines upside down", "entries/service-cancel.yaml", "82-83", "83-82", "answer[2].lines",
         "line numbers", "82-83"),
    Slip("a line beyond the source", TERMS, "lines: 13", "lines: 1300", "answer[1].lines",
         "the source has 291 lines, not 1300", "correct the number"),
    Slip("lines without original", TERMS, "    original: en\n", "", "answer[1].lines", "alone", "both", -1),
    Slip("original without lines", "entries/fod-activate.yaml", "  - lines: 239\n    original: en", "  - original: en",
         "answer[1].original", "alone", "both"),
    Slip("a list in a paragraph", "entries/fod-activation-failed.yaml", "type: steps", "type: paragraph",
         "answer[2].en", "type paragraph", "write a text", 3),
    Slip("a condition on no variant", PIN, "only_with: [device-manager, phone-opt]", "only_with: [device-manager, x]",
         "answer[1].only_with", "no variant x", "variant's id"),
    Slip("a word for a condition", PIN, "only_with: [device-manager, phone-opt]", "only_with: everything",
         "answer[1].only_with", "must be all", "square brackets"),
    Slip("an overlap of no variant", PIN, "variants: [device-manager, phone-opt]",
         "variants: [device-manager, phone-opt, x]", "overlaps[1].variants", "no variant x", "variant's id"),
    Slip("a variant that stands twice", "entries/data-connection.yaml", "- id: other", "- id: taycan",
         "variants[2].id", "taycan stands twice", "another id"),
    Slip("an overlap that is not declared", PIN, '"95B", to: 2018}', '"95B", to: 2019}', "overlaps",
         "device-manager and phone-opt hold for the same vehicle, 95B of 2019", "declare", 28),
    Slip("a variant that no vehicle satisfies", PIN, '{generation: "958"}', '{generation: "958", from: 2030}',
         "variants[2].vehicles[4]", "no vehicle satisfies", "correct the vehicles or the years"),
    Slip("a generation that does not exist", PIN, '{generation: "958"}', '{generation: "959x"}',
         "variants[2].vehicles[4].generation", "no generation 959x", "vehicles.yaml"),
    Slip("a model that does not exist", "entries/data-connection.yaml", "every_model_but: [taycan]",
         "every_model_but: [tycan]", "variants[2].vehicles[1].every_model_but", "no model tycan", "vehicles.yaml"),
    Slip("a row of vehicles with two names", PIN, '{generation: "958"}', '{generation: "958", model: cayenne}',
         "variants[2].vehicles[4]", "has 2 of generation, model, every_model_but", "exactly one"),
    Slip("variants that are asked for and do not exist", "entries/fod-activate.yaml", "related:",
         "ask_vehicle: true\nrelated:", "ask_vehicle", "no variants", "remove"),
    Slip("a related entry that does not exist", TERMS, "[terms-where,", "[terms-nowhere,", "related[1]",
         "no other entry terms-nowhere", "entry's id"),
    Slip("an entry related to itself", TERMS, "[terms-where,", "[terms-sent,", "related[1]", "no other", "entry's id"),
    Slip("an alternate that stands twice", TERMS, "    - zaslání smluvních podmínek", "    - podmínky smlouvy na mail",
         "alternates.cs[3]", "stands twice", "keep one", 1),
    Slip("an alternate of another entry", "entries/terms-where.yaml", "    - VOP", "    - Podmínky smlouvy na mail",
         "alternates.cs[4]", "stands in entries/terms-sent.yaml", "where it is answered"),
    Slip("a question of an entry that is out of scope", "out_of_scope.yaml", "Android Auto se nespustí",
         "obchodní podmínky", "[1].cs[3]", "stands in entries/terms-where.yaml", "where it is answered"),
    Slip("a field that stands twice", TERMS, "topic: store", "topic: store\ntopic: store", "topic", "twice", "keep", 1),
    Slip("brackets that are never closed", TERMS, "question:", "question: [a", "file", "is no YAML", "mend", 1),
    Slip("a quotation mark that is never closed", TERMS, "cs: Pošlete", 'cs: "Pošlete', "file", "is no YAML", "mend"),
    Slip("a colon in a text", TERMS, "cs: Pošlete mi", "cs: Pošlete: mi", "file", "is no YAML", "goes in quotes"),
    Slip("a tab", TERMS, "  cs: Pošlete", "\tcs: Pošlete", "file", "a tab", "spaces"),
    Slip("a control character", TERMS, "topic: store", "topic: st\aore", "file", "control character", "remove"),
    Slip("an alias", TERMS, "related: [", "related: [*a, &a ", "file", "is no YAML", "mend"),
    Slip("a tag", TERMS, "topic: store", "topic: !!python/name:os.system store", "file", "is no YAML", "mend"),
    Slip("a day that does not exist", TERMS, "cs: Pošlete mi podmínky mé smlouvy?", "cs: 2020-13-01", "question.cs",
         "can't be read", "quotes"),
    Slip("a phrase without its place for the country", "phrases.cs.yaml", "pro tuto zemi ({country}):", "pro ni:",
         "contact_purpose", "{country}", "add it"),
    Slip("a year before there were cars", "vehicles.yaml", "from: 1964", "from: 64", "generations[1].from",
         "1948 or more", "number"),
    Slip("a sign of a generation that does not exist", "vehicles.yaml", "    generations: [95B]\n",
         "    generations: [95C]\n", "signs[10].generations", "no generation 95C", "name a generation's code"),
    Slip("a generation of no model", "vehicles.yaml", "model: boxster-cayman", "model: boxter", "generations[6].model",
         "no model boxter", "models"),
    Slip("a contradiction in no entry", "contradictions.yaml", "entries: [payment-methods]", "entries: [payments]",
         "[7].entries", "no entry payments", "entry's id"),
    Slip("a contradiction in a line beyond the source", "contradictions.yaml", "lines: [9, 116, 291]",
         "lines: [9, 116, 292]", "[7].lines", "the source has 291 lines, not 292", "correct the number"),
    Slip("a contradiction of no model", "contradictions.yaml", "{model: panamera, from: 2017, to: 2017}",
         "{model: panamerra}", "[3].vehicles[2].model", "no model panamerra", "name a model of vehicles.yaml"),
    Slip("a contradiction of no car", "contradictions.yaml", '{generation: "95B", from: 2018, to: 2018}',
         '{generation: "95B", from: 2018, to: 2017}', "[4].vehicles[1]", "no vehicle satisfies", "the vehicles"),
    Slip("a slip of the source that is not there", "entries/charging-invoices.yaml", 'source: "v pod", text: "pod"',
         'source: "vv pod", text: "v pod"', "answer[7].mends", "has 'vv pod'", "remove the mend", -1),
)  # fmt: skip


def _replace(file: Path, old: str, new: str) -> int:
    """Put the text in the other's first place; the line on which it began."""
    text = file.read_text(encoding="utf-8")
    start = text.index(old)
    file.write_text(text[:start] + new + text[start + len(old) :], encoding="utf-8")
    return text[:start].count("\n") + 1


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_told_with_its_line_field_and_remedy(slip: Slip, content: Path, faults_of: FaultsOf) -> None:
    line = _replace(content / slip.file, slip.old, slip.new) + slip.below
    faults = [fault for fault in faults_of(content) if not _follows(fault)]
    assert [(fault.file, fault.field) for fault in faults[:1]] == [(slip.file, slip.field)]
    assert slip.what in faults[0].what
    assert slip.remedy in faults[0].remedy
    assert not PYTHON.search(" ".join(map(str, faults)))
    if slip.name not in NEAR:
        assert faults[0].line == line
    assert len(faults) == (2 if slip.name in IN_BOTH_LANGUAGES else 1)


# Slips whose fault stands in the same file, but not a fixed number of lines away.
NEAR = {"an overlap that is not declared", "an alias", "a slip of the source that is not there"}

# Slips that spoil the Czech and the English text alike.
IN_BOTH_LANGUAGES = {"a list in a paragraph", "a slip of the source that is not there"}


def _follows(fault: Fault) -> bool:
    """A line of the source that is held no more since its number was spoilt: true, and no other fault."""
    return fault.file.startswith("source/")


def test_a_fault_reads_as_file_line_field_what_and_remedy() -> None:
    fault = Fault("entries/a.yaml", 40, "answer[1].cs", "is missing", "add the text")
    assert str(fault) == "entries/a.yaml:40: answer[1].cs: is missing -> add the text"


def test_the_error_lists_every_fault(content: Path) -> None:
    (content / "topics.yaml").unlink()
    (content / "contacts.yaml").unlink()
    with pytest.raises(KbError, match=r"(?s)the content has 2 faults:\ncontacts\.yaml:1: .*\ntopics\.yaml:1: "):
        load(content)


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(KbError, match="is missing -> set RADCE_CONTENT"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "name",
    [
        "topics.yaml", "vehicles.yaml", "contacts.yaml", "countries.yaml", "out_of_scope.yaml", "other_names.yaml",
        "synonyms.yaml",
        "contradictions.yaml", "source.yaml", "phrases.cs.yaml", "phrases.en.yaml",
    ],
)  # fmt: skip
def test_a_missing_file_is_the_only_fault(name: str, content: Path, faults_of: FaultsOf) -> None:
    (content / name).unlink()
    (fault,) = faults_of(content)
    assert (fault.file, fault.line, fault.remedy) == (name, 1, "restore the file")


@pytest.mark.parametrize("name", ["topics.yaml", "vehicles.yaml", "contradictions.yaml", "phrases.en.yaml"])
def test_an_empty_file_is_the_only_fault(name: str, content: Path, faults_of: FaultsOf) -> None:
    (content / name).write_text("# nothing\n", encoding="utf-8")
    (fault,) = faults_of(content)
    assert (fault.file, fault.field, fault.what) == (name, "file", "is empty")


def test_a_file_in_another_encoding_is_told_with_the_line_of_the_letter(content: Path, faults_of: FaultsOf) -> None:
    text = (content / TERMS).read_text(encoding="utf-8")
    (content / TERMS).write_bytes(text.encode("cp1250"))
    (fault,) = faults_of(content)
    first = next(number for number, row in enumerate(text.split("\n"), start=1) if not row.isascii())
    assert (fault.file, fault.line, fault.what) == (TERMS, first, "is not UTF-8")


def test_a_missing_entry_is_told_by_what_refers_to_it_and_by_its_lines(content: Path, faults_of: FaultsOf) -> None:
    (content / TERMS).unlink()
    told = [(fault.file, fault.field) for fault in faults_of(content)]
    assert told == [("entries/terms-where.yaml", "related[1]"), ("source/porsche-connect-faq.txt", "line")]


def test_the_entry_that_replies_need_must_be_there(content: Path, faults_of: FaultsOf) -> None:
    (content / "entries/contact-by-country.yaml").unlink()
    assert "has no entry contact-by-country" in {fault.what for fault in faults_of(content)}


def test_a_copy_of_an_entry_is_one_fault(content: Path, faults_of: FaultsOf) -> None:
    shutil.copy(content / BILLING, content / "entries/fod-billing-2.yaml")
    (fault,) = faults_of(content)
    assert (fault.file, fault.field) == ("entries/fod-billing-2.yaml", "id")
    assert "another file's" in fault.what


def test_an_entry_with_the_wrong_ending_is_told(content: Path, faults_of: FaultsOf) -> None:
    (content / TERMS).rename(content / "entries/terms-sent.yml")
    assert ("entries/terms-sent.yml", "is read by nothing") in {(f.file, f.what) for f in faults_of(content)}


@pytest.mark.parametrize("count", [0, 2])
def test_there_is_one_source_text(count: int, content: Path, faults_of: FaultsOf) -> None:
    source = content / "source/porsche-connect-faq.txt"
    shutil.copy(source, content / "source/second.txt")
    if count == 0:
        source.unlink()
        (content / "source/second.txt").unlink()
    (fault,) = faults_of(content)
    assert (fault.file, fault.what) == ("source/", f"holds {count} texts")


def test_hidden_files_of_an_editor_are_left_alone(content: Path) -> None:
    version = load(content).version
    (content / "entries/.terms-sent.yaml").write_bytes(b"\xff")
    (content / "entries/terms-sent.yaml~").write_bytes(b"\xff")
    assert load(content).version == version


@pytest.mark.parametrize("spoil", [lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n")])
def test_a_windows_editor_does_no_harm(spoil: Callable[[bytes], bytes], content: Path) -> None:
    for file in ("topics.yaml", TERMS, "source/porsche-connect-faq.txt"):
        (content / file).write_bytes(spoil((content / file).read_bytes()))
    assert load(content).entry_of["terms-sent"].topic == "store"


def test_all_faults_are_told_at_once(content: Path, faults_of: FaultsOf) -> None:
    """Faults of files, of their relations and of the coverage, together and none of them twice."""
    _replace(content / TERMS, "related:", "relatde:")
    _replace(content / BILLING, "You will be billed", "You will be biled")
    _replace(content / "contacts.yaml", "smartmobility@ad.", "smartmobility(at)ad.")
    _replace(content / "entries/fod-activate.yaml", "[fod-activation-failed", "[fod-failed")
    _replace(content / PIN, '{generation: "958"}', '{generation: "958", from: 2030}')
    (content / "topics.yaml").unlink()
    (content / "entries/app-language.yaml").write_text("a: [b\nlines: 77, 249\n", encoding="utf-8")
    (content / "entries/services-free.yaml").unlink()
    assert {(fault.file, fault.field) for fault in faults_of(content)} == {
        (TERMS, "relatde"),
        (BILLING, "answer[1].en"),
        ("contacts.yaml", "[2].email"),
        ("entries/fod-activate.yaml", "related[1]"),
        (PIN, "variants[2].vehicles[4]"),
        ("topics.yaml", "file"),
        ("entries/app-language.yaml", "file"),
        ("entries/payment-methods.yaml", "related[3]"),
        ("entries/services-overview.yaml", "related[2]"),
        ("source/porsche-connect-faq.txt", "line"),  # line 69, of services-free
    }


def test_without_vehicles_the_entries_are_still_checked(content: Path, faults_of: FaultsOf) -> None:
    (content / "vehicles.yaml").write_text("models: []", encoding="utf-8")
    _replace(content / PIN, '{generation: "958"}', '{generation: "959x"}')
    _replace(content / TERMS, "We always send", "We alway send")
    files = {fault.file for fault in faults_of(content)}
    assert files == {"vehicles.yaml", TERMS}
