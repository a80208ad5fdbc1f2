"""The commands, joined; what goes wrong becomes one clear message and an exit status, never a traceback."""

from __future__ import annotations

import os
import sys

import typer

from asnpolicy.cli import (
    assess,
    card,
    check,
    compare,
    disparity,
    explain,
    findings,
    mentor,
    new,
    notice,
    page,
    path,
    plan,
    prove,
    schema,
    sources,
    sql,
    summary,
    synth,
    talent,
    test,
    timeline,
    twins,
    usage,
    verify,
)
from asnpolicy.cli.help_id import speak_indonesian, whole_summaries
from asnpolicy.cli.language import Lang, spoken
from asnpolicy.cli.output import WRONG_USE, complain, say
from asnpolicy.cli.stopping import Stopped, end, heed
from asnpolicy.cli.terminal import guard
from asnpolicy.problems import PolicyError, refusal
from asnpolicy.version import VERSION

app = typer.Typer(
    name="asnpolicy",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Career policies of Indonesia's civil service: checked, tested, decided, explained.\n\n"
    "Exit status: 0 fine, 1 a finding, 2 wrong use, 3 unknown.",
)
app.command("check")(check.check)
app.command("test")(test.test)
app.command("assess")(assess.assess)
app.command("summary")(summary.summary)
app.command("findings")(findings.findings)
app.command("explain")(explain.explain)
app.command("notice")(notice.command)
app.command("mentor")(mentor.mentor)
app.command("prove")(prove.prove)
app.command("compare")(compare.compare)
app.command("disparity")(disparity.command)
app.command("twins")(twins.command)
app.command("timeline")(timeline.timeline)
app.command("path")(path.path)
app.command("card")(card.card)
app.command("plan")(plan.plan)
app.command("talent")(talent.talent)
app.command("successors")(talent.successors)
app.command("verify")(verify.verify)
app.command("sources")(sources.sources)
app.command("sql")(sql.sql)
app.command("schema")(schema.schema)
app.command("page")(page.page)
app.command("show")(page.show)
app.command("synth")(synth.synth)
app.add_typer(new.app, name="new", help="Begin something new.")


def _version(show: bool) -> None:
    if show:
        say(f"asnpolicy {VERSION}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and end."
    ),
    lang: Lang = None,
) -> None:
    """Career policies of Indonesia's civil service: checked, tested, decided, explained."""
    del version, lang


def run() -> None:
    """Run the command that is named, in the language that is asked for."""
    command = typer.main.get_command(app)
    whole_summaries(command)
    if spoken() == "id":
        speak_indonesian(command)
        usage.run(command, "asnpolicy")
    command(standalone_mode=True, prog_name="asnpolicy")


def main() -> None:
    """Run the command line."""
    guard()
    heed()
    try:
        run()
    except Stopped as stopped:
        end(stopped.number)
    except PolicyError as error:
        complain(error)
        sys.exit(WRONG_USE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        complain(refusal(error))
        sys.exit(WRONG_USE)
