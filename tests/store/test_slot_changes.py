"""One secret changes, the vault key and the other secrets stay."""

import hashlib
import struct
import unicodedata

import pytest

from credwallet.errors import Damaged, Locked, Usage
from credwallet.store import create, open_vault, slot_changes, slots
from credwallet.store.recovery import decode
from credwallet.store.slot_changes import (
    change_passphrase,
    drop_keyring,
    key_slots,
    new_keyring_key,
    new_recovery_code,
    recover,
    set_keyring,
    set_recovery_code,
)
from credwallet.store.slots import (
    Slot,
    SlotKind,
    open_with_passphrase,
    open_with_random,
    read_slots,
)
from tests.store.wallets import (
    CHEAP,
    NOW,
    PASSPHRASE,
    credential,
    edit,
    filled_wallet,
    new_wallet,
    opened,
    select,
)

NEW = "another passphrase that is long"
WRONG = "the passphrase does not open this wallet"


def keyed(folder):
    """Make a wallet that opens in all three ways; return what opens it."""
    created = new_wallet(folder, recovery=True)
    key = new_keyring_key(folder)
    with created.vault as vault:
        vault.put([credential()], at=NOW)
        set_keyring(vault, key)
    return created.recovery_code, key


def refused(folder, passphrase):
    """Return what a failed unlocking says."""
    with pytest.raises(Locked) as caught:
        open_vault(folder, passphrase=passphrase)
    return caught.value.what


def test_a_changed_passphrase_is_the_only_one(tmp_path):
    code, key = keyed(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        before = vault.vault_key()
        change_passphrase(vault, NEW)
        assert len(vault.entries()) == 1
    assert refused(tmp_path / "w", PASSPHRASE) == WRONG
    for given in (
        {"passphrase": NEW},
        {"recovery_code": code},
        {"keyring_secret": key.secret},
    ):
        with open_vault(tmp_path / "w", **given) as vault:
            assert vault.vault_key() == before
            assert len(vault.entries()) == 1


def test_only_the_slot_and_the_head_change(tmp_path):
    keyed(tmp_path / "w")
    tables = ("rec", "seg", "doc", "meta", "slot WHERE kind!=1")
    others = [f"SELECT * FROM {table}" for table in tables]  # noqa: S608 -- own words
    before = [select(tmp_path / "w", rows) for rows in others]
    with opened(tmp_path / "w") as vault:
        generation = vault.check().generation
        change_passphrase(vault, NEW)
        assert vault.check().generation == generation + 1
    assert [select(tmp_path / "w", rows) for rows in others] == before


def test_whoever_has_it_open_goes_on_working(tmp_path):
    filled_wallet(tmp_path / "w")
    with opened(tmp_path / "w") as other, opened(tmp_path / "w") as vault:
        change_passphrase(vault, NEW)
        other.put([credential(9)], at=NOW)
        assert len(vault.entries()) == 4


def test_spellings_of_one_text_are_one_passphrase(tmp_path):
    filled_wallet(tmp_path / "w")
    text = "caf\xe9 na\xefve \u212b"
    with opened(tmp_path / "w") as vault:
        change_passphrase(vault, unicodedata.normalize("NFD", text))
    for form in ("NFC", "NFD", "NFKC"):
        open_vault(tmp_path / "w", passphrase=unicodedata.normalize(form, text)).close()


def test_a_megabyte_is_a_passphrase_too(tmp_path):
    filled_wallet(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        change_passphrase(vault, "x" * 1_000_000)
    open_vault(tmp_path / "w", passphrase="x" * 1_000_000).close()
    assert refused(tmp_path / "w", "x" * 999_999) == WRONG


@pytest.mark.parametrize("short", ["", "1234567", "e\u0301" * 7])
def test_a_passphrase_that_is_too_short_changes_nothing(tmp_path, short):
    code, _ = keyed(tmp_path / "w")
    rows = select(tmp_path / "w", "SELECT * FROM slot")
    with open_vault(tmp_path / "w", recovery_code=code) as vault:
        for change in (
            lambda: change_passphrase(vault, short),
            lambda: recover(vault, passphrase=short, recovery_code=None),
        ):
            with pytest.raises(Usage, match="at least 8 characters"):
                change()
    assert select(tmp_path / "w", "SELECT * FROM slot") == rows


def test_the_costs_stay_unless_others_are_given(tmp_path):
    filled_wallet(tmp_path / "w")

    def costs():
        return [slot.costs for slot in key_slots(tmp_path / "w")]

    with opened(tmp_path / "w") as vault:
        change_passphrase(vault, NEW)
        assert costs() == [CHEAP]
        change_passphrase(vault, NEW, kdf=CHEAP._replace(passes=2))
        assert costs() == [CHEAP._replace(passes=2)]
        with pytest.raises(Usage, match="out of bounds"):
            change_passphrase(vault, NEW, kdf=CHEAP._replace(memory=8))
    open_vault(tmp_path / "w", passphrase=NEW).close()


def test_a_new_recovery_code_takes_the_place_of_the_old_one(tmp_path):
    code, _ = keyed(tmp_path / "w")
    new = new_recovery_code()
    assert new != code
    with opened(tmp_path / "w") as vault:
        set_recovery_code(vault, new)
    open_vault(tmp_path / "w", recovery_code=new).close()
    with pytest.raises(Locked, match="recovery code does not open"):
        open_vault(tmp_path / "w", recovery_code=code)
    opened(tmp_path / "w").close()


def test_recovering_sets_the_passphrase_and_a_new_code(tmp_path):
    code, key = keyed(tmp_path / "w")
    new = new_recovery_code()
    with open_vault(tmp_path / "w", recovery_code=code) as vault:
        assert recover(vault, passphrase=NEW, recovery_code=new) is True
    open_vault(tmp_path / "w", passphrase=NEW).close()
    open_vault(tmp_path / "w", recovery_code=new).close()
    open_vault(tmp_path / "w", keyring_secret=key.secret).close()
    assert refused(tmp_path / "w", PASSPHRASE) == WRONG
    with pytest.raises(Locked):
        open_vault(tmp_path / "w", recovery_code=code)


def test_the_code_that_was_used_stays_if_no_new_one_is_wanted(tmp_path):
    code, _ = keyed(tmp_path / "w")
    with open_vault(tmp_path / "w", recovery_code=code) as vault:
        recover(vault, passphrase=NEW, recovery_code=None)
    open_vault(tmp_path / "w", recovery_code=code).close()
    open_vault(tmp_path / "w", passphrase=NEW).close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM slot WHERE kind=1",
        "DELETE FROM slot WHERE kind=3",
        "UPDATE slot SET wrapped=zeroblob(92) WHERE kind=1",
        "UPDATE slot SET params='text' WHERE kind=1",
        "UPDATE slot SET kind=70000 WHERE kind=1",
        "UPDATE slot SET n=0 WHERE kind=3",
        "INSERT INTO slot SELECT 9, kind, params, wrapped FROM slot WHERE kind=1",
    ],
)
def test_recovering_repairs_slots_that_were_damaged_and_says_so(tmp_path, statement):
    code, key = keyed(tmp_path / "w")
    edit(tmp_path / "w", (statement, ()))
    with open_vault(tmp_path / "w", recovery_code=code) as vault:
        for change in (
            lambda: change_passphrase(vault, NEW),
            lambda: set_recovery_code(vault, new_recovery_code()),
            lambda: set_keyring(vault, key),
            lambda: drop_keyring(vault),
        ):
            with pytest.raises(Damaged, match="key slots"):
                change()
        new = new_recovery_code()
        assert recover(vault, passphrase=NEW, recovery_code=new) is False
    with open_vault(tmp_path / "w", passphrase=NEW) as vault:
        assert len(vault.entries()) == 1
        vault.check()
    open_vault(tmp_path / "w", recovery_code=new).close()
    assert [slot.kind for slot in key_slots(tmp_path / "w")] == [
        "passphrase",
        "recovery",
    ]


def test_the_os_keyring_opens_it_without_any_derivation(tmp_path, monkeypatch):
    _, key = keyed(tmp_path / "w")
    monkeypatch.setattr(slots, "_argon2id", lambda *_, **__: pytest.fail("derived"))
    with open_vault(tmp_path / "w", keyring_secret=key.secret) as vault:
        assert len(vault.entries()) == 1


def test_another_secret_from_the_keyring_opens_nothing(tmp_path):
    keyed(tmp_path / "w")
    _, other = keyed(tmp_path / "other")
    for secret in (other.secret, bytes(32), b"", b"x" * 1000):
        with pytest.raises(Locked, match="key in the OS keyring does not open"):
            open_vault(tmp_path / "w", keyring_secret=secret)


def test_a_dropped_keyring_key_opens_nothing(tmp_path):
    code, key = keyed(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        drop_keyring(vault)
        drop_keyring(vault)
    with pytest.raises(Locked):
        open_vault(tmp_path / "w", keyring_secret=key.secret)
    opened(tmp_path / "w").close()
    open_vault(tmp_path / "w", recovery_code=code).close()


def test_a_second_keyring_key_takes_the_place_of_the_first(tmp_path):
    _, key = keyed(tmp_path / "w")
    second = new_keyring_key(tmp_path / "w")
    assert second.entry != key.entry
    with opened(tmp_path / "w") as vault:
        set_keyring(vault, second)
    open_vault(tmp_path / "w", keyring_secret=second.secret).close()
    with pytest.raises(Locked):
        open_vault(tmp_path / "w", keyring_secret=key.secret)


def only_the_keyring(vault):
    """Take all other slots away."""
    with vault.changing() as writing:
        held = read_slots(writing.view.connection)
        keyring = tuple(slot for slot in held if slot.kind == SlotKind.KEYRING)
        slot_changes.write_slots(writing, keyring)


def test_the_os_keyring_is_never_the_only_way_in(tmp_path):
    keyed(tmp_path / "w")
    with opened(tmp_path / "w") as vault:
        with pytest.raises(Usage, match="nothing that a person knows"):
            only_the_keyring(vault)
        vault.check()
    opened(tmp_path / "w").close()


def test_a_locked_wallet_tells_how_it_opens(tmp_path):
    _, key = keyed(tmp_path / "w")
    told = key_slots(tmp_path / "w")
    assert [slot.kind for slot in told] == ["passphrase", "recovery", "keyring"]
    assert {slot.epoch for slot in told} == {1}
    assert told[2].entry == key.entry
    assert told[0].costs == CHEAP
    edit(tmp_path / "w", ("UPDATE slot SET kind=9, params=x'' WHERE kind=3", ()))
    assert key_slots(tmp_path / "w")[2].kind == "unknown"


def test_each_changed_bit_of_each_slot_is_noticed(tmp_path, monkeypatch):
    def quick(passphrase, *, salt, costs):
        text = repr((passphrase, salt, costs)).encode()
        return bytearray(hashlib.sha256(text).digest())

    # Thousands of derivations; what is asked here is what the slot commits to.
    monkeypatch.setattr(slots, "_argon2id", quick)
    code, key = keyed(tmp_path / "w")
    ((vault_id,),) = select(tmp_path / "w", "SELECT v FROM meta")
    secret = decode(code)
    ways = {
        1: lambda held: open_with_passphrase(PASSPHRASE, vault_id=vault_id, slots=held),
        2: lambda held: open_with_random(
            SlotKind.RECOVERY, secret, vault_id=vault_id, slots=held
        ),
        3: lambda held: open_with_random(
            SlotKind.KEYRING, key.secret, vault_id=vault_id, slots=held
        ),
    }
    rows = select(tmp_path / "w", "SELECT n, kind, params, wrapped FROM slot")
    digest = slots.slots_digest(vault_id, tuple(Slot(*row) for row in rows))
    for row in rows:
        slot = Slot(*row)
        assert ways[slot.number]((slot,)).epoch == 1
        for column in ("params", "wrapped"):
            value = getattr(slot, column)
            for bit in range(8 * len(value)):
                changed = bytearray(value)
                changed[bit // 8] ^= 1 << bit % 8
                other = slot._replace(**{column: bytes(changed)})
                with pytest.raises(Locked):
                    ways[slot.number]((other,))
                # And whoever comes in another way is told.
                held = tuple(
                    other if each[0] == slot.number else Slot(*each) for each in rows
                )
                assert slots.slots_digest(vault_id, held) != digest


def test_costs_out_of_bounds_are_refused_before_anything_is_allocated(
    tmp_path, monkeypatch
):
    code, _ = keyed(tmp_path / "w")
    names = struct.Struct(">BHIII16s")
    ((params,),) = select(tmp_path / "w", "SELECT params FROM slot WHERE kind=1")
    version, epoch, *_, salt = names.unpack(params)
    bomb = names.pack(version, epoch, 2**32 - 1, 2**32 - 1, 2**32 - 1, salt)
    edit(tmp_path / "w", ("UPDATE slot SET params=? WHERE kind=1", (bomb,)))
    seen = []
    derive = slots._argon2id

    def noted(passphrase, *, salt, costs):
        seen.append(costs)
        return derive(passphrase, salt=salt, costs=CHEAP)

    monkeypatch.setattr(slots, "_argon2id", noted)
    assert refused(tmp_path / "w", PASSPHRASE) == WRONG
    # Nor do they become those of the next passphrase.
    with open_vault(tmp_path / "w", recovery_code=code) as vault:
        recover(vault, passphrase=NEW, recovery_code=None)
    assert set(seen) == {slots.DEFAULT_COSTS}


def test_slots_from_before_a_change_are_noticed(tmp_path):
    create(tmp_path / "w", PASSPHRASE, recovery=True, at=NOW, kdf=CHEAP).vault.close()
    ((number, params, wrapped),) = select(
        tmp_path / "w", "SELECT n, params, wrapped FROM slot WHERE kind=1"
    )
    with opened(tmp_path / "w") as vault:
        change_passphrase(vault, NEW)
    edit(
        tmp_path / "w",
        ("UPDATE slot SET params=?, wrapped=? WHERE n=?", (params, wrapped, number)),
    )
    with pytest.raises(Damaged, match="key slots"):
        opened(tmp_path / "w")


def test_no_secret_shows_in_a_repr(tmp_path):
    code, key = keyed(tmp_path / "w")
    secrets = slot_changes.Secrets(PASSPHRASE, code, key)
    shown = f"{key!r} {secrets!r} {key_slots(tmp_path / 'w')!r}"
    for secret in (PASSPHRASE, code, key.secret.hex(), repr(key.secret)):
        assert secret not in shown
