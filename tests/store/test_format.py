"""`docs/format.md` is enough to read a wallet: this reader shares no code with ours."""

import base64
import hashlib
import hmac
import json
import sqlite3
import struct
import zlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.store.wallets import NOW, PASSPHRASE, credential, new_wallet


def mac(key, data):
    """Compute HMAC-SHA-256."""
    return hmac.new(key, data, hashlib.sha256).digest()


def expand(key, label):
    """Derive a key (section 2)."""
    return mac(key, label + b"\x01")


class Reader:
    """Reads a wallet file as the page describes it."""

    def __init__(self, path, *, passphrase=None, code=None):
        self.rows = sqlite3.connect(path)
        assert self.rows.execute("PRAGMA application_id").fetchone() == (0x43574C54,)
        assert self.rows.execute("PRAGMA user_version").fetchone() == (1,)
        (self.vault_id,) = self.rows.execute("SELECT v FROM meta").fetchone()
        self.vault_key = self.unwrap(1 if passphrase else 2, passphrase, code)

    def unwrap(self, kind, passphrase, code):
        """Open a key slot (section 2)."""
        number, params, wrapped = self.rows.execute(
            "SELECT n, params, wrapped FROM slot WHERE kind=?", (kind,)
        ).fetchone()
        salt = params[-16:]
        if kind == 1:
            version, self.epoch, memory, passes, lanes = struct.unpack(
                ">BHIII", params[:-16]
            )
            kdf = Argon2id(
                salt=salt,
                length=32,
                iterations=passes,
                lanes=lanes,
                memory_cost=memory,
            )
            key = kdf.derive(passphrase.encode())
        else:
            version, self.epoch = struct.unpack(">BH", params[:-16])
            text = code.replace("-", "")
            secret = base64.b32decode(text[:32])
            check = hashlib.sha256(b"credwallet/1 recovery check" + secret).digest()
            assert base64.b32encode(check)[:4].decode() == text[32:]
            key = mac(salt, secret)
        assert version == 1
        header = b"credwallet/1 slot" + self.vault_id + bytes([number, kind]) + params
        commitment = mac(
            expand(key, b"credwallet/1 slot commitment"), header + wrapped[:-32]
        )
        assert commitment == wrapped[-32:]
        cipher = AESGCM(expand(key, b"credwallet/1 slot encryption"))
        return cipher.decrypt(wrapped[:12], wrapped[12:-32], header)

    def open(self, kind, name, identifier, sealed, tag=None):
        """Open an envelope (section 3)."""
        magic, version, stated, epoch, salt, nonce = struct.unpack(
            ">2sBBH12s12s", sealed[:30]
        )
        assert (magic, version, stated, epoch) == (b"CW", 1, kind, self.epoch)
        assert tag in (None, hashlib.sha256(sealed).digest()[:16])
        key = mac(expand(self.vault_key, b"credwallet/1 " + name), salt + b"\x01")
        place = b"credwallet/1" + self.vault_id + bytes([kind]) + identifier
        place += struct.pack(">H", epoch)
        inner = AESGCM(key).decrypt(nonce, sealed[30:], place)
        length = int.from_bytes(inner[:4], "big")
        assert not any(inner[4 + length :])
        return zlib.decompress(inner[4 : 4 + length])

    def sealed(self, sql, *values):
        """Fetch one envelope."""
        return self.rows.execute(sql, values).fetchone()[0]

    def head(self):
        """Open the head (section 4)."""
        data = self.open(3, b"head", b"", self.sealed("SELECT sealed FROM head"))
        end = 4 + int.from_bytes(data[:4], "big")
        return json.loads(data[4:end]), list(struct.iter_unpack(">IH16s", data[end:]))

    def credentials(self):
        """Open every credential with its summary (section 4)."""
        for number, rows, tag in self.head()[1]:
            sealed = self.sealed("SELECT sealed FROM seg WHERE n=?", number)
            data = self.open(2, b"segment", struct.pack(">I", number), sealed, tag)
            assert int.from_bytes(data[:4], "big") == rows
            table = json.loads(data[4 + 32 * rows :])
            for index, row in enumerate(table["rows"]):
                rid = data[4 + 16 * index :][:16]
                mark = data[4 + 16 * rows + 16 * index :][:16]
                sealed = self.sealed("SELECT sealed FROM rec WHERE rid=?", rid)
                body = self.open(1, b"record", rid, sealed, mark)
                end = 4 + int.from_bytes(body[:4], "big")
                about = json.loads(body[4:end])
                summary = dict(zip(table["fields"], row, strict=True))
                yield rid, summary, about, body[end:]

    def documents(self):
        """Open every document (section 4)."""
        tag = bytes.fromhex(self.head()[0]["directory_tag"])
        sealed = self.sealed("SELECT sealed FROM seg WHERE n=0")
        for kind, name, row, mark in json.loads(
            self.open(4, b"directory", b"", sealed, tag)
        ):
            place = bytes.fromhex(row)
            sealed = self.sealed("SELECT sealed FROM doc WHERE name=?", place)
            yield (
                kind,
                name,
                self.open(5, b"document", place, sealed, bytes.fromhex(mark)),
            )


@pytest.mark.parametrize("secret", ["passphrase", "code"])
def test_another_reader_sees_what_was_put_in(tmp_path, secret):
    created = new_wallet(tmp_path / "w", recovery=True)
    with created.vault as vault:
        vault.put([credential(n, note="n") for n in range(3)], at=NOW)
        vault.put([credential(3, id="", raw=b"bare")], at=NOW)
        vault.put_document("kind", "name", b"data")
        entries = {entry.rid: entry.summary for entry in vault.entries()}
        generation = vault.check().generation
        stored = {rid: vault.read(rid) for rid in entries}
    given = {"passphrase": PASSPHRASE, "code": created.recovery_code}
    reader = Reader(tmp_path / "w" / "vault.db", **{secret: given[secret]})
    head, _ = reader.head()
    assert (head["generation"], head["records"]) == (generation, 4)
    assert head["identity_key"] == (
        expand(reader.vault_key, b"credwallet/1 identity").hex()
    )
    found = {rid: rest for rid, *rest in reader.credentials()}
    assert set(found) == set(entries)
    for rid, (summary, about, raw) in found.items():
        assert summary == entries[rid]._asdict()
        assert raw == stored[rid].raw
        assert about == {
            "received_at": "2026-03-01T12:00:00Z",
            "source": "badge.json",
            "report": stored[rid].report,
        }
        issuer, name = (summary[key].encode() for key in ("issuer_id", "id"))
        identity = b"raw\0" + raw
        if name:
            identity = b"id\0" + struct.pack(">I", len(issuer)) + issuer + name
        text = b"credential\0" + hashlib.sha256(identity).digest()
        assert mac(bytes.fromhex(head["identity_key"]), text)[:16] == rid
    assert list(reader.documents()) == [("kind", "name", b"data")]
    total = b"credwallet/1 slots" + reader.vault_id
    rows = reader.rows.execute("SELECT n, kind, params, wrapped FROM slot ORDER BY n")
    for number, kind, *parts in rows:
        for part in parts:
            total += struct.pack(">QQI", number, kind, len(part)) + part
    assert head["slots_digest"] == hashlib.sha256(total).hexdigest()
    reader.rows.close()
