"""Does the keyring of the system open the wallet, on request and never alone?"""

import sys
import types
from typing import Any

import pytest

from credwallet import store
from credwallet.store.slot_changes import key_slots
from tests.cli.runner import CHEAP, NOW, PASSPHRASE, Cli

SAFE = "keyring.backends.SecretService"
# Nothing names a passphrase, so that the keyring is asked.
ASK = {"CREDWALLET_PASSPHRASE_FILE": ""}


class KeyringError(Exception):
    """As in `keyring.errors`."""


class Backend:
    """Keeps in memory; says no when it is told to."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.refuses: set[str] = set()
        self.forgetful = False

    def _check(self, what: str) -> None:
        if what in self.refuses:
            raise KeyringError(f"no: {sorted(self.kept.values())}")

    def get_password(self, service: str, username: str) -> str | None:
        self._check("get")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check("set")
        if not self.forgetful:
            self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check("delete")
        del self.kept[(service, username)]


def install(monkeypatch: pytest.MonkeyPatch, backend: object) -> None:
    package, errors = types.ModuleType("keyring"), types.ModuleType("keyring.errors")
    package.get_keyring = lambda: backend  # type: ignore[attr-defined]
    errors.KeyringError = KeyringError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", package)
    package.errors = errors  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)


def backend_of(module: str, base: type = Backend) -> Any:
    """Make a keyring whose class stands in that module."""
    return type("Keyring", (base,), {"__module__": module})()


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A keyring of the system that is safe, as far as its name says."""
    backend = backend_of(SAFE)
    install(monkeypatch, backend)
    return backend


def secrets(keyring: Backend) -> list[str]:
    return list(keyring.kept.values())


def test_it_opens_the_wallet_without_a_question_and_without_a_derivation(
    filled: Cli, keyring: Backend, monkeypatch: pytest.MonkeyPatch
):
    ran = filled("keyring", "enable")
    assert (ran.code, f"{SAFE}.Keyring" in ran.out) == (0, True)
    ((service, entry),) = keyring.kept
    assert (service, entry[:7]) == ("credwallet", "wallet ")
    monkeypatch.setattr(store.slots, "_argon2id", lambda *_, **__: pytest.fail("slow"))
    listed = filled("list", "--no-input", env=ASK)
    assert (listed.code, len(listed.rows), listed.err) == (0, 5, "")


def test_what_the_command_line_names_comes_first(filled: Cli, keyring: Backend):
    filled("keyring", "enable")
    wrong = filled.folder / "wrong.txt"
    wrong.write_text("not the passphrase")
    wrong.chmod(0o600)
    assert filled("list", "--passphrase-file", wrong).code == 6


def test_the_passphrase_and_the_code_go_on_opening_it(cli: Cli, keyring: Backend):
    created = store.create(cli.home, PASSPHRASE, recovery=True, at=NOW, kdf=CHEAP)
    created.vault.close()
    assert cli("keyring", "enable").code == 0
    keyring.kept.clear()
    assert cli("list").code == 0
    store.open_vault(cli.home, recovery_code=created.recovery_code).close()


def test_a_keyring_that_was_reset_takes_nothing_along(filled: Cli, keyring: Backend):
    filled("keyring", "enable")
    keyring.kept.clear()
    ran = filled("list", "--no-input", env=ASK)
    assert ran.code == 6
    assert "has no key for the wallet (any more)" in ran.err
    assert filled("list").code == 0
    assert filled("keyring", "enable").code == 0
    assert filled("list", "--no-input", env=ASK).code == 0


@pytest.mark.parametrize("kept", ["", "00", "00" * 32, "no hexadecimal", "é" * 64])
def test_another_key_in_the_keyring_opens_nothing(
    filled: Cli, keyring: Backend, kept: str
):
    filled("keyring", "enable")
    keyring.kept = dict.fromkeys(keyring.kept, kept)
    ran = filled("list", "--no-input", env=ASK)
    assert (ran.code, ran.out) == (6, "")
    assert "credwallet keyring status" in ran.err


def test_disabling_takes_the_slot_and_the_key_away(filled: Cli, keyring: Backend):
    filled("keyring", "enable")
    assert filled("keyring", "disable", "--json").data["enabled"] is False
    assert keyring.kept == {}
    assert [slot.kind for slot in key_slots(filled.home)] == ["passphrase"]
    assert filled("list", "--no-input", env=ASK).code == 6
    assert filled("keyring", "disable").code == 0


def test_disabling_works_when_the_keyring_does_not(filled: Cli, keyring: Backend):
    filled("keyring", "enable")
    keyring.refuses = {"get", "set", "delete"}
    ran = filled("keyring", "disable")
    assert ran.code == 0
    assert "opens nothing any more" in ran.err
    assert [slot.kind for slot in key_slots(filled.home)] == ["passphrase"]


def test_enabling_again_leaves_one_key(filled: Cli, keyring: Backend):
    filled("keyring", "enable")
    first = secrets(keyring)
    filled("keyring", "enable")
    assert len(keyring.kept) == 1
    assert secrets(keyring) != first
    assert filled("list", "--no-input", env=ASK).code == 0


def test_status_needs_no_passphrase(filled: Cli, keyring: Backend):
    def status() -> Any:
        return filled("keyring", "status", "--no-input", "--json", env=ASK).data

    name = f"{SAFE}.Keyring"
    assert status() == {
        "enabled": False,
        "keyring": name,
        "usable": False,
        "why": None,
    }
    filled("keyring", "enable")
    assert status() == {"enabled": True, "keyring": name, "usable": True, "why": None}
    keyring.kept.clear()
    assert status()["why"] == "the keyring has no key for it (any more)"
    keyring.refuses = {"get"}
    assert "said no (KeyringError)" in status()["why"]
    ran = filled("keyring", "status")
    assert (ran.code, ran.rows[0][0]) == (0, "enabled")


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.null",
        "keyring.backends.fail",
        "keyrings.alt.file",
        "keyrings.alt.Windows",
        "keyring_of_somebody",
        "builtins",
    ],
)
def test_a_keyring_that_encrypts_nothing_or_is_unknown_is_refused_and_said(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, module: str
):
    backend = backend_of(module)
    install(monkeypatch, backend)
    ran = filled("keyring", "enable")
    assert ran.code == 4
    assert f"no safe keyring: {module}.Keyring" in ran.err
    assert backend.kept == {}
    assert [slot.kind for slot in key_slots(filled.home)] == ["passphrase"]


@pytest.mark.parametrize(
    ("inner", "code"), [(SAFE, 0), ("keyrings.alt.file", 4), (None, 4)]
)
def test_a_chain_of_keyrings_is_judged_by_the_one_that_would_keep_it(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, inner: str | None, code: int
):
    chain = backend_of("keyring.backends.chainer")
    chain.backends = [backend_of(inner)] if inner else []
    install(monkeypatch, chain)
    assert filled("keyring", "enable").code == code


def test_a_keyring_that_forgets_at_once_is_noticed(filled: Cli, keyring: Backend):
    keyring.forgetful = True
    ran = filled("keyring", "enable")
    assert (ran.code, "did not keep the key" in ran.err) == (11, True)
    assert [slot.kind for slot in key_slots(filled.home)] == ["passphrase"]


@pytest.mark.parametrize("refused", ["get", "set"])
def test_a_keyring_that_says_no_changes_nothing_and_tells_no_secret(
    filled: Cli, keyring: Backend, refused: str
):
    filled("keyring", "enable")
    before = dict(keyring.kept)
    keyring.refuses = {refused}
    ran = filled("keyring", "enable")
    assert ran.code == 11
    assert all(secret not in ran.err for secret in secrets(keyring))
    keyring.refuses = set()
    assert before.items() <= keyring.kept.items()
    assert filled("list", "--no-input", env=ASK).code == 0


@pytest.mark.parametrize(
    "error", [RuntimeError, ModuleNotFoundError, AttributeError, ValueError]
)
def test_a_keyring_that_is_set_up_wrongly_is_said(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
):
    def fails() -> None:
        raise error("the secret is 1234")

    install(monkeypatch, None)
    monkeypatch.setattr(sys.modules["keyring"], "get_keyring", fails)
    ran = filled("keyring", "enable")
    assert ran.code == 4
    assert f"cannot be used ({error.__name__})" in ran.err
    assert "1234" not in ran.err
    assert filled("keyring", "status").code == 0


def test_without_the_extra_it_says_which_one(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "keyring", None)
    ran = filled("keyring", "enable")
    assert ran.code == 4
    assert "pip install 'credwallet[keyring]'" in ran.err
    assert "needs an extra" in filled("keyring", "status", "--json").data["why"]


def test_without_the_extra_an_enabled_wallet_opens_by_the_passphrase(
    filled: Cli, keyring: Backend, monkeypatch: pytest.MonkeyPatch
):
    filled("keyring", "enable")
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert filled("list").code == 0
    ran = filled("list", "--no-input", env=ASK)
    assert (ran.code, "needs an extra" in ran.err) == (6, True)


def test_a_wallet_that_does_not_use_it_never_loads_it(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "keyring", None)
    ran = filled("list", "--no-input", env=ASK)
    assert (ran.code, "keyring" in ran.err) == (6, False)


def test_a_new_data_key_takes_a_new_key_in_the_keyring(filled: Cli, keyring: Backend):
    filled("keyring", "enable")
    first = secrets(keyring)
    ran = filled("rekey", "--no-input", "--json")
    assert ran.data["keyring"] is True
    assert len(keyring.kept) == 1
    assert secrets(keyring) != first
    assert filled("list", "--no-input", env=ASK).code == 0


def test_a_new_data_key_goes_without_a_keyring_that_says_no(
    filled: Cli, keyring: Backend
):
    filled("keyring", "enable")
    keyring.refuses = {"set"}
    ran = filled("rekey", "--no-input", "--json")
    assert (ran.code, ran.data["keyring"]) == (0, False)
    assert "the keyring opens the wallet no longer" in ran.err
    assert [slot.kind for slot in key_slots(filled.home)] == ["passphrase"]
    assert filled("list").code == 0


def test_a_changed_passphrase_leaves_the_keyring_as_it_is(
    filled: Cli, keyring: Backend
):
    filled("keyring", "enable")
    path = filled.folder / "new.txt"
    path.write_text("a wholly new passphrase")
    path.chmod(0o600)
    changed = filled("passphrase", "change", "--new-passphrase-file", path)
    assert changed.code == 0
    assert filled("list", "--no-input", env=ASK).code == 0


@pytest.mark.parametrize("what", ["enable", "disable", "status"])
def test_without_a_wallet_there_is_nothing_to_open(
    cli: Cli, keyring: Backend, what: str
):
    assert cli("keyring", what, "--no-input").code == 5
    assert keyring.kept == {}
