"""The parts of the console that show what customers have asked, and what came of it."""

from dataclasses import dataclass

from flask import Blueprint

from web.console.case_pages import CasePages
from web.console.conversation_pages import ConversationPages
from web.console.rendering import Renderer
from web.console.share_pages import SharePages
from web.console.vain_groups import VainGroups
from web.console.vain_pages import VainPages
from web.storage.browse import ConversationList
from web.storage.cases import CaseStore
from web.storage.database import Database
from web.storage.meanings import MeaningStore
from web.storage.records import RecordStore
from web.storage.retention import Retention
from web.storage.shares import ShareStore
from web.storage.vain import VainStore


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept, and how long."""

    database: Database
    retention: Retention


def add_conversations(blueprint: Blueprint, renderer: Renderer, kept: Kept) -> None:
    """Add the routes: conversations and cases for all, what was asked in vain and shares for leads."""
    place = (kept.database, kept.retention)
    ConversationPages(renderer, ConversationList(*place), RecordStore(*place)).add_to(blueprint)
    CasePages(renderer, CaseStore(*place)).add_to(blueprint)
    meanings = MeaningStore(*place, renderer.assistant.index.manifest.name)
    VainPages(renderer, meanings, VainGroups(VainStore(*place), meanings)).add_to(blueprint)
    SharePages(renderer, ShareStore(*place)).add_to(blueprint)
