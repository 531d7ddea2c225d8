"""The widget as a customer uses it."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect


@dataclass
class Widget:
    """The widget of a page; `console` and `requests` hold what the page has written and asked for."""

    page: Page
    url: str
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.console.append(message.text))
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    @property
    def launcher(self) -> Locator:
        """The button that opens the chat."""
        return self.page.locator(".launcher")

    @property
    def field(self) -> Locator:
        """The question field."""
        return self.page.locator("#message")

    @property
    def replies(self) -> Locator:
        """All replies, the newest last."""
        return self.page.locator(".reply")

    @property
    def reply(self) -> Locator:
        """The newest reply."""
        return self.replies.last

    def visit(self) -> None:
        """Opens the page that shows the widget."""
        self.page.goto(self.url)
        expect(self.launcher).to_be_visible()

    def open(self) -> None:
        """Opens the page, and the chat with the launcher."""
        self.visit()
        self.launcher.click()
        expect(self.field).to_be_focused()

    def ask(self, question: str) -> Locator:
        """Types a question, sends it with Enter, gives the reply."""
        before = self.replies.count()
        self.field.fill(question)
        self.field.press("Enter")
        expect(self.replies).to_have_count(before + 1)
        return self.reply

    def button(self, name: str, *, exact: bool = True) -> Locator:
        """The button of that name."""
        return self.page.get_by_role("button", name=name, exact=exact)

    def choose(self, entry: str) -> None:
        """Chooses an entry of the menu."""
        self.page.locator("[aria-controls=menu]").click()
        self.button(entry).click()
