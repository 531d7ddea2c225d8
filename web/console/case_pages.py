"""Cases: the list, one of them, and what an agent does with it."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from web.console.accounts import Role
from web.console.desk import ROOT
from web.console.guard import signed_in
from web.console.rendering import Renderer
from web.storage.cases import Case, CaseState, CaseStore

# What a list shows, by the name that its address has for it.
LISTS = {
    "waiting": (CaseState.OPEN, CaseState.TAKEN),
    "open": (CaseState.OPEN,),
    "taken": (CaseState.TAKEN,),
    "closed": (CaseState.CLOSED,),
}


@dataclass(frozen=True, slots=True)
class CasePages:
    """Answers the routes."""

    renderer: Renderer
    cases: CaseStore

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes."""
        blueprint.get("/cases")(self.list_cases)
        blueprint.get("/cases/<case_id>")(self.case)
        blueprint.post("/cases/<case_id>")(self.change_case)

    def list_cases(self) -> Response:
        """A page of the list."""
        chosen = request.args.get("list", "")
        chosen = chosen if chosen in LISTS else "waiting"
        page = self.cases.page(LISTS[chosen], request.args.get("after"))
        shown = {"part": "cases", "page": page, "lists": LISTS, "chosen": chosen}
        return self.renderer.page("cases.html", self.renderer.desk(), shown)

    def case(self, case_id: str) -> Response:
        """One case with what was said until then."""
        return self._shown(self._find(case_id))

    def change_case(self, case_id: str) -> AnyResponse:
        """Take, give back or close the case; who comes too late is told who has it."""
        self._find(case_id)
        if self._is_changed(case_id, request.form.get("action", "")):
            return redirect(f"{ROOT}/cases/{case_id}", 303)
        return self._shown(self._find(case_id), refused=True)

    def _is_changed(self, case_id: str, action: str) -> bool:
        agent = signed_in()
        # A lead may also end what an agent has begun, who may be ill.
        owner = None if agent.role is Role.LEAD else agent.id
        match action:
            case "take":
                return self.cases.take(case_id, agent.id)
            case "give_back":
                return self.cases.give_back(case_id, owner)
            case "close":
                return self.cases.close(case_id, owner)
        raise NotFound

    def _find(self, case_id: str) -> Case:
        case = self.cases.find(case_id)
        if case is None:
            raise NotFound
        return case

    def _shown(self, case: Case, *, refused: bool = False) -> Response:
        agent = signed_in()
        shown = {
            "part": "cases",
            "case": case,
            "turns": self.cases.transcript(case),
            "may_end": case.state is CaseState.TAKEN and (case.taken_by == agent.name or agent.role is Role.LEAD),
            "refused": refused,
        }
        return self.renderer.page("case.html", self.renderer.desk(), shown, status=409 if refused else 200)
