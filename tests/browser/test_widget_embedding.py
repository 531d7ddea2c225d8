"""The widget on pages of others: another origin, a strict policy, hostile styles, blocked storage."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.host_page import HOSTILE, HostPage
from tests.browser.widget import Widget

NO_STORAGE = """for (const name of ["sessionStorage", "localStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });"""
SOUND = """handle => window.heard = ["open", "close", "message", "reply", "language"].reduce((heard, name) => {
  window.radce.addEventListener(name, ({ detail }) => heard.push(
    [name, detail?.kind ?? detail?.message ?? detail?.language ?? null]));
  return heard; }, [])"""
EXCHANGE = """address => new Promise((done) => {
  document.body = document.createElement("body");
  const script = Object.assign(document.createElement("script"), { src: address });
  script.addEventListener("load", done);
  document.body.append(script);
})"""
# What libraries of many years leave behind on a page: their names, and what they add to the objects of all scripts.
FRAMEWORKS = """for (const name of ["$", "$$", "jQuery", "_", "React", "Vue", "angular", "Zone", "require", "define"])
  window[name] = Object.assign(() => { throw new Error(`${name} is not the widget's`); }, { amd: {} });
Object.assign(window, { module: { exports: {} }, exports: {}, process: { env: {} } });
Object.assign(window, { language: "tlh", say: 1, button: 2 });
for (const shared of [Array, String, Function, Number, Element, Event])
  for (const name of ["each", "strip", "hide", "show", "extended"])
    shared.prototype[name] = () => { throw new Error(name); };
Array.from = (list) => [...list];"""
ON_TOP = """box => { const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return at?.localName; }"""


def sent(page: Page) -> list[dict[str, object]]:
    """What goes to the chat from now on."""
    bodies: list[dict[str, object]] = []
    page.on("request", lambda request: bodies.append(json.loads(request.post_data or "{}"))
            if request.method == "POST" else None)  # fmt: skip
    return bodies


def test_on_another_origin_under_a_strict_policy_nothing_is_written_and_no_other_host_is_asked(
    widget: Widget, host: HostPage
) -> None:
    widget.open()
    widget.field.press_sequentially("jak roam")
    expect(widget.page.get_by_role("option").first).to_be_visible()
    widget.ask("jak zapnu roaming v taycanu")
    widget.ask("kontakt pro Česko?")
    widget.button("Vozidlo: Taycan").click()
    widget.button("EN – English").click()
    expect(widget.button("Close the chat")).to_be_visible()
    assert widget.console == []
    assert {urlsplit(url).netloc for url in widget.requests if url.startswith("http")} == {
        urlsplit(host.url).netloc,
        urlsplit(host.widget).netloc,
    }


def test_hostile_styles_of_the_page_change_nothing(widget: Widget, host: HostPage) -> None:
    widget.page.emulate_media(reduced_motion="reduce")
    widget.open()
    kind = widget.page.locator(".panel").bounding_box()
    looks = """one => [getComputedStyle(one).fontSize, getComputedStyle(one).color,
      getComputedStyle(one).textTransform, one.offsetHeight]"""
    kind_looks = widget.page.locator(".welcome").evaluate(looks)
    host.styles, host.body = HOSTILE, f"{host.body}<div class=front>vpředu</div>"
    widget.page.evaluate("sessionStorage.clear()")
    widget.open()
    panel = widget.page.locator(".panel")
    assert panel.bounding_box() == kind
    assert widget.page.locator(".welcome").evaluate(looks) == kind_looks
    assert widget.page.evaluate(ON_TOP, panel.bounding_box()) == "radce-chat"
    expect(widget.ask("jak zapnu roaming v taycanu")).to_contain_text("automaticky")


def test_the_load_of_the_page_does_not_wait_for_the_chat(widget: Widget) -> None:
    widget.visit()
    widget.page.wait_for_function("performance.getEntriesByType('resource').some(one => one.name.endsWith('chat.js'))")
    begun, loaded = widget.page.evaluate(
        """[performance.getEntriesByType("resource").find(one => one.name.endsWith("chat.js")).startTime,
            performance.getEntriesByType("navigation")[0].loadEventEnd]"""
    )
    assert begun >= loaded > 0
    assert not any("/api/" in url for url in widget.requests)


def test_with_blocked_storage_it_answers(widget: Widget) -> None:
    widget.page.add_init_script(NO_STORAGE)
    widget.open()
    widget.ask("jak zapnu roaming")
    expect(widget.ask("Taycan")).to_contain_text("automaticky")
    assert widget.console == []


def test_what_frameworks_leave_on_a_page_is_no_harm_and_gets_none(widget: Widget) -> None:
    widget.page.add_init_script(FRAMEWORKS)
    widget.open()
    widget.ask("Jak zapnu roaming?")
    widget.button("Taycan").click()
    expect(widget.reply).to_contain_text("automaticky")
    widget.button("Vozidlo: Taycan").click()
    expect(widget.page.get_by_label("Model", exact=True)).to_be_focused()
    widget.page.reload()
    expect(widget.replies).to_have_count(2)
    assert widget.console == []
    own = "Object.keys(window).filter(name => /radce/i.test(name) || window[name]?.element?.localName === 'radce-chat')"
    assert widget.page.evaluate(own) == ["radce"]
    assert widget.page.evaluate("[window.language, window.say, window.button]") == ["tlh", 1, 2]


def test_a_touch_brings_the_chat_where_the_page_is_never_idle(widget: Widget) -> None:
    widget.page.add_init_script("window.requestIdleCallback = () => {};")
    widget.visit()
    assert not any(url.endswith("/chat.js") for url in widget.requests)
    with widget.page.expect_request("**/chat.js"):
        widget.launcher.hover()


def test_on_an_origin_that_is_not_allowed_the_launcher_says_that_the_chat_does_not_come(
    widget: Widget, host: HostPage
) -> None:
    widget.page.goto(host.url.replace("127.0.0.1", "localhost"))
    widget.launcher.click()
    expect(widget.page.get_by_role("alert")).to_contain_text("nepodařilo načíst")
    assert not any("/api/" in url for url in widget.requests)


def test_a_chat_that_did_not_come_comes_at_the_next_try(widget: Widget) -> None:
    widget.page.route("**/widget/*/chat.js", lambda route: route.abort())
    widget.visit()
    widget.launcher.click()
    expect(widget.page.get_by_role("alert")).to_be_visible()
    widget.page.unroute("**/widget/*/chat.js")
    widget.launcher.click()
    expect(widget.field).to_be_focused()


def test_attributes_tell_language_country_and_vehicle(widget: Widget, host: HostPage) -> None:
    host.attributes = 'data-language="en" data-country="sk" data-model="macan" data-model-year="2020"'
    bodies = sent(widget.page)
    widget.open()
    expect(widget.button("Country: Slovakia")).to_be_visible()
    expect(widget.ask("How do I switch on roaming?")).to_contain_text("Device manager")
    assert bodies[0]["country"] == "SK"
    assert bodies[0]["vehicle"] == {"model": "macan", "model_year": 2020}
    assert bodies[0]["page_language"] == "en"
    widget.ask("Which address do I write to?")
    assert not {"country", "vehicle"} & bodies[1].keys()


@pytest.mark.parametrize(
    "attributes",
    ['data-country="Česko" data-model="<b>"', 'data-country="XX" data-model="ferrari"', 'data-language="tlh"'],
)
def test_attributes_that_can_not_be_used_are_no_harm(widget: Widget, host: HostPage, attributes: str) -> None:
    host.attributes = attributes
    widget.open()
    expect(widget.ask("jak zapnu roaming v taycanu")).to_contain_text("automaticky")


@pytest.mark.parametrize(("language", "name"), [("sk-SK", "Zeptat se"), ("en-GB", "Ask"), ("de", "Ask")])
def test_without_an_attribute_it_speaks_the_pages_language_else_the_browsers(
    widget: Widget, host: HostPage, language: str, name: str
) -> None:
    host.attributes, host.language = "", language
    widget.visit()
    expect(widget.launcher).to_contain_text(name)


def test_the_page_speaks_to_it_by_its_handle_and_hears_its_events(widget: Widget) -> None:
    widget.visit()
    widget.page.evaluate(SOUND)
    widget.page.evaluate("radce.setVehicle({ model: 'taycan' })")
    widget.page.evaluate("radce.setCountry('at')")
    widget.page.evaluate("radce.ask('Jak zapnu roaming?')")
    expect(widget.reply).to_contain_text("automaticky")
    expect(widget.button("Země: Rakousko")).to_be_visible()
    widget.page.evaluate("radce.setLanguage('en')")
    widget.page.evaluate("radce.close()")
    expect(widget.launcher).to_be_focused()
    widget.page.evaluate("radce.open()")
    expect(widget.field).to_be_focused()
    assert widget.page.evaluate("heard") == [
        ["open", None],
        ["message", "Jak zapnu roaming?"],
        ["reply", "answer"],
        ["language", "en"],
        ["close", None],
        ["open", None],
    ]
    refused = widget.page.evaluate("radce.setLanguage('de').catch(error => error.name)")
    assert refused == "TypeError"


def test_a_script_that_comes_twice_makes_one_chat(widget: Widget, host: HostPage) -> None:
    host.body += f'<script src="{host.widget}/widget.js" defer></script>'
    widget.visit()
    expect(widget.page.locator("radce-chat")).to_have_count(1)


def test_an_exchanged_body_keeps_the_chat_when_its_script_comes_again(widget: Widget, host: HostPage) -> None:
    host.headers = {}  # the page's own script is put in by address
    widget.open()
    widget.ask("jak zapnu roaming v taycanu")
    widget.page.evaluate(EXCHANGE, f"{host.widget}/widget.js")
    expect(widget.reply).to_contain_text("automaticky")


def test_the_page_chooses_colours_and_side(widget: Widget, host: HostPage) -> None:
    host.attributes += ' data-side="left" data-theme="dark"'
    host.styles = (
        "radce-chat { --radce-accent: rgb(123, 0, 45); --radce-on-accent: rgb(255, 255, 250); --radce-inset: 40px; }"
    )
    widget.visit()
    style = widget.launcher.evaluate("one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]")
    assert style == ["rgb(123, 0, 45)", "rgb(255, 255, 250)"]
    box = widget.launcher.bounding_box()
    assert box is not None
    assert box["x"] == pytest.approx(40)
    widget.launcher.click()
    paper = widget.page.locator(".panel").evaluate("one => getComputedStyle(one).backgroundColor")
    assert re.findall(r"\d+", paper) == ["19", "23", "21"]


def test_suggestions_can_be_left_out(widget: Widget, host: HostPage) -> None:
    host.attributes += ' data-suggest="off"'
    widget.open()
    widget.ask("jak zapnu roaming v taycanu")
    assert not any("/api/v1/suggest" in url for url in widget.requests)
