"""Whatever is done in whatever order, a wallet holds what a dictionary would hold."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from credwallet.errors import NotFound
from tests.store.wallets import NOW, credential, new_wallet, opened

NUMBERS = st.integers(0, 11)
DAYS = st.integers(1, 4)
TEXTS = st.text(max_size=6)


class WalletModel(RuleBasedStateMachine):
    """A wallet beside a dictionary of what it must hold."""

    def __init__(self):
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name) / "w"
        self.vault = new_wallet(self.folder).vault
        # Name to [raw, day, note, report].
        self.held = {}
        self.documents = {}

    def teardown(self):
        self.vault.close()
        self.temporary.cleanup()

    @rule(batch=st.lists(st.tuples(NUMBERS, DAYS), max_size=5))
    def put(self, batch):
        items, expected = [], []
        for number, day in batch:
            raw, name = b"%d of day %d" % (number, day), f"Badge {number}"
            items.append(
                credential(number, raw=raw, valid_from=f"2026-01-0{day}T00:00:00Z")
            )
            held = self.held.get(name)
            expected.append("new" if not held else "duplicate")
            if held and day > held[1]:
                expected[-1] = "replaced"
            if held and (day > held[1] or raw == held[0]):
                self.held[name] = [raw, day, held[2], {"verdict": "valid"}]
            elif not held:
                self.held[name] = [raw, day, "", {"verdict": "valid"}]
        results = self.vault.put(items, at=NOW)
        assert [result.stored for result in results] == expected
        for (number, _), result in zip(batch, results, strict=True):
            assert self.vault.find(result.handle).summary.name == f"Badge {number}"

    @precondition(lambda self: self.held)
    @rule(data=st.data(), note=TEXTS)
    def update(self, data, note):
        name = data.draw(st.sampled_from(sorted(self.held)))
        entry = self.vault.find(name)
        self.vault.update(
            entry.rid, summary=entry.summary._replace(note=note), report={"n": note}
        )
        self.held[name][2:] = [note, {"n": note}]

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def purge(self, data):
        name = data.draw(st.sampled_from(sorted(self.held)))
        self.vault.purge(self.vault.find(name).rid)
        del self.held[name]
        with pytest.raises(NotFound):
            self.vault.find(name)

    @rule(kind=st.sampled_from("ab"), name=TEXTS, data=st.binary(max_size=9))
    def put_document(self, kind, name, data):
        self.vault.put_document(kind, name, data)
        self.documents[(kind, name)] = data

    @precondition(lambda self: self.documents)
    @rule(data=st.data())
    def remove_document(self, data):
        key = data.draw(st.sampled_from(sorted(self.documents)))
        self.vault.remove_document(*key)
        del self.documents[key]

    @rule()
    def reopen(self):
        self.vault.close()
        self.vault = opened(self.folder)

    @invariant()
    def the_wallet_holds_what_the_dictionary_holds(self):
        entries = self.vault.entries()
        found = {entry.summary.name: self.vault.read(entry.rid) for entry in entries}
        assert len(found) == len(entries)
        assert {
            name: [stored.raw, stored.summary.note, stored.report]
            for name, stored in found.items()
        } == {name: [raw, note, rep] for name, (raw, _, note, rep) in self.held.items()}
        for kind in "ab":
            assert self.vault.documents(kind) == {
                name: data for (k, name), data in self.documents.items() if k == kind
            }
        self.vault.check()


TestWallet = WalletModel.TestCase
TestWallet.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
