"""Files that a command writes: whole or not at all, never in place of what is no plain file, with nothing left behind."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from asnpolicy import PolicyError
from asnpolicy.cli import files, stopping
from asnpolicy.cli.files import PREFIX, written, written_bytes

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
SLOW = """
import sys, time
from importlib import import_module
from asnpolicy.cli.files import written
app = import_module("asnpolicy.cli.app")

def command():
    with written(sys.argv[1]) as out:
        out.write("half")
        print("ready", flush=True)
        time.sleep(60)

app.run = command
app.main()
"""


@contextmanager
def umask(mask):
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def put(path, text="new\n"):
    with written(str(path)) as out:
        out.write(text)


@pytest.mark.parametrize(("mask", "rights"), [(0o077, 0o600), (0o022, 0o644), (0o027, 0o640), (0o000, 0o666)])
def test_a_new_file_obeys_the_umask(tmp_path, mask, rights):
    """What the process may not let others read, they can't."""
    with umask(mask):
        put(tmp_path / "a.csv")
        assert os.umask(mask) == mask, "the mask is as it was"
    assert mode(tmp_path / "a.csv") == rights


@pytest.mark.parametrize("rights", [0o600, 0o640, 0o644, 0o664])
def test_an_existing_file_keeps_its_rights(tmp_path, rights):
    """Whatever the umask says, and though it is another file that takes its place."""
    path = tmp_path / "a.csv"
    path.write_text("old, and longer than the new\n", encoding="utf-8")
    path.chmod(rights)
    with umask(0o077):
        put(path)
    assert (path.read_text(encoding="utf-8"), mode(path)) == ("new\n", rights)


@pytest.mark.skipif(not AS_ROOT, reason="only the administrator may give files away")
def test_an_existing_file_keeps_its_owner(tmp_path):
    """A file of somebody else is still theirs."""
    path = tmp_path / "a.csv"
    path.touch()
    os.chown(path, 1234, 2345)
    put(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def test_whose_group_can_t_be_kept_may_not_be_read_by_another(tmp_path, monkeypatch):
    """A list for one group is not shown to the group of whoever runs the command."""
    path = tmp_path / "a.csv"
    path.touch()
    path.chmod(0o660)

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "chown", refuse)
    other = os.stat_result((0o100660, 1, 1, 1, path.stat().st_uid, path.stat().st_gid + 1, 0, 0, 0, 0))
    monkeypatch.setattr(files, "_looked_up", lambda _: other)
    put(path)
    assert mode(path) == 0o600


def test_a_link_is_followed_to_its_target(tmp_path):
    """The link stays a link, through any number of them, and to a file that is still to be made."""
    (tmp_path / "far").mkdir()
    target = tmp_path / "far" / "a.csv"
    (tmp_path / "link").symlink_to(target)
    (tmp_path / "second").symlink_to("link")
    for text in ("first\n", "again\n"):
        put(tmp_path / "second", text)
        assert target.read_text(encoding="utf-8") == text
    assert (tmp_path / "second").is_symlink()
    assert (tmp_path / "link").is_symlink()
    assert not target.is_symlink()
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.csv", "far", "link", "second"]


def test_a_link_that_leads_nowhere_is_told(tmp_path):
    """There is no folder for the file, or no end to the links."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere" / "a.csv")
    with pytest.raises(PolicyError, match="there is no folder"):
        put(tmp_path / "link")
    (tmp_path / "round").symlink_to("round")
    with pytest.raises(OSError, match="symbolic links"):
        put(tmp_path / "round")


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    """It is opened, never replaced, by its own name or through a link."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to(pipe)
    for name in ("pipe", "link"):
        read = []
        reader = threading.Thread(target=lambda read=read: read.append(pipe.read_text(encoding="utf-8")))
        reader.start()
        put(tmp_path / name)
        reader.join()
        assert read == ["new\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "pipe"]


def test_what_is_no_file_is_refused_and_left_alone(tmp_path, monkeypatch):
    """A socket, a folder, a folder through a link."""
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tmp_path)  # the name of a socket must be short
        listening.bind("s")
        (tmp_path / "folder").mkdir()
        (tmp_path / "link").symlink_to("folder")
        for name in ("s", "folder", "link"):
            with pytest.raises(PolicyError, match="give the name of a file"):
                put(tmp_path / name)
        assert stat.S_ISSOCK((tmp_path / "s").stat().st_mode)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "link", "s"]


def device(number):
    """Return how a character device of this number looks; none is ever opened here."""
    return SimpleNamespace(st_mode=stat.S_IFCHR | 0o666, st_rdev=number, st_ino=0, st_dev=0)


def test_a_device_is_not_opened_unless_text_is_meant_for_it(tmp_path, monkeypatch):
    """Only to open some of them may end the machine; the null device takes anything."""
    assert files._takes_text(device(Path(os.devnull).stat().st_rdev))
    monkeypatch.setattr(files, "_looked_up", lambda _: device(os.makedev(10, 130)))
    with pytest.raises(PolicyError, match="is no file that can be written"):
        put(tmp_path / "a")
    monkeypatch.setattr(files, "_looked_up", lambda _: SimpleNamespace(st_mode=stat.S_IFBLK, st_ino=0, st_dev=0))
    with pytest.raises(PolicyError, match="is no file that can be written"):
        put(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(AS_ROOT, reason="the administrator may write everywhere")
def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path):
    """A folder that may be written is no way round the rights of the file."""
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o400)
    with pytest.raises(PolicyError, match="may not be written"):
        put(path)
    assert path.read_text(encoding="utf-8") == "old"


def test_while_it_is_written_the_file_is_its_owner_s_and_can_be_recognised(tmp_path):
    """Beside the target, under a name that says whose it is; the target has the old text until the end."""
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o644)
    with umask(0o000), written(str(path)) as out:
        out.write("new")
        out.flush()
        beside = [p for p in tmp_path.iterdir() if p != path]
        assert [(p.name.startswith(PREFIX), mode(p)) for p in beside] == [(True, 0o600)]
        assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize(
    "error", [ValueError, KeyboardInterrupt, SystemExit, BrokenPipeError, GeneratorExit, stopping.Stopped]
)
def test_nothing_is_left_when_something_goes_wrong(tmp_path, error):
    """Whatever stops the writing, the old file is as it was, and there is no other."""
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")

    def fail():
        with written(str(path)) as out:
            out.write("half")
            raise error(1)

    with pytest.raises(error):
        fail()
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("a.csv", "old")]


def test_nothing_is_left_when_there_is_no_room(tmp_path):
    """The last of the text fails to be written only when the file is closed."""
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "from importlib import import_module; app = import_module('asnpolicy.cli.app')\n"
        "from asnpolicy.cli.files import written\n"
        "def command():\n    with written(sys.argv[1]) as out: out.write('x' * 5000)\n"
        "app.run = command; app.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.csv"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "can't use `the file`: file too large" in done.stderr
    assert "Traceback" not in done.stderr


def test_bytes_are_written_alike(tmp_path):
    """A workbook is no text."""
    with written_bytes(str(tmp_path / "a.xlsx")) as out:
        out.write(b"\x00\xff")
    assert (tmp_path / "a.xlsx").read_bytes() == b"\x00\xff"


def test_standard_output_by_whatever_name_is_written_to_as_it_stands(tmp_path):
    """What a shell has opened for us is continued, not replaced: what was in it stays."""
    log = tmp_path / "log"
    log.write_text("before\n", encoding="utf-8")
    code = "import sys\nfrom asnpolicy.cli.files import written\nwith written(sys.argv[1]) as out: out.write('new\\n')"
    (tmp_path / "link").symlink_to(log)
    (tmp_path / "stdout").symlink_to("/proc/self/fd/1")
    for name in (log, tmp_path / "link", tmp_path / "stdout", "-"):
        with log.open("a", encoding="utf-8") as opened:
            subprocess.run([sys.executable, "-c", code, name], stdout=opened, check=True)
    assert log.read_text(encoding="utf-8") == "before\n" + "new\n" * 4
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "log", "stdout"]
    piped = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "stdout"], capture_output=True, text=True, check=True
    )
    assert piped.stdout == "new\n"


@pytest.mark.parametrize("name", stopping.NAMES)
def test_a_signal_ends_a_command_cleanly_and_as_that_signal(tmp_path, name):
    """Nothing is left, the old file is as it was, and whoever started it sees which signal it was."""
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    number = getattr(signal, name)
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # noqa: PLW1509  # whoever runs the tests may ignore it
    ) as started:  # fmt: skip
        assert started.stdout.readline() == b"ready\n"
        assert len(list(tmp_path.iterdir())) == 2
        started.send_signal(number)
        _, told = started.communicate(timeout=30)
    assert (started.returncode, told) == (-number, b"")
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("a.csv", "old")]


def test_a_command_that_is_to_outlive_its_terminal_does(tmp_path):
    """Under `nohup` a hangup is ignored, and stays so."""
    code = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n{SLOW.replace('sleep(60)', 'sleep(1)')}"
    with subprocess.Popen([sys.executable, "-c", code, tmp_path / "a"], stdout=subprocess.PIPE) as started:
        assert started.stdout.readline() == b"ready\n"
        started.send_signal(signal.SIGHUP)
        started.communicate(timeout=30)
    assert started.returncode == 0
    assert (tmp_path / "a").read_text(encoding="utf-8") == "half"


def test_a_shell_sees_the_status_that_is_usual(tmp_path):
    """128 and the number of the signal."""
    out = tmp_path.parent / f"{tmp_path.name}.out"
    command = f"{sys.executable} -c '{SLOW}' {tmp_path / 'a'} > {out} & until [ -s {out} ]; do sleep 0.1; done; kill -TERM $!; wait $!; echo $?"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert out.read_text(encoding="utf-8") == "ready\n"
    assert done.stdout.split() == ["143"]
    assert list(tmp_path.iterdir()) == []
