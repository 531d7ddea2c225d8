"""Signing in and out."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from web.client import client_line
from web.console.accounts import Accounts
from web.console.guard import SIGN_IN, Guard, own_address, signed_in
from web.console.rendering import Renderer
from web.console.throttle import Attempt, Throttle
from web.logs import log_security

# So much of a name or password is read; no account has more.
_MOST_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class SignInPages:
    """Answers the routes."""

    renderer: Renderer
    accounts: Accounts
    throttle: Throttle
    guard: Guard

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        blueprint.get("/sign-in")(self.sign_in)
        blueprint.post("/sign-in")(self.take_sign_in)
        blueprint.post("/sign-out")(self.sign_out)

    def sign_in(self) -> AnyResponse:
        """The form."""
        if self.guard.sessions.find(self.guard.cookie.token):
            return redirect(own_address(request.args.get("next", "")), 303)
        return self._form(200)

    def take_sign_in(self) -> AnyResponse:
        """A new session where name and password are right; the form again where they are not."""
        name = request.form.get("name", "").strip()[:_MOST_CHARACTERS]
        attempt = Attempt(name, client_line())
        if wait := self.throttle.begin(attempt):
            log_security("sign-in refused", self.accounts.number_of(name), reason="throttled")
            refused = self._form(429, name, self.renderer.words("sign_in_wait", seconds=wait))
            refused.headers["Retry-After"] = str(wait)
            return refused
        agent = self.accounts.verify(name, request.form.get("password", "")[:_MOST_CHARACTERS])
        if agent is None:
            log_security("sign-in refused", self.accounts.number_of(name), reason="wrong name or password")
            return self._form(403, name, self.renderer.words("sign_in_wrong"))
        self.throttle.succeeded(attempt)
        log_security("signed in", agent.id)
        self.guard.sessions.end(self.guard.cookie.token)
        response = redirect(own_address(request.form.get("next", "")), 303)
        self.guard.cookie.put(response, self.guard.sessions.begin(agent))
        return response

    def sign_out(self) -> AnyResponse:
        """The end of the session."""
        log_security("signed out", signed_in().id)
        self.guard.sessions.end(self.guard.cookie.token)
        response = redirect(SIGN_IN, 303)
        self.guard.cookie.remove(response)
        return response

    def _form(self, status: int, name: str = "", fault: str = "") -> Response:
        token = self.guard.token_of_form()
        wished = own_address(request.values.get("next", ""))
        desk = self.renderer.desk()
        page = self.renderer.page("sign_in.html", desk, {"name": name, "fault": fault, "wished": wished}, status=status)
        return self.guard.with_form_cookie(page, token)
