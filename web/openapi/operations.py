"""The operations of the API: what each takes and answers. A route without a row here fails a test."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from web.chat_request import ChatForm
from web.feedback_api import FeedbackForm
from web.handoff_api import HandoffForm
from web.headers import POLICY_REPORTS
from web.json_body import JSON
from web.openapi.chat_replies import ChatReply, ConversationReply, FeedbackReply, HandoffReply
from web.openapi.content_replies import ContactList, EntryList, VehicleList, WholeEntry
from web.openapi.search_replies import SearchReply, SuggestReply
from web.openapi.service_replies import Live, Ready
from web.parameters import LanguageParameter, SearchParameters, SuggestParameters
from web.policy_reports import CONTENT_TYPES, PolicyReports

# Problems of every route that reads JSON.
_OF_BODIES = (400, 413, 415, 422)
# Of every route that needs the database.
_OF_STORAGE = (404, 429, 503)
_CONVERSATION = {"conversation_id": "As the replies of the conversation name it."}


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one route.

    `path`: as the document writes it, with names in braces; `path_parameters`: what those names are; `content_types`:
    what the body may come as; `reply` None: an empty one; `problems`: the statuses that are told as problem details.
    """

    method: str
    path: str
    name: str
    summary: str
    reply: type[BaseModel] | None
    parameters: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    content_types: tuple[str, ...] = JSON
    path_parameters: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[int, ...] = ()
    status: int = 200

    @property
    def models(self) -> tuple[type[BaseModel], ...]:
        """The models that come in."""
        return tuple(model for model in (self.parameters, self.body) if model)


OPERATIONS = (
    Operation(
        "post", "/api/v1/chat", "chat", "The reply to a message.", ChatReply,
        body=ChatForm, problems=(*_OF_BODIES, *_OF_STORAGE),
    ),
    Operation(
        "post", "/api/v1/feedback", "feedback", "Keeps what a customer thinks of a reply.", FeedbackReply,
        body=FeedbackForm, problems=(*_OF_BODIES, *_OF_STORAGE),
    ),
    Operation(
        "post", "/api/v1/handoff", "handoff", "Keeps a customer's wish for a person, and mails it.", HandoffReply,
        body=HandoffForm, problems=(*_OF_BODIES, *_OF_STORAGE), status=202,
    ),
    Operation(
        "get", "/api/v1/conversations/{conversation_id}", "conversation", "All that is kept of a conversation.",
        ConversationReply, path_parameters=_CONVERSATION, problems=_OF_STORAGE,
    ),
    Operation(
        "delete", "/api/v1/conversations/{conversation_id}", "erase", "Erases a conversation with all of it.",
        None, path_parameters=_CONVERSATION, problems=_OF_STORAGE, status=204,
    ),
    Operation(
        "get", "/api/v1/search", "search", "Entries ranked for a query.", SearchReply,
        parameters=SearchParameters, problems=(422, 429),
    ),
    Operation(
        "get", "/api/v1/suggest", "suggest", "Questions that complete what is being typed.", SuggestReply,
        parameters=SuggestParameters, problems=(422, 429),
    ),
    Operation("get", "/api/v1/entries", "entries", "All entries.", EntryList, problems=(429,)),
    Operation(
        "get", "/api/v1/entries/{entry_id}", "entry", "One entry, whole.", WholeEntry,
        path_parameters={"entry_id": "As /api/v1/entries names it."}, problems=(404, 429),
    ),
    Operation(
        "get", "/api/v1/contacts", "contacts", "The contact address of every country.", ContactList,
        parameters=LanguageParameter, problems=(422, 429),
    ),
    Operation("get", "/api/v1/vehicles", "vehicles", "Models, generations, model years.", VehicleList, problems=(429,)),
    Operation(
        "post", POLICY_REPORTS, "policy_reports", "Counts what the content security policy kept a page from.", None,
        body=PolicyReports, content_types=CONTENT_TYPES, problems=(*_OF_BODIES, 429), status=204,
    ),
    Operation("get", "/health/live", "live", "Whether the process lives.", Live),
    Operation("get", "/health/ready", "ready", "Whether the process can answer.", Ready, problems=(503,)),
)  # fmt: skip
