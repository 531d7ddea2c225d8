"""The language of a message, of a conversation, and who decides where the words do not."""

import pytest

from bot.assistant import Assistant
from bot.blocks import Paragraph
from bot.message import Message
from bot.reader import Reader
from bot.reply import ReplyKind
from bot.state import DialogueState
from kb.model import Language

CS, EN = Language.CS, Language.EN

TELLING = [
    ("Jak zapnu roaming?", CS),
    ("jak zapnu roaming", CS),
    ("Kde najdu parovaci kod", CS),
    ("registrace", CS),
    ("platba kartou", CS),
    ("párovací kód", CS),
    ("Mám Taycan", CS),
    ("a co v Cayennu?", CS),
    ("je to 992", CS),
    ("nevím", CS),
    ("ahoj", CS),
    ("díky", CS),
    ("kontakt Rakousko", CS),
    ("auto nejde připojit", CS),
    ("roaming taycan zapnout", CS),
    ("Hi, jak zapnu roaming?", CS),
    ("Jak linknu my Porsche ID s autem", CS),
    ("My Porsche app nefunguje", CS),
    ("How do I turn on roaming?", EN),
    ("link porsche id to my car", EN),
    ("2018 macan roaming on", EN),
    ("save sim pin", EN),
    ("payment methods", EN),
    ("thanks", EN),
    ("hello", EN),
    ("I don't know", EN),
    ("it's a 992", EN),
    ("I've got a Taycan", EN),
    ("what about my other car?", EN),
    ("How do I propojit Porsche ID?", EN),
    ("Dobrý den, how do I turn on roaming?", EN),
    ("my Cayenne Coupé", EN),
    # Slovak is answered in Czech
    ("Ako zapnem roaming v aute?", CS),
    ("Bývam na Slovensku, kam mám napísať?", CS),
    ("ako si mam aktivovat sluzby", CS),
    ("Kde nájdem párovací kód?", CS),
]


@pytest.mark.parametrize(("text", "language"), TELLING)
def test_the_words_of_a_message_tell_its_language(reader: Reader, text: str, language: Language) -> None:
    assert reader.read(text).language.language is language


NOT_TELLING = [
    "Roaming",
    "718 Boxster roaming",
    "roaming Taycan 2021",
    "PIN",
    "SIM PIN",
    "Porsche ID",
    "Porsche ID?",
    "Apple CarPlay",
    "PCM",
    "Functions on Demand",
    "My Porsche",
    "992",
    "Taycan",
    "2019",
    "MY23 Cayenne Coupé",
    "ok",
    "fgh jkl",
    "???",
    "",
]


@pytest.mark.parametrize("text", NOT_TELLING)
def test_words_that_both_languages_have_tell_nothing(reader: Reader, text: str) -> None:
    assert reader.read(text).language.language is None


@pytest.mark.parametrize("text", NOT_TELLING)
def test_where_the_words_tell_nothing_the_conversation_decides(assistant: Assistant, text: str) -> None:
    for language in Language:
        reply, _ = assistant.reply(Message(text, page_language=_other(language)), DialogueState(language))
        assert reply.language is language


@pytest.mark.parametrize("text", NOT_TELLING)
def test_without_a_conversation_the_page_decides(assistant: Assistant, text: str) -> None:
    for language in Language:
        reply, _ = assistant.reply(Message(text, page_language=language), DialogueState())
        assert reply.language is language


@pytest.mark.parametrize("text", ["Roaming", "718 Boxster roaming", "992", "PIN", "???", "2019"])
def test_without_anything_to_go_by_the_reply_is_czech(assistant: Assistant, text: str) -> None:
    reply, _ = assistant.reply(Message(text), DialogueState())
    assert reply.language is CS


@pytest.mark.parametrize(
    ("text", "language"), [("email Germany", EN), ("email Německo", CS), ("private mode", EN), ("mail Switzerland", EN)]
)
def test_without_anything_better_the_name_of_a_country_or_a_menu_decides(
    assistant: Assistant, text: str, language: Language
) -> None:
    reply, _ = assistant.reply(Message(text), DialogueState())
    assert reply.language is language


@pytest.mark.parametrize(
    "text",
    [
        "Wie aktiviere ich Roaming in meinem Auto?",
        "Comment supprimer mon compte Porsche ID ?",
        "Gdzie znajdę kod parowania mojego samochodu?",
        "wie viel kostet das",
        "dzień dobry",
        "ho venduto la macchina",
        "mot de passe oublié",
        "mennyibe kerül",
        "сколько стоит",
        "як додати авто",
    ],
)
def test_a_third_language_is_noticed(reader: Reader, text: str) -> None:
    assert reader.read(text).language.other


def test_a_third_language_is_answered_in_english_unless_the_conversation_has_a_language(assistant: Assistant) -> None:
    message = Message("Wie aktiviere ich Roaming in meinem Auto?", page_language=CS)
    assert assistant.reply(message, DialogueState(CS))[0].language is CS
    assert assistant.reply(message, DialogueState())[0].language is EN


@pytest.mark.parametrize("text", ["Gdzie znajdę kod parowania?", "włączyć roaming", "mot de passe oublié", "Guten Tag"])
def test_a_third_language_gets_one_sentence_in_both_languages_first(assistant: Assistant, text: str) -> None:
    reply, _ = assistant.reply(Message(text), DialogueState())
    sentences = [block for block in reply.blocks if isinstance(block, Paragraph) and "I answer in Czech" in block.text]
    assert reply.blocks[0] == sentences[0]
    assert len(sentences) == 1


def test_a_third_language_is_answered_only_where_the_entry_is_found_surely(assistant: Assistant) -> None:
    sure, _ = assistant.reply(Message("Gdzie znajdę kod parowania?"), DialogueState())
    assert (sure.kind, sure.entry_id) == (ReplyKind.ANSWER, "pairing-code")
    unsure, _ = assistant.reply(Message("nie działa aplikacja"), DialogueState())
    assert unsure.kind is ReplyKind.NO_ANSWER


def test_the_field_of_the_page_wins_over_the_words(assistant: Assistant) -> None:
    reply, _ = assistant.reply(Message("Jak zapnu roaming?", language=EN), DialogueState())
    assert reply.language is EN


def test_a_wish_wins_over_the_field_and_holds_from_then_on(assistant: Assistant) -> None:
    reply, state = assistant.reply(Message("answer in English please", language=CS), DialogueState())
    assert reply.language is EN
    reply, state = assistant.reply(Message("Jak zapnu roaming?"), state)
    assert reply.language is EN
    reply, _ = assistant.reply(Message("mluvte česky"), state)
    assert reply.language is CS


def _other(language: Language) -> Language:
    return EN if language is CS else CS


@pytest.mark.parametrize("text", ["Golf", "registration", "payment", "roaming on", "Germany"])
def test_one_word_of_a_subject_does_not_leave_the_language_of_the_conversation(assistant: Assistant, text: str) -> None:
    assert assistant.reply(Message(text), DialogueState(CS))[0].language is CS


@pytest.mark.parametrize("text", ["thanks", "I don't know", "stop my subscription", "what?", "hello"])
def test_a_word_of_grammar_or_small_talk_does(assistant: Assistant, text: str) -> None:
    assert assistant.reply(Message(text), DialogueState(CS))[0].language is EN


@pytest.mark.parametrize("text", ["Remote Park Assist", "PIN reset", "login", "no", "Wallbox", "Taycan", "2021"])
def test_names_of_things_do_not_leave_a_czech_conversation(assistant: Assistant, text: str) -> None:
    assert assistant.reply(Message(text), DialogueState(CS))[0].language is CS


@pytest.mark.parametrize(
    ("pressed", "language"), [("I don't know", CS), ("model year 2018", CS), ("nevím", EN), ("modelový rok 2018", EN)]
)
def test_a_button_of_the_other_language_does_not_leave_the_conversation(
    assistant: Assistant, pressed: str, language: Language
) -> None:
    asked = {CS: "Jak zapnu roaming?", EN: "How do I activate roaming?"}[language]
    _, state = assistant.reply(Message(asked), DialogueState())
    assert assistant.reply(Message(pressed), state)[0].language is language


WISHES = [
    ("in English please", EN),
    ("english pls", EN),
    ("anglicky", EN),
    ("I don't speak Czech", EN),
    ("nemluvím česky", EN),
    ("přepněte na angličtinu", EN),
    ("česky prosím", CS),
    ("can we switch to Czech", CS),
    ("můžeme přejít do češtiny?", CS),
    ("sorry, I don't understand English", CS),
]


@pytest.mark.parametrize(("text", "language"), WISHES)
def test_a_wish_for_a_language_is_understood_however_it_is_put(
    assistant: Assistant, text: str, language: Language
) -> None:
    reply, state = assistant.reply(Message(text), DialogueState(_other(language)))
    assert (reply.language, reply.kind) == (language, ReplyKind.SMALLTALK)
    asked = {CS: "How do I pay for a service by card?", EN: "Jak zaplatím službu kartou?"}[language]
    assert assistant.reply(Message(asked), state)[0].language is language


@pytest.mark.parametrize("text", ["how do I set the app to English", "Is the app available in Czech?"])
def test_a_question_about_a_language_is_no_wish(reader: Reader, text: str) -> None:
    assert reader.read(text).small_talk.wish is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("activate roaming v Taycanu", CS),
        ("payment heslo", CS),
        ("resetovat password", CS),
        ("how to zapnout roaming", EN),
        ("paymnet cancelled", EN),
        ("smazta ucet", CS),
    ],
)
def test_mixed_and_misspelt_messages_have_the_language_of_their_grammar(
    assistant: Assistant, text: str, language: Language
) -> None:
    assert assistant.reply(Message(text), DialogueState())[0].language is language
