"""Tests on a Spark cluster are asked for by `make test-spark`: they start four processes and take minutes."""

import os

import pytest

from tests.spark.cluster import cluster, session

ASKED = "ASNPOLICY_SPARK"
collect_ignore_glob = [] if os.environ.get(ASKED) else ["test_*.py"]


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    """Give a session on a cluster of a master and two workers, which end with the tests."""
    with cluster(tmp_path_factory.mktemp("cluster")) as master, session(master) as found:
        yield found
