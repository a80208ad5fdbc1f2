"""`asnpolicy schema`: what editors and other programs need to know of our formats."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from asnpolicy.cli.files import written
from asnpolicy.cli.output import wrong_use
from asnpolicy.policy.library import load
from asnpolicy.text import phrase


def schema(
    what: Annotated[str, typer.Argument(help="policy, employee or certificate")],
    region: Annotated[
        str | None, typer.Option("--for", help="a region: its schema knows the names that are declared there")
    ] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
) -> None:
    """Print the JSON Schema of policy files, of employees or of certificates.

    \b
    Examples:
      asnpolicy schema policy -o policies/policy.schema.json
      asnpolicy schema policy --for policies/kota-salatiga -o policies/kota-salatiga/policy.schema.json
      asnpolicy schema employee
      asnpolicy schema certificate -o policies/certificate.schema.json
    """
    if what == "policy":
        from asnpolicy.policy.region_schema import region_schema  # noqa: PLC0415  # only this command needs it
        from asnpolicy.policy.schema import policy_schema  # noqa: PLC0415

        made = policy_schema() if region is None else region_schema(load(region))
    elif what == "employee":
        from asnpolicy.people import Employee  # noqa: PLC0415

        made = Employee.model_json_schema()
    elif what == "certificate":
        from asnpolicy.decisions.certificate import certificate_schema  # noqa: PLC0415

        made = certificate_schema()
    else:
        raise wrong_use(
            phrase(en="there is no schema of `{what}`", id="tidak ada skema `{what}`", what=what),
            phrase(
                en="choose `policy`, `employee` or `certificate`", id="pilih `policy`, `employee`, atau `certificate`"
            ),
        )
    indent, colon = (0, ":") if what == "policy" else (2, ": ")  # an editor reads it whole: small, and still a line a word
    with written(output) as out:
        out.write(json.dumps(made, ensure_ascii=False, indent=indent, separators=(",", colon)) + "\n")
