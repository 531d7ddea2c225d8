"""Pages of another origin that show the widget: a strict policy, and styles that are against everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

# What a page of its owner's worst day says of all elements, with every weight that a style sheet has.
HOSTILE = """
html { font-size: 41px; }
* { all: revert; box-sizing: content-box !important; color: magenta !important; background: yellow !important;
    font: 900 60px/3 cursive !important; letter-spacing: 1em !important; text-transform: uppercase !important;
    position: static !important; visibility: hidden; direction: rtl !important; text-align: right !important;
    padding: 40px !important; margin: 40px !important; word-spacing: 2em !important; }
body, body * { opacity: 0.2 !important; transform: rotate(8deg) !important; filter: blur(4px) !important;
    clip-path: circle(4px) !important; pointer-events: none !important; float: right !important;
    width: 30px !important; max-height: 20px !important; overflow: hidden !important; transition: all 9s !important; }
body * { zoom: 3 !important; }
radce-chat { display: none !important; z-index: -1 !important; }
.front { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; width: auto !important;
    max-height: none !important; margin: 0 !important; transform: none !important; pointer-events: auto !important; }
"""


@dataclass
class HostPage:
    """A page at `url`; `attributes` of the script, `headers` and `styles` can be changed before it is opened."""

    url: str
    widget: str = ""
    attributes: str = 'data-language="cs"'
    language: str = "cs"
    styles: str = ""
    body: str = "<main><h1>Podpora</h1><p><a href='/other'>Další stránka</a></p></main>"
    headers: dict[str, str] = field(default_factory=dict)

    def strict(self, widget: str) -> dict[str, str]:
        """A policy that admits nothing but the widget's origin for scripts and requests, and this page's styles."""
        policy = [
            "default-src 'none'", f"script-src {widget}", f"connect-src {widget}", "style-src 'self'", "img-src data:",
            "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'",
        ]  # fmt: skip
        return {"Content-Security-Policy": "; ".join(policy)}

    def html(self) -> str:
        """The page."""
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8"><title>Podpora</title>'
            '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
            '<link rel="stylesheet" href="/styles.css">'
            f'<script src="{self.widget}/widget.js" {self.attributes} defer></script></head>'
            f"<body>{self.body}</body></html>"
        )


@contextmanager
def hosting(port: int = 0) -> Iterator[HostPage]:
    """A server of its own for host pages: every path is the page, but /styles.css."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            styles = self.path == "/styles.css"
            text = (page.styles if styles else page.html()).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if styles else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(text)))
            self.send_header("Cache-Control", "no-store")
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    page = HostPage(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield page
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
