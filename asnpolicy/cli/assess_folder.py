"""Assessing a folder of tables, or a database: to Parquet, with how far it is and what was amiss."""

from __future__ import annotations

from pathlib import Path

from asnpolicy.arguments import is_address
from asnpolicy.cli.near_note import near_note
from asnpolicy.cli.output import FINDING, FINE, tell, wrong_use
from asnpolicy.cli.people import People
from asnpolicy.cli.progress import progress
from asnpolicy.engine import Engine
from asnpolicy.policy.near import NearCodes
from asnpolicy.problems import missing_extra
from asnpolicy.text import Text, phrase

PARQUET = "parquet"
NO_FOLDER = phrase(
    en="`--format parquet` writes a folder, and none is named",
    id="`--format parquet` menulis folder, tetapi tidak ada yang disebut",
)


def assessed_folder(engine: Engine, source: str, target: str | None, jobs: int, **asked: object) -> int:
    """Decide about everybody in a folder, or a database, and write the answers to another; return the exit status."""
    if not is_address(source) and not Path(source).is_dir():
        raise wrong_use(
            phrase(en="`{source}` is no folder", id="`{source}` bukan folder", source=source),
            phrase(
                en="`--format parquet` reads a folder of tables: `asnpolicy synth` makes one",
                id="`--format parquet` membaca folder berisi tabel: `asnpolicy synth` membuatnya",
            ),
        )
    if target in (None, "-"):
        raise wrong_use(NO_FOLDER, phrase(en="add `-o FOLDER`", id="tambahkan `-o FOLDER`"))
    maker = engine.frame_maker(**asked)  # type: ignore[arg-type]  # as the command read them
    try:
        from asnpolicy.exchange.folders import assess_folder  # noqa: PLC0415  # needs an extra
        from asnpolicy.workforce.source import opened  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise missing_extra("a workforce in tables", "columns") from error
    with opened(source) as there, progress("employees assessed", there.rows()) as advance:
        run = assess_folder(
            maker, there, str(target), policy=engine.policy.digest, codes=NearCodes.of(engine.policy, maker.agency), jobs=jobs,
            advance=lambda done: advance(done, done),
        )  # fmt: skip
    for line in run.told():
        tell(line)
    if found := run.near.told():
        tell(near_note(People(source).name, found, listed=False))
    before = Text(
        f"; {run.taken_up} bagian sudah ada dari proses sebelumnya",
        f"; {run.taken_up} parts were there from a run before",
    )
    tell(
        phrase(
            en="{people} {who} in `{target}`, {passed_on} of them decided one by one{again}",
            id="{people} orang dalam `{target}`, {passed_on} di antaranya diputus satu per satu{again}",
            people=run.people,
            who="person" if run.people == 1 else "people",
            target=target,
            passed_on=run.passed_on,
            again=before if run.taken_up else "",
        )
    )
    return FINDING if run.amiss else FINE


def refuse(**given: object) -> None:
    """Raise PolicyError for an option that says nothing where a folder is assessed."""
    for option, value in given.items():
        if value:
            raise wrong_use(
                phrase(
                    en="`--{option}` has no meaning with `--format parquet`",
                    id="`--{option}` tidak ada artinya bersama `--format parquet`",
                    option=option,
                ),
                phrase(en="leave it out: the answer has all rows", id="hapus saja: jawabannya memuat semua baris"),
            )
