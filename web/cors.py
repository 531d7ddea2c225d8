"""Pages of other origins: which of them may read what the server answers (CORS)."""

from collections.abc import Collection

from flask import Flask, Response, request

# What the widget needs on another origin: its files, and the API.
OPEN_TO_ORIGINS = ("/api/v1/", "/widget/")
# Seconds for which a browser need not ask again whether it may ask.
PREFLIGHT_AGE = 7200


def register_cors(app: Flask, allowed: Collection[str]) -> None:
    """Let pages of the allowed origins read the API and the widget; to all others the headers say nothing."""

    @app.after_request
    def add(response: Response) -> Response:
        if not request.path.startswith(OPEN_TO_ORIGINS):
            return response
        if "Vary" in response.headers:
            response.vary.add("Origin")
        else:  # as it nearly always is; this costs a tenth
            response.headers["Vary"] = "Origin"
        origin = request.headers.get("Origin")
        if origin is None or origin not in allowed:
            return response
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(response.allow))
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
            response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_AGE)
        return response
