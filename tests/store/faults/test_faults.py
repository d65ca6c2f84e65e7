"""Whatever call to the disk fails, the wallet is the old one or the new one.

`python -m tests.store.faults` goes through every call; here it is every few.
"""

import pytest

from tests.store.faults import injecting
from tests.store.faults.commands import ALL
from tests.store.faults.injecting import ERRORS, KILL, Host, Rig

STEP = 29


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    library = injecting.built(tmp_path_factory.mktemp("disk"))
    if library is None:
        pytest.skip("this needs Linux and a C compiler")
    with Host(library) as host:
        yield host


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.name)
def test_a_call_that_fails_leaves_the_old_state_or_the_new_one(host, tmp_path, command):
    rig = Rig(host, tmp_path, command)
    units = [*rig.units(ERRORS, step=STEP), *rig.units(KILL, step=STEP)]
    assert units
    assert [unit for unit in units if unit.wrong] == []
