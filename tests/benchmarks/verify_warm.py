"""One warm verification beside its limit and beside plain PyLD, in one run.

    python -m tests.benchmarks.verify_warm

The limit is SHA-256 of the bytes and one Ed25519 check. PyLD canonicalises document and
proof options with the same contexts at hand, then the same Ed25519 check: no other
question is asked of it. Runs are interleaved; the median of the ratios is printed.
"""

import hashlib
import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pyld import jsonld

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.canon.contexts import compile as compiling
from credwallet.fetch import Offline
from credwallet.keys import resolve
from credwallet.keys.multibase import decode_base58btc
from credwallet.model.report import Verdict
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.benchmarks.badges import EXTENSIONS, skill
from tests.samples.make import CONTEXTS

ROUNDS, TIMES = 15, 100


def main() -> None:
    """Print the ratios."""
    data = skill()
    document = json.loads(data)
    proof = document["proof"]
    key = resolve(proof["verificationMethod"], fetch=Offline()).public_key
    value = decode_base58btc(proof["proofValue"])
    unsecured = {name: item for name, item in document.items() if name != "proof"}
    options = {name: item for name, item in proof.items() if name != "proofValue"}
    options["@context"] = document["@context"]
    settings = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": _loader(),
    }

    def by_pyld() -> bytes:
        return b"".join(
            hashlib.sha256(jsonld.normalize(part, dict(settings)).encode()).digest()
            for part in (options, unsecured)
        )

    hashed = by_pyld()
    policy = Policy(at=datetime.now(UTC))
    ports = Ports(Offline(), Contexts.bundled())

    def limit() -> None:
        hashlib.sha256(data).digest()
        key.verify(value, hashed)

    def ours() -> None:
        assert verify(formats.read(data), policy, ports).verdict is Verdict.VALID

    def plain_pyld() -> None:
        key.verify(value, by_pyld())

    ratios = _ratios(limit, {"credwallet": ours, "plain PyLD": plain_pyld})
    print(f"badge of {len(data)} bytes; {ROUNDS} interleaved rounds")
    for name, values in ratios.items():
        print(f"{name:<12} {statistics.median(values):6.2f} x the limit")


def _loader() -> Callable[..., dict[str, Any]]:
    """Serve PyLD the bundled contexts, parsed once, as its own cache would."""
    documents = {
        source.url: json.loads(
            (compiling.FOLDER / "documents" / source.file).read_bytes()
        )
        for source in compiling.sources()
        if source.url in (*CONTEXTS, EXTENSIONS)
    }

    def load(url: str, _: Any = None) -> dict[str, Any]:
        return {
            "contextUrl": None,
            "documentUrl": url,
            "document": documents[url],
        }

    return load


def _ratios(
    limit: Callable[[], Any], others: dict[str, Callable[[], Any]]
) -> dict[str, list[float]]:
    for function in others.values():
        function()
    found: dict[str, list[float]] = {name: [] for name in others}
    for _ in range(ROUNDS):
        base = _cpu_s(limit, TIMES)
        for name, function in others.items():
            times = TIMES if name == "credwallet" else TIMES // 10
            found[name].append(_cpu_s(function, times) / base)
    return found


def _cpu_s(function: Callable[[], Any], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        function()
    return (time.process_time() - start) / times


if __name__ == "__main__":
    main()
