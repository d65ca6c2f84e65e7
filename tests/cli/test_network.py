"""Is a document fetched once, kept with its age, and used for what it is good for?"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from credwallet.cli.importing import workers
from credwallet.cli.keeping import MOST, WalletDocuments, is_older
from credwallet.errors import Undetermined
from credwallet.fetch import Document, KeptDocument
from tests.cli.badges import METHOD, document, good, signed_badge
from tests.cli.runner import NOW, Cli
from tests.samples.make import HARBOUR, HARBOUR_KEY, signed
from tests.status.lists import bits, encoded, listing

LIST = "https://lists.example/1"


class Net:
    """A network of a few documents that counts what is asked of it."""

    def __init__(self, **documents: bytes) -> None:
        self.documents = {LIST: documents.get("listed", b"")}
        self.asked: list[str] = []
        self.silent = False

    def __call__(self) -> "Net":
        return self

    def fetch(self, url: str) -> Document:
        self.asked.append(url)
        if self.silent or url not in self.documents:
            raise Undetermined(f"{url} is silent", next_step="x", type="unreachable")
        return Document(url, self.documents[url], "application/json", "fetched")


def network(net: Net) -> Any:
    return lambda: net.fetch


def listed(
    *revoked: int, issuer: str = HARBOUR, method: str = METHOD, **more: Any
) -> bytes:
    """Sign a status list of the issuer of the badges."""
    unsigned = listing(encoded(bits(*revoked)), id=LIST, issuer=issuer, **more)
    return json.dumps(signed(unsigned, HARBOUR_KEY, method)).encode()


def status(index: int) -> dict[str, str]:
    return {
        "id": f"{LIST}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": LIST,
    }


def badges(folder: Path, count: int) -> Path:
    inside = folder / "badges"
    inside.mkdir()
    for number in range(count):
        good(inside, number, name=f"Badge {number}", credentialStatus=status(number))
    return inside


def note(cli: Cli, *argv: object, **options: Any) -> list[tuple[str, str]]:
    rows = cli("verify", *argv, **options).rows
    return [(row[3], row[4]) for row in rows if row[2] == "status"]


@pytest.fixture
def one(empty: Cli) -> tuple[Cli, Net]:
    """A wallet with one badge, whose list was fetched once, three days ago."""
    net = Net(listed=listed())
    path = good(empty.folder, 0, credentialStatus=status(0))
    ran = empty("import", path, network=network(net), now=ago(days=3))
    assert (ran.code, net.asked) == (0, [LIST])
    return empty, net


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def test_a_list_is_fetched_once_for_all_badges_of_a_run(empty: Cli):
    net = Net(listed=listed(3))
    ran = empty("import", badges(empty.folder, 12), network=network(net))
    assert (len(ran.rows), net.asked) == (12, [LIST])
    net.asked.clear()
    assert empty("verify", "--all", network=network(net)).code == 9
    assert net.asked == [LIST]


@pytest.mark.parametrize("several", [False, True], ids=["one", "several"])
def test_an_import_asks_for_one_list_and_one_issuer_once_each(
    empty: Cli, monkeypatch: pytest.MonkeyPatch, *, several: bool
):
    if several:  # processes
        monkeypatch.setattr(workers, "WORTHWHILE", 10)
    did, address = "did:web:harbour.example", "https://harbour.example"
    net = Net(listed=listed(3, issuer=did, method=f"{did}#key-1"))
    net.documents[f"{address}/.well-known/did.json"] = json.dumps(
        did_document(did)
    ).encode()
    folder = empty.folder / "badges"
    folder.mkdir()
    for number in range(50):
        made = document(
            number,
            issuer={"id": did, "type": ["Profile"], "name": "Harbour College"},
            credentialStatus=status(number),
        )
        path = folder / f"{number}.json"
        path.write_text(json.dumps(signed(made, HARBOUR_KEY, f"{did}#key-1")))
    ran = empty("import", folder, "--json", network=network(net))
    verdicts = [report["verdict"] for report in ran.data["reports"]]
    assert sorted(net.asked) == [f"{address}/.well-known/did.json", LIST]
    assert (verdicts.count("valid"), verdicts.count("revoked")) == (49, 1)
    net.asked.clear()
    empty("verify", "--all", network=network(net))
    assert len(net.asked) == 2


def test_a_silent_list_is_waited_for_once(empty: Cli):
    net = Net()
    net.silent = True
    ran = empty("import", badges(empty.folder, 20), network=network(net))
    assert (ran.code, net.asked) == (4, [LIST])


def did_document(did: str) -> dict[str, Any]:
    """Write the document of another DID of the same key."""
    method = f"{did}#key-1"
    return {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": did,
        "verificationMethod": [
            {
                "id": method,
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": HARBOUR.removeprefix("did:key:"),
            }
        ],
        "assertionMethod": [method],
    }


def test_reports_name_the_documents_that_they_rest_on_and_their_age(
    one: tuple[Cli, Net],
):
    cli, net = one
    found = []
    for options in (
        {"now": NOW - timedelta(days=3) + timedelta(hours=3)},
        {"network": network(net)},
    ):
        offline = () if "network" in options else ("--offline",)
        ran = cli("verify", "--all", "--json", *offline, **options)
        (report,) = ran.data["reports"]
        found += report["documents"]
    assert found == [
        {"url": LIST, "origin": "cached", "ageSeconds": 3 * 3600},
        {"url": LIST, "origin": "fetched", "ageSeconds": 0},
    ]


def test_offline_the_copy_answers_and_its_age_is_said(one: tuple[Cli, Net]):
    cli, net = one
    ((outcome, told),) = note(cli, "--all", "--offline", network=network(net))
    assert outcome == "passed"
    assert told == f"no revocation in {LIST} (cached, from 3 days ago)"
    assert net.asked == [LIST]


def test_an_unreachable_list_is_answered_by_the_copy(one: tuple[Cli, Net]):
    cli, net = one
    net.silent = True
    ((outcome, told),) = note(cli, "--all", network=network(net))
    assert (outcome, "cached, from 3 days ago" in told) == ("passed", True)


def test_a_fresh_list_takes_the_place_of_the_copy(one: tuple[Cli, Net]):
    cli, net = one
    net.documents[LIST] = listed(0, validFrom="2026-11-20T00:00:00Z")
    assert note(cli, "--all", network=network(net))[0][0] == "failed"
    assert note(cli, "--all", "--offline")[0][0] == "failed"


def test_a_copy_says_nothing_for_a_badge_after_a_week_if_its_list_is_silent(
    one: tuple[Cli, Net],
):
    cli, _ = one
    later = NOW + timedelta(days=5)
    ((outcome, told),) = note(cli, "--all", "--offline", now=later)
    assert outcome == "unknown"
    assert "the copy of the list is 8 days old" in told


@pytest.mark.parametrize(
    ("more", "days", "outcome"),
    [
        ({"subject": {"ttl": 86_400_000}}, 0.5, "passed"),
        ({"subject": {"ttl": 86_400_000}}, 2, "unknown"),
        ({"validUntil": "2027-06-01T00:00:00Z"}, 60, "passed"),
        ({"validUntil": "2026-12-01T00:00:00Z"}, 5, "passed"),
        ({"validUntil": "2026-12-01T00:00:00Z"}, 8, "unknown"),
        ({}, 6, "passed"),
        ({}, 8, "unknown"),
    ],
)
def test_a_copy_is_good_as_long_as_its_list_says(
    empty: Cli, more: dict[str, Any], days: float, outcome: str
):
    net = Net(listed=listed(**more))
    path = good(empty.folder, 0, credentialStatus=status(0))
    empty("import", path, network=network(net))
    later = NOW + timedelta(days=days)
    assert note(empty, "--all", "--offline", now=later)[0][0] == outcome


@pytest.mark.parametrize(
    "more",
    [{}, {"subject": {"ttl": 1}}, {"validUntil": "2026-12-01T00:00:00Z"}],
)
def test_a_revocation_stays_however_old_the_copy_is(empty: Cli, more: dict[str, Any]):
    net = Net(listed=listed(0, **more))
    path = good(empty.folder, 0, credentialStatus=status(0))
    assert empty("import", path, network=network(net)).code == 9
    later = NOW + timedelta(days=90)
    ran = empty("verify", "--all", "--offline", now=later)
    assert (ran.code, note(empty, "--all", "--offline")[0][0]) == (9, "failed")


def test_a_list_that_is_fetched_late_is_refused_as_ever(empty: Cli):
    net = Net(listed=listed(0, validUntil="2026-11-01T00:00:00Z"))
    path = good(empty.folder, 0, credentialStatus=status(0))
    assert empty("verify", path, network=network(net)).code == 4


def test_last_years_list_does_not_take_a_revocation_back(empty: Cli):
    net = Net(listed=listed(0, validFrom="2026-11-20T00:00:00Z"))
    path = good(empty.folder, 0, credentialStatus=status(0))
    empty("import", path, network=network(net))
    net.documents[LIST] = listed(validFrom="2025-11-20T00:00:00Z")
    for _ in range(2):
        assert empty("verify", "--all", network=network(net)).code == 9


def test_a_list_from_the_future_does_not_block_the_real_one():
    future = listed(validFrom="2099-01-01T00:00:00Z")
    real = listed(validFrom="2026-11-20T00:00:00Z")
    assert not is_older(NOW, real, future)
    assert is_older(NOW, listed(validFrom="2025-01-01T00:00:00Z"), real)
    assert not is_older(NOW, real, real)
    assert not is_older(NOW, b"<html>", real)
    assert not is_older(NOW, real, b"\xff\xfe")


def test_another_list_is_not_an_older_one():
    real = listed(validFrom="2026-11-20T00:00:00Z")
    other = listing(encoded(bits()), id="https://lists.example/2", issuer=HARBOUR)
    assert not is_older(NOW, json.dumps(other).encode(), real)


def test_without_an_open_wallet_nothing_is_kept(one: tuple[Cli, Net]):
    cli, net = one
    net.silent = True
    path = cli.folder / "good-0.json"
    assert note(cli, path, network=network(net))[0][0] == "unknown"


def test_a_dry_run_keeps_nothing(empty: Cli):
    net = Net(listed=listed())
    path = good(empty.folder, 0, credentialStatus=status(0))
    empty("import", path, "--dry-run", network=network(net))
    assert empty("import", path, "--offline").code == 4


def test_an_imported_address_is_an_input_and_is_not_kept(empty: Cli):
    net = Net()
    net.documents["https://issuer.example/b"] = signed_badge(1)
    assert empty("import", "https://issuer.example/b", network=network(net)).code == 0
    assert empty("import", "https://issuer.example/b", "--offline").code == 4


def test_the_first_import_keeps_what_it_fetched_in_the_new_wallet(cli: Cli):
    net = Net(listed=listed())
    path = good(cli.folder, 0, credentialStatus=status(0))
    cli("init", "--no-recovery")
    assert cli("import", path, network=network(net)).code == 0
    assert note(cli, "--all", "--offline")[0][0] == "passed"


def test_the_oldest_copies_make_room():
    class Held(dict):
        def put_documents(self, _kind, documents):
            self.update(documents)

        def document(self, _kind, name):
            return self.get(name)

        def documents(self, _kind):
            return dict(self)

        def document_names(self, _kind):
            return tuple(self)

        def remove_document(self, _kind, name):
            del self[name]

    held = Held()
    for start in range(0, MOST + 20, 20):
        shelf = WalletDocuments(lambda: held)
        for number in range(start, start + 20):
            moment = NOW + timedelta(minutes=number)
            shelf.put(f"https://a.example/{number}", KeptDocument(b"x", "", moment))
        shelf.write()
    assert set(held) == {f"https://a.example/{n}" for n in range(20, MOST + 20)}
    found = WalletDocuments(lambda: held).get("https://a.example/30")
    assert found == KeptDocument(b"x", "", NOW + timedelta(minutes=30))
