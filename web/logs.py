"""Logs: one JSON object a line on standard output, and nothing in them that customers typed or that tells who they are.

A request's line has its route and not its address, in which a query may stand. Of what libraries log, the words that
are the same every time are kept, with numbers and the names of signals among them, and of an error its kind and place,
not its message.
"""

import json
import logging
import re
import secrets
import signal
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import cast

import structlog
from flask import Flask, Response, g, request
from gunicorn.glogging import Logger
from structlog.typing import EventDict, WrappedLogger

from web.metrics import seconds_so_far

REQUESTS = "radce.requests"
SECURITY = "radce.security"
# What a line about security may tell beside the event.
SECURITY_FIELDS = ("agent", "reason", "route")
# Places of an error that are told, from the inside.
_DEEPEST_PLACES = 5
# Where a library puts an argument into its words.
_ARGUMENT = re.compile("%[sdir]")
# Arguments that are shown beside numbers.
_SIGNALS = frozenset(signal.Signals.__members__)

# From the logging module back to who called GunicornLogger: through gunicorn's method and ours.
_CALLER = 3

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure_logs(*, requests: bool) -> None:
    """Write logs of this process: of ours and of libraries warnings and errors, what concerns security in any case.

    `requests`: a line for every request, too.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        _Formatter(
            processors=[
                _with_error,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            pass_foreign_args=True,
            foreign_pre_chain=[_without_arguments, structlog.stdlib.ExtraAdder(SECURITY_FIELDS), *_named()],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(REQUESTS).setLevel(logging.INFO if requests else logging.WARNING)
    logging.getLogger(SECURITY).setLevel(logging.INFO)


def log_security(event: str, agent: int | None, **fields: str) -> None:
    """Write down what an agent did or was refused: the number of the account (None: nobody's), never a name.

    `fields`: of SECURITY_FIELDS, words of a fixed set.
    """
    logging.getLogger(SECURITY).info(event, extra={"agent": agent, **fields})


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """The lines of requests are written already: a fifth of what a line costs otherwise, and each request has one."""

    def format(self, record: logging.LogRecord) -> str:
        return str(record.msg) if record.name == REQUESTS else super().format(record)


def register_request_log(app: Flask) -> None:
    """Name every request, and log it."""
    log = logging.getLogger(REQUESTS)

    @app.before_request
    def name() -> None:
        g.request_id = secrets.token_hex(8)

    @app.after_request
    def write(response: Response) -> Response:
        request_id = g.get("request_id") or secrets.token_hex(8)
        response.headers["X-Request-ID"] = request_id
        if log.isEnabledFor(logging.INFO):
            log.info(_line(request_id, response.status_code))
        return response


def _line(request_id: str, status: int) -> str:
    fields = {
        "request_id": request_id,
        "method": request.method,
        "route": request.endpoint or "none",
        "status": status,
        "milliseconds": round(seconds_so_far() * 1000, 1),
        "event": "request",
        "logger": REQUESTS,
        "level": "info",
        "timestamp": datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
    }
    return json.dumps(fields, ensure_ascii=False)


class GunicornLogger(Logger):  # type: ignore[misc]
    """gunicorn's own log, among the others."""

    def setup(self, cfg: object) -> None:
        """Leave writing to the root logger."""
        super().setup(cfg)
        self.error_log.handlers = []
        self.error_log.propagate = True

    # The place of what is logged is where gunicorn says so, not the method through which it does.

    def critical(self, msg: object, *args: object, **kwargs: object) -> None:
        """What makes gunicorn act."""
        super().critical(msg, *args, **kwargs, stacklevel=_CALLER)

    def error(self, msg: object, *args: object, **kwargs: object) -> None:
        """What went wrong."""
        super().error(msg, *args, **kwargs, stacklevel=_CALLER)

    def warning(self, msg: object, *args: object, **kwargs: object) -> None:
        """What may be wrong."""
        super().warning(msg, *args, **kwargs, stacklevel=_CALLER)

    def exception(self, msg: object, *args: object, **kwargs: object) -> None:
        """What went wrong, with its error."""
        super().exception(msg, *args, **kwargs, stacklevel=_CALLER)


def _named() -> list[structlog.typing.Processor]:
    return [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _without_arguments(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """What a library's own code says, and nothing of what it says it about."""
    record = cast(logging.LogRecord, event["_record"])
    event["event"] = _words(record, event.pop("positional_args", ()))
    if record.exc_info:
        event["exc_info"] = record.exc_info
    return event


def _words(record: logging.LogRecord, arguments: tuple[object, ...]) -> str:
    if arguments:
        shown = map(_shown, arguments)
        return _ARGUMENT.sub(lambda _: next(shown, "..."), str(record.msg))
    # Without arguments, gunicorn may have put an address into its words itself: then the place is told.
    return f"{record.module}.{record.funcName}" if record.name.startswith("gunicorn") else str(record.msg)


def _shown(argument: object) -> str:
    is_signal = isinstance(argument, str) and argument in _SIGNALS
    return str(argument) if is_signal or isinstance(argument, int) else "..."


def _with_error(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An error's kind and places."""
    told = event.pop("exc_info", None)
    if isinstance(told, tuple) and told[0] is not None:
        kind, _, trace = cast(ErrorInfo, told)
        places = traceback.extract_tb(trace)[-_DEEPEST_PLACES:]
        event["error"] = f"{kind.__module__}.{kind.__name__}"
        event["places"] = [f"{place.filename}:{place.lineno} {place.name}" for place in places]
    with_request(event)
    return event


def with_request(event: EventDict) -> None:
    """Name the request that the event belongs to, where there is one."""
    if g and "request_id" not in event and "request_id" in g:
        event["request_id"] = g.request_id
