"""`POST /policy-reports`: what the content security policy kept a page from, as browsers report it.

It is counted, and nothing of it is kept: an address in a report may hold what somebody typed.
"""

from collections.abc import Callable, Iterator
from typing import Annotated

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field, RootModel

from web.chat_request import Text
from web.headers import POLICY_REPORTS
from web.json_body import json_body

# Of the Reporting API, and of browsers that only know the policy's older `report-uri`.
CONTENT_TYPES = ("application/reports+json", "application/csp-report")
# Browsers gather the reports of a minute or so.
MOST_REPORTS = 100
# The type of a report of the Reporting API; it has others.
VIOLATION = "csp-violation"
# What is counted by its name; anybody may send a report, and whatever else stands in it is one name more at most.
DIRECTIVES = frozenset(
    {
        "default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem",
        "style-src-attr", "connect-src", "img-src", "font-src", "media-src", "object-src", "frame-src", "worker-src",
        "manifest-src", "base-uri", "form-action", "frame-ancestors",
    }
)  # fmt: skip
BLOCKED = frozenset({"inline", "eval", "wasm-eval", "data", "blob"})
OTHER = "other"
_FORM = ConfigDict(extra="ignore", strict=True, frozen=True)

TellViolation = Callable[[str, str], None]


class Violation(BaseModel):
    """What was not let happen, in the Reporting API's names."""

    model_config = _FORM
    directive: Annotated[Text, Field(alias="effectiveDirective")] = ""
    blocked: Annotated[Text | None, Field(alias="blockedURL")] = None


class Report(BaseModel):
    """One report of the Reporting API."""

    model_config = _FORM
    type: Text
    body: Violation


class OldViolation(BaseModel):
    """What was not let happen, in the names of `report-uri`; the oldest browsers write the whole rule."""

    model_config = _FORM
    directive: Annotated[Text, Field(alias="effective-directive")] = ""
    rule: Annotated[Text, Field(alias="violated-directive")] = ""
    blocked: Annotated[Text, Field(alias="blocked-uri")] = ""


class OldReport(BaseModel):
    """A report of `report-uri`."""

    model_config = _FORM
    report: Annotated[OldViolation, Field(alias="csp-report")]


class PolicyReports(RootModel[Annotated[list[Report], Field(max_length=MOST_REPORTS)] | OldReport]):
    """The body of a request with reports, in either form."""

    def violations(self) -> Iterator[tuple[str, str]]:
        """Directive and blocked address of each violation, as they were written."""
        if isinstance(self.root, OldReport):
            told = self.root.report
            yield told.directive or told.rule.partition(" ")[0], told.blocked
            return
        for report in self.root:
            if report.type == VIOLATION:
                yield report.body.directive, report.body.blocked or ""


def policy_reports(tell: TellViolation) -> Blueprint:
    """The route; `tell` counts a violation by its directive and by what kind of thing was blocked."""
    blueprint = Blueprint("policy", __name__)

    @blueprint.post(POLICY_REPORTS)
    def reports() -> Response:
        for directive, blocked in PolicyReports.model_validate(json_body(CONTENT_TYPES)).violations():
            tell(directive if directive in DIRECTIVES else OTHER, _kind(blocked))
        return Response(status=204)

    return blueprint


def _kind(blocked: str) -> str:
    """What browsers call it by a word, the scheme of what has no host, or whose address it is: `own` or `elsewhere`."""
    if blocked.startswith(("https://", "http://")):
        return "own" if f"{blocked}/".startswith(request.host_url) else "elsewhere"
    word = blocked.partition(":")[0]
    return word if word in BLOCKED else OTHER
