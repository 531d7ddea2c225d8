"""The console as an agent uses it."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

NAME, PASSWORD = "jana.novotna", "modry kun bezi lesem"
OTHER, LEAD = "eva.mala", "petr.vesely"


@dataclass
class Console:
    """The console of a page; `messages` holds what the page has written to the browser's console."""

    page: Page
    url: str
    messages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))

    @property
    def field(self) -> Locator:
        """The search field."""
        return self.page.locator("#q")

    @property
    def answer(self) -> Locator:
        """Where the answer stands."""
        return self.page.locator("#answer")

    @property
    def results(self) -> Locator:
        """The answers in the list."""
        return self.page.locator("#results a[data-entry]")

    @property
    def toast(self) -> Locator:
        """What the console says of the last copy."""
        return self.page.locator("#toast")

    def fact(self, name: str) -> Locator:
        """A field of the caller, such as "model"."""
        return self.page.locator(f"#caller [name={name}]")

    def open(self, path: str = "") -> None:
        """Opens a page of the console."""
        self.page.goto(f"{self.url}/console{path}")
        self.ready()

    def ready(self) -> None:
        """Waits until the keys work."""
        expect(self.page.locator("#caller.scripted")).to_be_attached()

    def sign_in(self, name: str = NAME) -> None:
        """Signs in by keyboard, where the page asks for it; everybody has the same password."""
        self.page.goto(f"{self.url}/console")
        expect(self.page.locator("[name=name]")).to_be_focused()
        self.type(name)
        self.press("Tab")
        self.type(PASSWORD)
        self.press("Enter")
        self.ready()

    def press(self, *keys: str) -> None:
        """Presses keys."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Types where the focus is."""
        self.page.keyboard.type(text)

    def say(self, text: str) -> None:
        """Types what the caller says of himself."""
        self.press("v")
        expect(self.page.locator("#said")).to_be_focused()
        self.type(text)
        with self.page.expect_navigation():
            self.press("Enter")
        self.ready()

    def reload_until(self, shown: Locator) -> None:
        """Loads the page again until something is there that the server makes ready by and by."""
        for _ in range(60):
            if shown.count():
                break
            self.page.wait_for_timeout(1000)
            self.page.reload()
        expect(shown.first).to_be_visible()

    def copied(self) -> str:
        """What is in the clipboard, once the console says that something is."""
        expect(self.toast).not_to_be_empty()
        return str(self.page.evaluate("navigator.clipboard.readText()"))
