"""A PostgreSQL of the tests' own: on a free port of this machine, with its data in a temporary folder, stopped when done."""

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

HOST = "127.0.0.1"
OWNER, PASSWORD = "bkd", "r@hasia/#1"  # of a server that lives for a test; it has what must be escaped in it


def binaries():
    """Give the folder of the server's programs; None where they are not installed."""
    there = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    own = shutil.which("initdb")
    return there[-1] if there else Path(own).parent if own else None


def _user():
    """Give a user whom the server accepts: it refuses to be root's; None where there is no other."""
    if os.geteuid() != 0:
        return {}
    names = {one.pw_name for one in pwd.getpwall()}
    found = next((name for name in ("postgres", "nobody") if name in names), None)
    return None if found is None else {"user": found, "group": pwd.getpwnam(found).pw_gid, "extra_groups": []}


def why_not():
    """Say why there is no server to be had; empty where there is one."""
    if binaries() is None:
        return "PostgreSQL is not installed: apt-get install postgresql"
    return "" if _user() is not None else "PostgreSQL refuses to be run by root, and there is nobody else"


def _free_port():
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]


@contextmanager
def server():
    """Start a server with its data in a folder of its own, and give what to connect to as (host, port, user, password)."""
    with TemporaryDirectory(prefix="postgres-") as folder:  # not in those of pytest, which are its user's alone
        yield from _started(Path(folder))


def _started(folder):
    user, port, data = _user(), _free_port(), folder / "data"
    secret = folder / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    if user:
        for one in (folder, secret):
            shutil.chown(one, user["user"])
    own = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": folder, "env": {"LC_ALL": "C", "PATH": os.environ["PATH"]}, **(user or {})}  # fmt: skip
    programs = binaries()
    words = ("-A", "scram-sha-256", "-U", OWNER, "--pwfile", secret, "-E", "UTF8", "--no-sync")
    subprocess.run([programs / "initdb", "-D", data, *words], check=True, **own)
    options = f"-p {port} -c listen_addresses={HOST} -c unix_socket_directories='' -c fsync=off"
    subprocess.run(
        [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], check=True, **own
    )
    try:
        yield HOST, port, OWNER, PASSWORD
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], check=True, **own)
