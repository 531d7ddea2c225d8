"""How texts are set: nothing hangs at the end of a line, addresses are links, everything else is text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Language
from web.dictionary_order import dictionary_key
from web.help.typography import bound, marked, prose, shortened

TEXTS = st.text(alphabet=st.sampled_from("aiokvzAZ1 2.,(„<>&\"'š-\u00a0"), max_size=40)


@pytest.mark.parametrize(
    ("text", "set_so"),
    [
        ("v autě", "v~autě"),
        ("a v autě", "a~v~autě"),
        ("K čemu slouží?", "K~čemu slouží?"),
        ("jede (v autě)", "jede (v~autě)"),
        ("s „názvem“", "s~„názvem“"),
        ("řada A je", "řada A~je"),
        ("do 14 dnů", "do 14~dnů"),
        ("2. generace", "2.~generace"),
        ("911 8. generace", "911~8.~generace"),
        ("od roku 2017 do 2021", "od roku 2017~do 2021"),
        ("nov autě", "nov autě"),
        ("e-mail", "e-mail"),
        ("konec v", "konec v"),
    ],
)
def test_czech_words_of_one_letter_and_numbers_do_not_end_a_line(text: str, set_so: str) -> None:
    assert bound(text, Language.CS) == set_so.replace("~", "\u00a0")


def test_english_text_is_left_as_it_is() -> None:
    assert bound("a car of 14 days", Language.EN) == "a car of 14 days"


@given(TEXTS)
def test_setting_a_text_changes_no_letter_and_setting_it_twice_nothing(text: str) -> None:
    once = bound(text, Language.CS)
    assert once.replace("\u00a0", " ") == text.replace("\u00a0", " ")
    assert bound(once, Language.CS) == once


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Viz https://a.example/x.", "https://a.example/x"),
        ("(https://a.example/),", "https://a.example/"),
        ("https://a.example/b_(c)?", "https://a.example/b_(c)"),
        ("„https://a.example“", "https://a.example"),
    ],
)
def test_an_address_is_a_link_without_the_sentence_around_it(text: str, address: str) -> None:
    html = str(prose(text, Language.CS))
    assert f'<a href="{address}" rel="noopener noreferrer">{address}</a>' in html


@pytest.mark.parametrize("text", ["http://a.example", "javascript:alert(1)", "ftp://a.example", "a.example"])
def test_what_is_no_https_address_is_no_link(text: str) -> None:
    assert "<a" not in str(prose(text, Language.CS))


@given(TEXTS)
def test_signs_of_markup_are_text(text: str) -> None:
    for html in (str(prose(text, Language.EN)), str(marked(text, [(0, len(text))], Language.EN))):
        bare = html.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare
        assert '"' not in bare


def test_places_are_marked() -> None:
    assert (
        str(marked("v autě & PCM", [(2, 6), (9, 12)], Language.CS)) == "v\u00a0<mark>autě</mark> &amp; <mark>PCM</mark>"
    )


def test_a_long_text_is_cut_between_words() -> None:
    assert shortened("jedna dvě, tři", 12) == "jedna dvě …"
    assert shortened("jedna dvě", 12) == "jedna dvě"


def test_czech_names_are_sorted_as_in_a_dictionary() -> None:
    names = [
        "Chorvatsko",
        "Čína",
        "Cyprus",
        "Honduras",
        "Island",
        "Hongkong",
        "Írán",
        "Česko",
        "Zambie",
        "Rusko",
        "Řecko",
    ]
    ordered = [
        "Cyprus",
        "Česko",
        "Čína",
        "Honduras",
        "Hongkong",
        "Chorvatsko",
        "Írán",
        "Island",
        "Rusko",
        "Řecko",
        "Zambie",
    ]
    assert sorted(names, key=lambda name: dictionary_key(name, Language.CS)) == ordered


def test_english_names_are_sorted_without_accents() -> None:
    names = sorted(["Zambia", "Åland Islands", "Albania"], key=lambda name: dictionary_key(name, Language.EN))
    assert names == ["Åland Islands", "Albania", "Zambia"]
