"""Pinning entries."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from web.console.guard import signed_in
from web.console.pins import Pins
from web.console.rendering import Renderer


@dataclass(frozen=True, slots=True)
class PinRoutes:
    """Answers the route."""

    renderer: Renderer
    pins: Pins

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the route."""
        blueprint.post("/pins/<entry_id>")(self.change_pin)

    def change_pin(self, entry_id: str) -> AnyResponse:
        """Pin or unpin the entry, and back to it."""
        desk = self.renderer.desk()
        if entry_id not in desk.base.entry_of:
            raise NotFound
        change = self.pins.pin if request.form.get("pinned") == "yes" else self.pins.unpin
        change(signed_in(), entry_id)
        return redirect(desk.entry_address(entry_id), 303)
