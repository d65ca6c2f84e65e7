"""What every test may ask for."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tests.cli.runner import DOCUMENTS, SAMPLES, Cli, new_wallet

# No test is timed: the machine may be busy with something else.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def vectors() -> Path:
    """Folder of the third-party test vectors, or a skip that says why."""
    folder = os.environ.get("CREDWALLET_VECTORS")
    if not folder:
        pytest.skip("third-party vectors: CREDWALLET_VECTORS is not set")
    return Path(folder).resolve()


@pytest.fixture(autouse=True)
def _no_keyring_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the keyring of whoever runs it."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the config file of whoever runs it."""
    monkeypatch.setenv("CREDWALLET_CONFIG", "")
    monkeypatch.delenv("CREDWALLET_PROFILE", raising=False)


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """A command line with a wallet folder of its own."""
    return Cli(tmp_path)


@pytest.fixture
def empty(cli: Cli) -> Cli:
    """A command line with an empty wallet."""
    new_wallet(cli.folder)
    return cli


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wallet with the sample badges: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("filled")
    home = new_wallet(folder)
    ran = Cli(folder)("import", SAMPLES / "badges", "--documents", DOCUMENTS)
    assert len(ran.rows) == len(list((SAMPLES / "badges").iterdir())), ran
    return home


@pytest.fixture
def filled(cli: Cli, _filled: Path) -> Cli:
    """A command line with a wallet that holds the samples but the tampered one."""
    shutil.copytree(_filled, cli.home)
    return cli
