"""Headers that every response carries."""

from flask import Flask, Response, request

# Where browsers report what the policy kept a page from, and the name that the policy calls it by.
POLICY_REPORTS = "/policy-reports"
_REPORTS = "policy"
# Scripts, styles and requests of this server only: nothing that a reply might hold can be run, framed or sent away.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        f"report-uri {POLICY_REPORTS}",  # for browsers that do not know the next one
        f"report-to {_REPORTS}",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Reporting-Endpoints": f'{_REPORTS}="{POLICY_REPORTS}"',
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# For files whose address has a version.
FOR_EVER = "public, max-age=31536000, immutable"
# A year, as the lists of browsers ask for.
TRANSPORT_SECURITY = "max-age=31536000; includeSubDomains"


def security_headers(*, https: bool) -> dict[str, str]:
    """What every response carries; `https`: browsers are told to come by HTTPS from now on."""
    return {**SECURITY_HEADERS, **({"Strict-Transport-Security": TRANSPORT_SECURITY} if https else {})}


def is_https(public_url: str | None) -> bool:
    """Whether the public address says that browsers come by HTTPS."""
    return (public_url or "").startswith("https://")


def register_headers(app: Flask, *, public_url: str | None = None) -> None:
    """Add the security headers to every response of the app.

    Browsers are told to come by HTTPS only where they came by it, or where the public address says so.
    """
    public_https = is_https(public_url)
    plain, secure = (tuple(security_headers(https=https).items()) for https in (False, True))

    @app.after_request
    def add(response: Response) -> Response:
        # No route sets any of them, so that nothing has to be replaced.
        response.headers.extend(secure if public_https or request.is_secure else plain)
        # What the widget needs on other pages says so itself.
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = FOR_EVER
        return response
