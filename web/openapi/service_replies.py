"""What health checks answer, and problems, as models: from them come the schemas of the OpenAPI document."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class Live(BaseModel):
    """The process lives."""

    status: Literal["ok"]


class Ready(Live):
    """The process can answer."""

    kb_version: str


class WrongField(BaseModel):
    """What is wrong with one field."""

    field: str
    detail: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: Annotated[str, Field(description='"about:blank": the status says it all.')]
    title: str
    status: int
    detail: str
    errors: Annotated[list[WrongField] | None, Field(description="Of status 422 only.")] = None
