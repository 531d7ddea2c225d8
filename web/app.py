"""The web application: its routes, its errors, its headers."""

from zoneinfo import ZoneInfo

from flask import Flask

from bot.assistant import Assistant
from bot.search import EntrySearch
from web.chat_api import chat_api
from web.client import register_proxies
from web.console.console import Site, console
from web.content_api import content_api
from web.conversation_api import conversation_api
from web.cors import register_cors
from web.feedback_api import feedback_api
from web.handoff_api import handoff_api
from web.headers import register_headers
from web.health import health
from web.help.crawlers import crawlers
from web.help.origin import PublicOrigin
from web.help.pages import help_pages
from web.hosts import register_hosts
from web.json_body import LARGEST_BODY
from web.logs import register_request_log
from web.mail.recipient import recipient_of
from web.metrics import Metrics
from web.metrics_page import metrics_page
from web.openapi.routes import openapi
from web.pages import pages
from web.policy_reports import policy_reports
from web.problems import register_problems
from web.rate_limits import register_rate_limits
from web.redaction import redactor
from web.search_api import search_api
from web.settings import Settings
from web.storage.conversations import ConversationStore
from web.storage.database import Database
from web.storage.handoffs import HandoffStore
from web.storage.ratings import RatingStore
from web.storage.records import RecordStore
from web.storage.retention import Retention
from web.thinking import THINKING, Thinking
from web.widget import Offers, widget


def create_app(settings: Settings, assistant: Assistant) -> Flask:
    """The application over an open assistant; the database is opened by the first request that needs it."""
    app = Flask(__name__)
    # One more than is taken: a body sent in chunks is cut off here without a word, and must be seen to be too large.
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY + 1
    database = Database(settings.database_url)
    retention = Retention(settings.conversation_days)
    metrics = Metrics(assistant.index.manifest, assistant.index.base.version)
    metrics.watch(app)
    register_request_log(app)
    register_hosts(app)
    thinking = app.extensions[THINKING] = Thinking(metrics)
    searcher = EntrySearch(assistant)
    origin = PublicOrigin(settings.public_url)
    redact = redactor(assistant.reader)
    app.register_blueprint(
        chat_api(assistant, ConversationStore(database, retention), thinking, redact=redact, metrics=metrics)
    )
    app.register_blueprint(feedback_api(RatingStore(database, retention), redact))
    app.register_blueprint(conversation_api(RecordStore(database, retention)))
    handoffs = HandoffStore(database, retention, recipient_of(settings, assistant.index.base))
    app.register_blueprint(handoff_api(handoffs, redact))
    app.register_blueprint(search_api(assistant, searcher, thinking))
    app.register_blueprint(content_api(assistant))
    app.register_blueprint(health(assistant, database))
    app.register_blueprint(
        widget(
            assistant.index.base, days=settings.conversation_days, offers=Offers(handoff=True, erase=True, help=True)
        )
    )
    app.register_blueprint(pages(assistant.index.base))
    app.register_blueprint(help_pages(assistant, searcher, thinking=thinking, origin=origin))
    app.register_blueprint(crawlers(assistant.index.base, origin))
    site = Site(origin, settings.insecure_cookies, retention, ZoneInfo(settings.time_zone))
    app.register_blueprint(console(assistant, searcher, database, thinking=thinking, site=site))
    app.register_blueprint(openapi())
    app.register_blueprint(metrics_page(metrics))
    app.register_blueprint(policy_reports(metrics.tell_violation))
    register_problems(app)
    register_cors(app, settings.allowed_origins)
    register_headers(app, public_url=settings.public_url)
    register_rate_limits(app, enabled=settings.rate_limits)
    register_proxies(app, settings.trusted_proxies)
    return app
