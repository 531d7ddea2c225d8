"""Headers that every response carries."""

from flask import Flask, Response

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
        "frame-ancestors 'self'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register_headers(app: Flask) -> None:
    """Add the security headers to every response of the app."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.update(SECURITY_HEADERS)
        return response
