"""A Spark cluster on this machine: a master and two workers, processes of their own on free ports, stopped when done."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
WORKERS = 2
PATIENCE = 60
"""Seconds until the cluster stands."""


def free_port():
    """Give a port on which nobody listens."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]


@contextmanager
def started(folder, name, *words):
    """Run a daemon of Spark until the block ends; what it says is in a file."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_MEMORY": "256m", "SPARK_NO_DAEMONIZE": "1",
        "SPARK_LOCAL_DIRS": str(folder / "local"),
    }  # fmt: skip
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [str(home / "bin" / "spark-class"), *map(str, words)], env=environment, cwd=folder, stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def alive(port):
    """Count the workers that a master knows."""
    try:
        with urlopen(f"http://{HOST}:{port}/json/", timeout=5) as page:  # the master's own
            return json.load(page)["aliveworkers"]
    except OSError:
        return 0


@contextmanager
def cluster(folder):
    """Start a master and its workers; give the address of the master."""
    port, page = free_port(), free_port()
    address = f"spark://{HOST}:{port}"
    with ExitStack() as stack:
        begin = "org.apache.spark.deploy"
        master = ("--host", HOST, "--port", port, "--webui-port", page)
        stack.enter_context(started(folder, "master", f"{begin}.master.Master", *master))
        for number in range(WORKERS):
            own = (
                "--host",
                HOST,
                "--cores",
                1,
                "--memory",
                "2g",
                "--webui-port",
                free_port(),
                "--work-dir",
                folder / "work",
            )
            stack.enter_context(started(folder, f"worker-{number}", f"{begin}.worker.Worker", *own, address))
        until = time.monotonic() + PATIENCE
        while alive(page) < WORKERS:
            said = (folder / "master.log").read_text(encoding="utf-8", errors="replace")[-2000:]
            assert time.monotonic() < until, f"the cluster does not stand: {said}"
            time.sleep(0.3)
        yield address


@contextmanager
def session(master):
    """Open a session on a cluster; its workers use this Python and this library."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = HOST
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.host": HOST, "spark.driver.memory": "1g", "spark.executor.memory": "1g", "spark.executor.cores": "1",
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.executorEnv.PYTHONPATH": str(ROOT),
        "spark.sql.session.timeZone": "Asia/Jakarta", "spark.sql.execution.arrow.maxRecordsPerBatch": "25",
        "spark.ui.showConsoleProgress": "false", "spark.sql.adaptive.coalescePartitions.enabled": "false",
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
    }  # fmt: skip
    builder = SparkSession.builder.master(master).appName("asnpolicy tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("OFF")
    try:
        yield found
    finally:
        found.stop()
