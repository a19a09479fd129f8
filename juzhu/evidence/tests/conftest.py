"""One bureau a file of tests, on its best behaviour at the beginning of each."""

from collections.abc import Iterator

import pytest

from juzhu.evidence.connectors import circuits
from juzhu.evidence.tests.bureaus import Running, running


@pytest.fixture(scope="module")
def bureau_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("bureau")) as bureau:
        yield bureau


@pytest.fixture
def bureau(bureau_process: Running) -> Iterator[Running]:
    circuits._circuits.clear()
    bureau_process.behave("up")
    yield bureau_process
    for circuit in circuits._circuits.values():
        circuit.client.close()
    circuits._circuits.clear()
