"""Names of what the database keeps as codes, and its moments by the clock of the agents."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from bot.country_names import COUNTRY_CODES, country_name
from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from web.storage.period import day_of
from web.storage.shares import By

# Czech writes a space before the sign, which stays with its number.
_PERCENT = {Language.CS: "{:.0f}\u00a0%", Language.EN: "{:.0f}%"}


@dataclass(frozen=True, slots=True)
class Names:
    """Names in one language. A code that the content has no longer stands for itself, and nothing is a dash."""

    base: KnowledgeBase
    language: Language
    zone: ZoneInfo

    def entry(self, entry_id: str | None) -> str:
        """An entry's question."""
        entry = self.base.entry_of.get(entry_id or "")
        return entry.question.text(self.language) if entry else entry_id or "–"

    def model(self, model: str | None) -> str:
        """A model's name."""
        found = next((row for row in self.base.vehicles.models if row.id == model), None)
        return found.label().text(self.language) if found else model or "–"

    def country(self, code: str | None) -> str:
        """A country's name."""
        return country_name(code, self.language) if code and code in COUNTRY_CODES else code or "–"

    def moment(self, seconds: int) -> str:
        """A day and the time of it."""
        pattern = "d. M. y H:mm" if self.language is Language.CS else "d MMM y HH:mm"
        moment = datetime.fromtimestamp(seconds, self.zone)
        return str(format_datetime(moment, pattern, tzinfo=self.zone, locale=self.language.value))

    def day(self, seconds: int) -> str:
        """A day."""
        return self._day(seconds, "d. M. y" if self.language is Language.CS else "d MMM y")

    def short_day(self, seconds: int) -> str:
        """A day without its year, for charts."""
        return self._day(seconds, "d. M." if self.language is Language.CS else "d MMM")

    def _day(self, seconds: int, pattern: str) -> str:
        return str(format_date(day_of(seconds, self.zone), pattern, locale=self.language.value))

    def percent(self, part: float, whole: float = 1) -> str:
        """A share; of nothing it is a dash."""
        return _PERCENT[self.language].format(100 * part / whole) if whole else "–"

    def number(self, count: int) -> str:
        """A count, its thousands apart."""
        return str(format_decimal(count, locale=self.language.value))

    def key(self, by: By, key: str | None) -> str:
        """What conversations are counted by; what has no name stands for itself."""
        if by is By.DAY:
            return self.day(int(key or 0))
        named = {By.ENTRY: self.entry, By.MODEL: self.model, By.COUNTRY: self.country}
        return named[by](key) if by in named else key or "–"
