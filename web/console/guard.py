"""Who may see the console: the session's cookie, and the proof that a form is the console's own."""

import hmac
import secrets
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urlencode, urlsplit

from flask import Response, g, redirect, request
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from web.console.accounts import Agent, Role
from web.console.desk import ROOT
from web.console.sessions import LONGEST, Sessions, hash_of
from web.logs import log_security

SIGN_IN = f"{ROOT}/sign-in"
# Routes for everybody, and those whose pieces of a page can't become the page for signing in.
_OPEN = frozenset({"console.sign_in", "console.take_sign_in"})
_PIECES = frozenset({"console.results", "console.completions", "console.view"})


class NotForAgents(Forbidden):
    """A page for leads, asked for by an agent."""


@dataclass(frozen=True, slots=True)
class Cookie:
    """The one cookie: of a session, or, before it, of the form for signing in.

    With the prefix `__Host-` browsers take it only over HTTPS and for this host alone. `insecure`: without both, for
    a trial on one's own machine.
    """

    insecure: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return "radce-session" if self.insecure else "__Host-radce-session"

    @property
    def token(self) -> str:
        """What the request brings of it."""
        return request.cookies.get(self.name, "")

    def put(self, response: AnyResponse, token: str) -> None:
        """Let the browser keep a token."""
        # "Lax": a link in a mail leads into the console; a form of another site does not (and is refused, besides).
        response.set_cookie(
            self.name, token, max_age=LONGEST, secure=not self.insecure, httponly=True, samesite="Lax", path="/"
        )

    def remove(self, response: AnyResponse) -> None:
        """Let the browser forget it."""
        response.delete_cookie(self.name, secure=not self.insecure, httponly=True, samesite="Lax", path="/")


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets requests through, or not."""

    sessions: Sessions
    cookie: Cookie

    def check(self) -> AnyResponse | None:
        """Before every request of the console: who it is, and that what changes anything comes from the console.

        Sends pages to signing in. Raises Unauthorized for pieces of pages, Forbidden for forms from elsewhere.
        """
        token = self.cookie.token
        g.form_token = form_token(token) if token else ""
        g.agent = self.sessions.find(token) if token else None
        if request.method == "POST":
            _check_form()
        if g.agent is not None or request.endpoint in _OPEN:
            return None
        if request.endpoint in _PIECES:
            raise Unauthorized
        wished = request.full_path.rstrip("?") if request.method == "GET" else ROOT
        return redirect(f"{SIGN_IN}?{urlencode({'next': wished})}", 303)

    def with_form_cookie(self, response: Response, token: str) -> Response:
        """The page of a form for somebody who is not signed in."""
        if self.cookie.token != token:
            self.cookie.put(response, token)
        return response

    def token_of_form(self) -> str:
        """The token of the cookie, or a new one, so that a form can be shown."""
        token = self.cookie.token or secrets.token_urlsafe(32)
        g.form_token = form_token(token)
        return token


def form_token(token: str) -> str:
    """What a form has to send back: told to the console's own pages only, and no way to the cookie's token."""
    return hash_of(f"form {token}")


def signed_in() -> Agent:
    """Who sends the request. Raises Unauthorized for nobody."""
    agent = g.get("agent")
    if not isinstance(agent, Agent):
        raise Unauthorized
    return agent


def lead() -> Agent:
    """Who sends the request. Raises Unauthorized for nobody, NotForAgents for an agent."""
    agent = signed_in()
    if agent.role is not Role.LEAD:
        log_security("page refused", agent.id, route=request.endpoint or "none", reason="for leads")
        raise NotForAgents
    return agent


def own_address(wished: str) -> str:
    """The wished address where it is one of the console, else the console's first page."""
    parts = urlsplit(wished)
    own = not parts.scheme and not parts.netloc and (parts.path == ROOT or parts.path.startswith(f"{ROOT}/"))
    return wished if own and "\\" not in wished and wished.isprintable() else ROOT


def _check_form() -> None:
    """Raises Forbidden for a form that is not a page of the console's own."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    # Pages that send no referrer (web/headers.py) send "null" for their origin with a form; browsers tell the site.
    is_own = origin is None or urlsplit(origin).netloc == request.host or (origin == "null" and site == "same-origin")
    if site not in {None, "same-origin"} or not is_own:
        _refuse_form("of another site")
    if not g.form_token or not hmac.compare_digest(g.form_token.encode(), request.form.get("form_token", "").encode()):
        _refuse_form("wrong token")


def _refuse_form(reason: str) -> NoReturn:
    log_security("form refused", g.agent and g.agent.id, route=request.endpoint or "none", reason=reason)
    raise Forbidden
