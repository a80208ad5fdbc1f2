"""A process that has begun: it holds the command line ready, and each command is a process forked from it.

Most of a short command's time goes into beginning: importing, and reading the policies that ship.
"""

import gc
import json
import os
import socket
import sys

LARGEST = 1 << 20
"""Bytes of one question: words, environment and folder."""


def serve(asked):
    """Fork for each question that comes, tell how each ended, and return in the forked process what its words are."""
    while True:
        question, streams, _, _ = socket.recv_fds(asked, LARGEST, 3)
        if not question:
            os._exit(0)
        child = os.fork()
        if child == 0:
            asked.close()
            return _become(json.loads(question), streams)
        for stream in streams:
            os.close(stream)
        asked.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _become(question, streams):
    """Take the streams, the folder and the environment that were sent, as a process that is started does."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115  # for as long as it lives
    os.environ.clear()
    os.environ.update(question["environment"])
    os.chdir(question["folder"])
    return question["words"]


def _ready():
    """Read what ships once: what is written in it is known by its bytes, in this process as in each that is forked."""
    from asnpolicy.policy.library import load, regions

    for region in regions():
        load(region)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":  # not in a process that `--jobs` starts
    from asnpolicy.cli.app import main

    _ready()
    sys.argv = ["asnpolicy", *serve(socket.socket(fileno=int(sys.argv[1])))]
    main()
