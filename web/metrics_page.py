"""`/metrics`: the numbers of the server, for machines of its own network only."""

from ipaddress import ip_address

from flask import Blueprint, Response, request

from web.metrics import Metrics
from web.problems import problem


def metrics_page(metrics: Metrics) -> Blueprint:
    """The route; to clients outside private networks there is nothing at this address."""
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get("/metrics")
    def numbers() -> Response:
        if not _is_near(request.remote_addr):
            return problem(404)
        response = Response(metrics.text(), content_type=metrics.content_type)
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint


def _is_near(address: str | None) -> bool:
    try:
        return ip_address(address or "").is_private
    except ValueError:
        return False
