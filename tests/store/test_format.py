"""`docs/format.md` is enough to read a wallet: this reader shares no code with ours."""

import base64
import hashlib
import hmac
import json
import sqlite3
import struct
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

VECTORS = Path(__file__).with_name("vectors")
# Columns that were added after a format was frozen, and what they say if nothing.
ADDED = {"grade": "", "aligned": []}


def mac(key, data):
    """Compute HMAC-SHA-256."""
    return hmac.new(key, data, hashlib.sha256).digest()


def expand(key, label):
    """Derive a key (section 2)."""
    return mac(key, label + b"\x01")


def of_code(text):
    """Spell out a recovery code (section 2)."""
    text = text.replace("-", "")
    secret = base64.b32decode(text[:32])
    check = hashlib.sha256(b"credwallet/1 recovery check" + secret).digest()
    assert base64.b32encode(check)[:4].decode() == text[32:]
    return secret


class Reader:
    """Reads a wallet file as the page describes it."""

    def __init__(self, path, kind, secret):
        self.rows = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        assert self.rows.execute("PRAGMA application_id").fetchone() == (0x43574C54,)
        (self.format,) = self.rows.execute("PRAGMA user_version").fetchone()
        (self.vault_id,) = self.rows.execute("SELECT v FROM meta").fetchone()
        self.keys = {}
        self.epoch, self.keys[self.epoch] = self.unwrap(kind, secret)
        self.head, self.marks = self.read_head()
        for epoch, key in self.head["old_keys"].items():
            self.keys[int(epoch)] = bytes.fromhex(key)

    def unwrap(self, kind, secret):
        """Open a key slot (section 2)."""
        number, params, wrapped = self.rows.execute(
            "SELECT n, params, wrapped FROM slot WHERE kind=?", (kind,)
        ).fetchone()
        version, epoch = struct.unpack(">BH", params[:3])
        assert version == 1
        if kind == 1:
            memory, passes, lanes = struct.unpack(">III", params[3:15])
            costs = {"memory_cost": memory, "iterations": passes, "lanes": lanes}
            kdf = Argon2id(salt=params[15:], length=32, **costs)
            key = kdf.derive(secret)
        else:
            key = mac(params[3:], secret)
        header = b"credwallet/1 slot" + self.vault_id + bytes([number, kind]) + params
        commitment = mac(
            expand(key, b"credwallet/1 slot commitment"), header + wrapped[:-32]
        )
        assert commitment == wrapped[-32:]
        cipher = AESGCM(expand(key, b"credwallet/1 slot encryption"))
        return epoch, cipher.decrypt(wrapped[:12], wrapped[12:-32], header)

    def open(self, kind, name, identifier, sealed, tag=None):
        """Open an envelope (section 3)."""
        magic, version, stated, epoch, salt, nonce = struct.unpack(
            ">2sBBH12s12s", sealed[:30]
        )
        assert (magic, version, stated) == (b"CW", 1, kind)
        assert tag in (None, hashlib.sha256(sealed).digest()[:16])
        key = mac(expand(self.keys[epoch], b"credwallet/1 " + name), salt + b"\x01")
        place = b"credwallet/1" + self.vault_id + bytes([kind]) + identifier
        place += struct.pack(">H", epoch)
        inner = AESGCM(key).decrypt(nonce, sealed[30:], place)
        length = int.from_bytes(inner[:4], "big")
        assert not any(inner[4 + length :])
        return zlib.decompress(inner[4 : 4 + length])

    def sealed(self, sql, *values):
        """Fetch one envelope."""
        return self.rows.execute(sql, values).fetchone()[0]

    def read_head(self):
        """Open the head (section 4)."""
        data = self.open(3, b"head", b"", self.sealed("SELECT sealed FROM head"))
        end = 4 + int.from_bytes(data[:4], "big")
        return json.loads(data[4:end]), list(struct.iter_unpack(">IH16s", data[end:]))

    def credentials(self):
        """Open every credential with its summary (section 4)."""
        for number, count, tag in self.marks:
            sealed = self.sealed("SELECT sealed FROM seg WHERE n=?", number)
            data = self.open(2, b"segment", struct.pack(">I", number), sealed, tag)
            assert int.from_bytes(data[:4], "big") == count
            table = json.loads(data[4 + 32 * count :])
            if "columns" in table:
                whole = [c * count if len(c) == 1 else c for c in table["columns"]]
                table["rows"] = list(zip(*whole, strict=True))
            for index, row in enumerate(table["rows"]):
                rid = data[4 + 16 * index :][:16]
                mark = data[4 + 16 * count + 16 * index :][:16]
                sealed = self.sealed("SELECT sealed FROM rec WHERE rid=?", rid)
                body = self.open(1, b"record", rid, sealed, mark)
                end = 4 + int.from_bytes(body[:4], "big")
                yield {
                    "rid": rid.hex(),
                    "raw": base64.b64encode(body[end:]).decode(),
                    "summary": dict(zip(table["fields"], row, strict=True)),
                    **json.loads(body[4:end]),
                }

    def documents(self):
        """Open every document (section 4)."""
        tag = bytes.fromhex(self.head["directory_tag"])
        sealed = self.sealed("SELECT sealed FROM seg WHERE n=0")
        directory = self.open(4, b"directory", b"", sealed, tag)
        for kind, name, row, mark in json.loads(directory):
            place, tag = bytes.fromhex(row), bytes.fromhex(mark)
            sealed = self.sealed("SELECT sealed FROM doc WHERE name=?", place)
            data = self.open(5, b"document", place, sealed, tag)
            yield {"kind": kind, "name": name, "data": base64.b64encode(data).decode()}

    def slots_digest(self):
        """Digest the key slots (section 4)."""
        total = b"credwallet/1 slots" + self.vault_id
        slots = self.rows.execute(
            "SELECT n, kind, params, wrapped FROM slot ORDER BY n"
        )
        for number, kind, *parts in slots:
            for part in parts:
                total += struct.pack(">QQI", number, kind, len(part)) + part
        return hashlib.sha256(total).hexdigest()


SECRETS = {
    1: ("passphrase", str.encode),
    2: ("recovery_code", of_code),
    3: ("keyring_secret", bytes.fromhex),
}


def _filled(credential):
    """Fill in the columns of its row that were added since."""
    return {**credential, "summary": {**ADDED, **credential["summary"]}}


def check(file, holds, kind):
    """Read a wallet in one of the ways that open it, and compare."""
    name, spell = SECRETS[kind]
    reader = Reader(file, kind, spell(holds[name]))
    assert reader.format == holds["format"]
    assert reader.head["generation"] == holds["generation"]
    found = {each["rid"]: _filled(each) for each in reader.credentials()}
    assert found == {each["rid"]: _filled(each) for each in holds["credentials"]}
    assert reader.head["records"] == len(found)
    identity_key = expand(reader.keys[1], b"credwallet/1 identity")
    assert reader.head["identity_key"] == identity_key.hex()
    for rid, each in found.items():
        issuer = each["summary"]["issuer_id"].encode()
        about = each["summary"]["id"].encode()
        identity = b"raw\0" + base64.b64decode(each["raw"])
        if about:
            identity = b"id\0" + struct.pack(">I", len(issuer)) + issuer + about
        text = b"credential\0" + hashlib.sha256(identity).digest()
        assert mac(identity_key, text)[:16].hex() == rid
    assert sorted(reader.documents(), key=str) == sorted(holds["documents"], key=str)
    assert reader.head["slots_digest"] == reader.slots_digest()
    reader.rows.close()


@pytest.mark.parametrize(("number", "kind"), [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3)])
def test_another_reader_sees_what_a_frozen_wallet_holds(number, kind):
    folder = VECTORS / f"v{number}"
    holds = json.loads((folder / "holds.json").read_text())
    assert holds["format"] == number
    check(folder / "vault.db", holds, kind)


def test_the_frozen_wallets_show_what_is_new_in_format_2():
    holds = json.loads((VECTORS / "v2" / "holds.json").read_text())
    reader = Reader(VECTORS / "v2" / "vault.db", 1, holds["passphrase"].encode())
    assert (reader.epoch, set(reader.keys)) == (2, {1, 2})
    assert reader.rows.execute("PRAGMA page_size").fetchone() == (32768,)
    sealed = reader.rows.execute("SELECT substr(sealed, 5, 2) FROM rec").fetchall()
    assert set(sealed) == {(b"\0\1",), (b"\0\2",)}
    reader.rows.close()
