"""A service that decides over HTTP, with FastAPI: people come in as `Employee`, decisions go out as certificates."""

from datetime import date
from typing import Annotated

from fastapi import FastAPI, HTTPException, Path
from pydantic import BaseModel

from asnpolicy import Agency, Certificate, Employee, Engine, PolicyError

ENGINE = Engine.load("jakarta")  # once, when the process begins: it is immutable, and threads may share it


class Asked(BaseModel):
    """Of whom, on which day; for a rule that leads into a vacant post the agency and the opening too."""

    employee: Employee
    as_of: date
    agency: Agency = Agency()
    target: str | None = None


app = FastAPI(title="Career decisions")


class Offered(BaseModel):
    """A rule that can be asked, with what it needs beside the person: an opening, a mentor, an agency."""

    id: str
    title: str
    needs: tuple[str, ...]


@app.get("/rules")
def rules() -> list[Offered]:
    """List the rules."""
    return [Offered(id=rule.id, title=rule.title.id, needs=rule.needs) for rule in ENGINE.rules]


@app.post("/decisions/{rule}")
def decide(rule: Annotated[str, Path(description="the id of a rule")], asked: Asked) -> Certificate:
    """Decide one rule for one person, as a certificate that proves the decision a year later."""
    try:
        decision = ENGINE.decide(asked.employee, rule, as_of=asked.as_of, agency=asked.agency, target=asked.target)
    except PolicyError as error:
        raise HTTPException(422, [problem.message.to("id") for problem in error.problems]) from None
    return decision.certificate()
