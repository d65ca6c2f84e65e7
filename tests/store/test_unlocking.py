"""Only the passphrase or the recovery code opens a wallet, at one key derivation."""

import struct
import unicodedata

import pytest

from credwallet.errors import Damaged, Locked, Usage
from credwallet.store import KdfCosts, create, open_vault, slots
from credwallet.store.recovery import decode, encode
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

PARAMS = struct.Struct(">BHIII16s")


def derivations(monkeypatch):
    """Count key derivations and note their costs."""
    seen = []
    derive = slots._argon2id

    def counted(passphrase, *, salt, costs):
        seen.append(costs)
        return derive(passphrase, salt=salt, costs=CHEAP)

    monkeypatch.setattr(slots, "_argon2id", counted)
    return seen


def words(folder, passphrase):
    """Return what a failed unlocking says."""
    with pytest.raises(Locked) as caught:
        open_vault(folder, passphrase=passphrase)
    return caught.value.what, caught.value.next_step


def set_params(folder, **changes):
    """Change fields in the header of the passphrase slot."""
    names = ("version", "epoch", "memory", "passes", "lanes", "salt")
    ((params,),) = select(folder, "SELECT params FROM slot WHERE kind=1")
    fields = dict(zip(names, PARAMS.unpack(params), strict=True)) | changes
    packed = PARAMS.pack(*fields.values())
    edit(folder, ("UPDATE slot SET params=? WHERE kind=1", (packed,)))


@pytest.mark.parametrize(
    "wrong",
    ["", "correct horse", PASSPHRASE + " ", PASSPHRASE.upper(), "x" * 1_000_000],
)
def test_a_wrong_passphrase_is_refused(tmp_path, wrong):
    assert words(filled_wallet(tmp_path / "w"), wrong)[0] == (
        "the passphrase does not open this wallet"
    )


def test_new_wallets_take_the_second_choice_of_rfc_9106(tmp_path, monkeypatch):
    seen = derivations(monkeypatch)
    create(tmp_path / "w", PASSPHRASE, recovery=False, at=NOW).vault.close()
    assert seen == [KdfCosts(memory=65536, passes=3, lanes=4)]
    opened(tmp_path / "w").close()
    assert len(seen) == 2


def test_opening_and_working_costs_one_derivation(tmp_path, monkeypatch):
    filled_wallet(tmp_path / "w")
    seen = derivations(monkeypatch)
    with opened(tmp_path / "w") as vault:
        vault.put([credential(8)], at=NOW)
        vault.entries()
        vault.read(vault.find("Badge 8").rid)
    assert seen == [CHEAP]


def test_spellings_of_one_text_are_one_passphrase(tmp_path):
    text = "caf\xe9 na\xefve \u212b"
    create(tmp_path / "w", text, recovery=False, at=NOW, kdf=CHEAP).vault.close()
    for form in ("NFC", "NFD"):
        open_vault(tmp_path / "w", passphrase=unicodedata.normalize(form, text)).close()


def test_bytes_that_are_no_unicode_make_a_passphrase_too(tmp_path):
    text = "caf\udce9 au lait"
    create(tmp_path / "w", text, recovery=False, at=NOW, kdf=CHEAP).vault.close()
    open_vault(tmp_path / "w", passphrase=text).close()
    words(tmp_path / "w", "caf\xe9 au lait")


@pytest.mark.parametrize("short", ["", "1234567", "e\u0301" * 7])
def test_a_short_passphrase_is_refused_before_anything_is_made(tmp_path, short):
    with pytest.raises(Usage, match="at least 8 characters"):
        create(tmp_path / "w", short, recovery=False, at=NOW, kdf=CHEAP)
    assert not (tmp_path / "w").exists()


def test_the_recovery_code_opens_the_wallet(tmp_path):
    created = new_wallet(tmp_path / "w", recovery=True)
    created.vault.close()
    code = created.recovery_code
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", "")):
        with open_vault(tmp_path / "w", recovery_code=typed) as vault:
            assert vault.entries() == ()


def test_the_recovery_code_is_the_way_out_when_the_other_slot_is_damaged(tmp_path):
    created = new_wallet(tmp_path / "w", recovery=True)
    created.vault.close()
    edit(tmp_path / "w", ("DELETE FROM slot WHERE kind=1", ()))
    words(tmp_path / "w", PASSPHRASE)
    with open_vault(tmp_path / "w", recovery_code=created.recovery_code) as vault:
        vault.put([credential()], at=NOW)
        assert len(vault.entries()) == 1


def test_another_wallets_recovery_code_is_refused(tmp_path):
    new_wallet(tmp_path / "w", recovery=True).vault.close()
    other = new_wallet(tmp_path / "other", recovery=True)
    other.vault.close()
    with pytest.raises(Locked, match="does not open"):
        open_vault(tmp_path / "w", recovery_code=other.recovery_code)


def test_a_wallet_without_a_recovery_code_has_none(tmp_path):
    created = new_wallet(tmp_path / "w")
    created.vault.close()
    assert created.recovery_code is None
    with pytest.raises(Locked, match="does not open"):
        open_vault(tmp_path / "w", recovery_code=encode(bytes(20)))


def test_each_mistyped_letter_of_a_recovery_code_is_noticed():
    code = encode(bytes(range(100, 120))).replace("-", "")
    assert decode(code) == bytes(range(100, 120))
    for index, right in enumerate(code):
        for wrong in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567":
            if wrong != right:
                with pytest.raises(Locked, match="not a recovery code"):
                    decode(code[:index] + wrong + code[index + 1 :])


def test_swapped_missing_and_extra_letters_of_a_recovery_code_are_noticed():
    code = encode(bytes(range(100, 120))).replace("-", "")
    for index in range(len(code) - 1):
        swapped = code[:index] + code[index + 1] + code[index] + code[index + 2 :]
        for wrong in (swapped, code[:index] + code[index + 1 :], code + "A"):
            if wrong != code:
                with pytest.raises(Locked):
                    decode(wrong)


@pytest.mark.parametrize("text", ["", "-", "hello", "\u0661" * 36, "=" * 36, "é" * 36])
def test_what_is_no_recovery_code_is_refused(text):
    with pytest.raises(Locked):
        decode(text)


def test_lookalikes_in_a_recovery_code_are_understood():
    code = encode(bytes.fromhex("70" * 20))
    assert decode(code.replace("O", "0").replace("I", "1").replace("B", "8")) == (
        bytes.fromhex("70" * 20)
    )


def test_exactly_one_secret_is_needed(tmp_path):
    filled_wallet(tmp_path / "w")
    with pytest.raises(Usage):
        open_vault(tmp_path / "w")
    with pytest.raises(Usage):
        open_vault(tmp_path / "w", passphrase=PASSPHRASE, recovery_code="x")


@pytest.mark.parametrize(
    "changes",
    [
        {"memory": 0},
        {"memory": 8 * 1024},
        {"memory": 19 * 1024 - 1},
        {"memory": 1024 * 1024 + 1},
        {"memory": 2**32 - 1},
        {"memory": 1024 * 1024, "passes": 5},
        {"passes": 0},
        {"passes": 17},
        {"passes": 2**32 - 1},
        {"lanes": 0},
        {"lanes": 17},
        {"lanes": 2**32 - 1},
        {"version": 2},
    ],
)
def test_weak_and_excessive_costs_are_never_run(tmp_path, monkeypatch, changes):
    filled_wallet(tmp_path / "w")
    expected = words(tmp_path / "w", "wrong passphrase")
    set_params(tmp_path / "w", **changes)
    seen = derivations(monkeypatch)
    assert words(tmp_path / "w", PASSPHRASE) == expected
    assert seen == [slots.DEFAULT_COSTS]


@pytest.mark.parametrize(
    "changes",
    [{"memory": 20 * 1024}, {"passes": 2}, {"lanes": 2}, {"epoch": 2}, {"salt": b"s"}],
)
def test_acceptable_but_changed_headers_open_nothing(tmp_path, changes):
    filled_wallet(tmp_path / "w")
    set_params(tmp_path / "w", **changes)
    words(tmp_path / "w", PASSPHRASE)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM slot",
        "UPDATE slot SET params=x''",
        "UPDATE slot SET params=1",
        "UPDATE slot SET wrapped=x''",
        "UPDATE slot SET wrapped='text'",
        "UPDATE slot SET n=-5",
        "UPDATE slot SET n=9",
        "UPDATE slot SET n=70000",
        "UPDATE slot SET kind=2",
        "UPDATE slot SET kind=-1",
        "UPDATE slot SET kind=x'00'",
        "DELETE FROM meta",
        "UPDATE meta SET v=x'00'",
        "UPDATE meta SET v=zeroblob(16)",
    ],
)
def test_a_damaged_header_says_and_costs_the_same_as_a_wrong_passphrase(
    tmp_path, monkeypatch, statement
):
    filled_wallet(tmp_path / "w")
    expected = words(tmp_path / "w", "wrong passphrase")
    edit(tmp_path / "w", (statement, ()))
    seen = derivations(monkeypatch)
    assert words(tmp_path / "w", PASSPHRASE) == expected
    assert len(seen) == 1


def test_each_changed_byte_of_a_slot_is_noticed(tmp_path):
    new_wallet(tmp_path / "w", recovery=True).vault.close()
    rows = select(tmp_path / "w", "SELECT n, params, wrapped FROM slot")
    for number, params, wrapped in rows:
        for column, value in (("params", params), ("wrapped", wrapped)):
            for index in range(0, len(value), 3):
                changed = bytearray(value)
                changed[index] ^= 1 << (index % 8)
                sql = f"UPDATE slot SET {column}=? WHERE n=?"  # noqa: S608 -- own words
                edit(tmp_path / "w", (sql, (bytes(changed), number)))
                with pytest.raises(Locked if number == 1 else Damaged):
                    opened(tmp_path / "w")
                edit(tmp_path / "w", (sql, (value, number)))
    opened(tmp_path / "w").close()


def test_a_slot_that_was_dropped_or_added_is_noticed(tmp_path):
    new_wallet(tmp_path / "w", recovery=True).vault.close()
    sql = "INSERT INTO slot SELECT 3, kind, params, wrapped FROM slot WHERE n=2"
    edit(tmp_path / "w", (sql, ()))
    with pytest.raises(Damaged, match="key slots"):
        opened(tmp_path / "w")
    edit(tmp_path / "w", ("DELETE FROM slot WHERE n>1", ()))
    with pytest.raises(Damaged, match="key slots"):
        opened(tmp_path / "w")


def test_another_wallets_slot_opens_nothing(tmp_path):
    filled_wallet(tmp_path / "w")
    new_wallet(tmp_path / "other").vault.close()
    ((params, wrapped),) = select(
        tmp_path / "other", "SELECT params, wrapped FROM slot"
    )
    edit(tmp_path / "w", ("UPDATE slot SET params=?, wrapped=?", (params, wrapped)))
    words(tmp_path / "w", PASSPHRASE)


def test_costs_below_the_floor_cannot_be_chosen(tmp_path):
    for costs in (
        KdfCosts(8 * 1024, 3, 1),
        KdfCosts(65536, 0, 1),
        KdfCosts(65536, 3, 99),
    ):
        with pytest.raises(Usage, match="out of bounds"):
            create(tmp_path / "w", PASSPHRASE, recovery=False, at=NOW, kdf=costs)
