"""Whether the process lives, and whether it can answer."""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from bot.assistant import Assistant
from web.problems import problem
from web.storage.database import Database


def health(assistant: Assistant, database: Database) -> Blueprint:
    """`/health/live` and `/health/ready`."""
    blueprint = Blueprint("health", __name__, url_prefix="/health")

    @blueprint.get("/live")
    def live() -> Response:
        return jsonify(status="ok")

    @blueprint.get("/ready")
    def ready() -> Response:
        try:
            database.check()
        except (OSError, SQLAlchemyError) as error:
            current_app.logger.error("not ready: the database does not answer", exc_info=error)
            return problem(503, "The database does not answer.")
        return jsonify(status="ok", kb_version=assistant.index.base.version)

    return blueprint
