"""Standing: a program with everything taken away that has no basis in law, for questions that are asked again without it."""

from __future__ import annotations

from asnpolicy.decisions.reading import built_on
from asnpolicy.decisions.standing import loosely_founded, partly_illustrative
from asnpolicy.language.rules import Program
from asnpolicy.policy.policy import Policy


def in_law(policy: Policy, program: Program, rule: str, known: Program | None = None) -> Program:
    """Return the rules of a policy that the law alone leaves; the same program where nothing about a rule is otherwise.

    `known`: what is left of the program, where that has been worked out.

    Criteria, exemptions and rules without a basis are left out, values and cells of a region fall back to those of its base.
    """
    found = program.rule(rule)
    weak = any(one.standing == "illustrative" or partly_illustrative(one) for one in built_on(found, program.by_id))
    if not weak and rule not in loosely_founded(program):
        return program
    return known or policy.lawful(program).program
