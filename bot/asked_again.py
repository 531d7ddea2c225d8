"""Whether a message asks for the last entry once more: "and in the app?", "how do I switch it off?", "is it free?"."""

from bot.leaning import Leaning
from index.retriever import Candidate

# From this confidence on, a message that is found by itself is no other question than it says. "A jak si ten
# účet smaže?" is found with 0.93; against 0.95 no reply of the 107 "fit" conversations of several turns is another.
SURE = 0.92
# So certain the last entry must be together with the message where it has the message's words.
CONFIDENT = 0.75
# The same where one word is all that is asked of "it": "and who pays for them?".
LIKELY_OF_IT = 0.5
# The last entry is shown again where the message has a word of its own, and is so certain together with it and so
# improbably out of scope by itself; of 1,030 out-of-scope follow-ups none is.
CERTAIN_AGAIN = 0.95
OUTSIDE = 0.3
# What is said of "it" without a question: "I forgot it".
CERTAIN_STATED = 0.95
# A definite thing of the last entry: "where do I find the VIN?".
CERTAIN_THING = 0.9
MOST_MATTER = 3
MOST_CONTENT = 4
# Words: "and how much does the roaming cost", and not where and with whom.
LONGEST_COST = 7
# "and what about X?" is more probably the other entry where that has X for its subject.
CERTAIN_WHAT_ABOUT = 0.95
# Less is needed where the other entry is found with less than this: "and if I sell the car?" may mean three entries.
SURE_OF_OTHER = 0.85
LIKELY_WHAT_ABOUT = 0.9
# Of "how many", beside which the answer must have the word and a number.
LIKELY_AMOUNT = 0.5
# "Do kolika dní?" without "and": words.
LONGEST_AMOUNT = 4


def asks_again(message: Leaning, *, is_found: bool) -> Candidate | None:
    """The last entry, where it is asked for; `is_found`: the message is found by itself, too."""
    read, best = message.read, message.alone.candidates[0]
    ways = [_circumstance, _placed, _what_about, _amount]
    if not is_found and not read.circumstance and not read.placed:
        ways += [_cost, _reversal, _words, _stated, _thing]
    elif best.confidence < SURE and read.refers:
        ways += [_cost, _words]
    return message.again if any(way(message) for way in ways) else None


def _circumstance(message: Leaning) -> bool:
    """ "And in the app?" asks the same of what the answer names."""
    words = [word.typed for word in message.read.matter]
    return message.read.circumstance and bool(words) and message.vocabulary.answers_hold(message.last.id, words)


def _placed(message: Leaning) -> bool:
    """ "And can I see it in the app, too?": the answer names the place, and nothing else is asked."""
    words = [word.typed for word in message.read.matter if word.folded in message.read.placed]
    return bool(words) and message.vocabulary.answers_hold(message.last.id, words)


def _what_about(message: Leaning) -> bool:
    """ "And what about my customer data?": the answer has it, and no other entry has it for its subject."""
    read, best = message.read, message.alone.candidates[0]
    about = message.base.entry_of[best.entry_id].about
    words = [word.typed for word in read.matter]
    least = CERTAIN_WHAT_ABOUT if best.confidence >= SURE_OF_OTHER else LIKELY_WHAT_ABOUT
    if not (read.is_elliptic and words) or message.again.confidence < least:
        return False
    subject = f"{about.cs} {about.en}".casefold() if about else ""
    is_named = all(word.casefold() in subject for word in words)
    return best.entry_id != message.last.id and not is_named and message.vocabulary.answers_hold(message.last.id, words)


def _amount(message: Leaning) -> bool:
    """ "And within how many days?": the answer has the word, and a number."""
    read, vocabulary, last = message.read, message.vocabulary, message.last.id
    words = [word.typed for word in read.matter if word.folded not in read.counted]
    may_lean = read.leans or len(read.words) <= LONGEST_AMOUNT
    if not (may_lean and read.counted and 0 < len(words) <= MOST_MATTER):
        return False
    is_likely = message.best_together is message.again and message.again.confidence >= LIKELY_AMOUNT
    return is_likely and vocabulary.answer_has_number(last) and vocabulary.answers_hold(last, words)


def _cost(message: Leaning) -> bool:
    """ "And is it free?" of an entry whose answer says what costs and what does not."""
    read = message.read
    costs = message.vocabulary.of_cost(read.words)
    if not costs or not (read.leans or read.refers) or not message.vocabulary.tells_cost(message.last.id):
        return False
    spoken = {read.words[place] for place in costs}
    besides = [word.typed for word in read.matter if word not in spoken]
    is_short = len(besides) <= 1 and len(read.words) <= LONGEST_COST
    return is_short and message.vocabulary.holds(message.last.id, besides)


def _reversal(message: Leaning) -> bool:
    """ "And how do I switch it on again?": where a procedure switches something off, it switches it on, too."""
    read = message.read
    words = {word.folded for word in read.matter}
    asks = (read.asks or read.leans) and (read.refers or read.leans)
    return message.last.ask_vehicle and asks and bool(words) and words <= read.reversal


def _words(message: Leaning) -> bool:
    """It is found again surely, and has the words of the message."""
    read = message.read
    is_short = bool(read.matter) and len(read.content) <= MOST_CONTENT
    if not is_short or not (read.asks or read.leans):
        return False
    again, least = message.again, LIKELY_OF_IT if read.about_it else CONFIDENT
    if message.best_together is not again or again.confidence < least:
        return False
    has_one = any(message.vocabulary.holds(message.last.id, [word.typed]) for word in read.matter)
    if again.confidence >= CERTAIN_AGAIN and message.alone.outside < OUTSIDE and has_one:
        return True
    own = read.reversal if message.last.ask_vehicle else frozenset()
    return message.holds(message.last.id, own) and not read.detail


def _stated(message: Leaning) -> bool:
    """ "I forgot it": no question, but what the answer speaks of, or what is asked of the entry by one who forgot."""
    read, vocabulary, last = message.read, message.vocabulary, message.last.id
    is_statement = read.refers and not read.asks and 0 < len(read.matter) <= MOST_MATTER
    if not is_statement or message.again.confidence < CERTAIN_STATED or not message.holds(last):
        return False
    told = [word.typed for word in read.matter if word.folded not in read.forgotten]
    return vocabulary.answers_hold(last, told)


def _thing(message: Leaning) -> bool:
    """ "Where do I find the VIN?": it is the most probable entry by itself, too."""
    read = message.read
    is_first = message.alone.candidates[0].entry_id == message.last.id
    is_short = read.asks and not read.detail and 0 < len(read.matter) <= MOST_MATTER
    return is_first and is_short and message.again.confidence >= CERTAIN_THING and message.holds(message.last.id)
