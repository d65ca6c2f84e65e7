"""One warm verification beside its limit and beside plain PyLD, in one run.

    python -m tests.benchmarks.verify_warm

The limit is SHA-256 of the bytes and one check of the badge's signature. PyLD
canonicalises document and proof options with the same contexts at hand, then checks the
same signature: no other question is asked of it. Runs are interleaved; the median of
the ratios is printed. The specification's complete badge comes from the test vectors.
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
from credwallet.model.report import Verdict
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports
from tests.benchmarks import badges
from tests.samples.make import CONTEXTS

ROUNDS, TIMES = 15, 100


def main() -> None:
    """Print the ratios."""
    for name, badge, goal in (
        ("skill, eddsa-rdfc-2022", badges.eddsa_rdfc(), 2.5),
        ("complete, eddsa-rdfc-2022", badges.complete(), 20),
        ("skill, ecdsa-rdfc-2019 (P-256)", badges.ecdsa_rdfc(), 2),
        ("skill, VC-JWT (EdDSA)", badges.vc_jwt("EdDSA"), 2),
        ("skill, VC-JWT (ES256)", badges.vc_jwt("ES256"), 2),
    ):
        if badge is None:
            print(f"{name:<32} needs CREDWALLET_VECTORS")
            continue
        said = ", ".join(
            f"{who} {statistics.median(values):5.2f}"
            for who, values in _ratios(badge).items()
        )
        print(f"{name:<32} {len(badge.raw):6} bytes, x its limit: {said}; goal {goal}")


def _ratios(badge: badges.Signed) -> dict[str, list[float]]:
    policy = Policy(at=datetime.now(UTC))
    ports = Ports(Offline(), Contexts.bundled())

    def limit() -> None:
        hashlib.sha256(badge.raw).digest()
        badge.key.verify(badge.signature, badge.data, hash_name="sha256")

    def ours() -> None:
        report = verify(formats.read(badge.raw), policy, ports)
        assert report.verdict is Verdict.VALID, report.checks

    others: dict[str, Callable[[], Any]] = {"credwallet": ours}
    if badge.raw.startswith(b"{"):
        others["plain PyLD"] = _plain_pyld(badge)
    return _measured(limit, others)


def _plain_pyld(badge: badges.Signed) -> Callable[[], None]:
    document = json.loads(badge.raw)
    proof = document.pop("proof")
    options = {name: item for name, item in proof.items() if name != "proofValue"}
    options["@context"] = document["@context"]
    settings = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": _loader(),
    }

    def run() -> None:
        data = b"".join(
            hashlib.sha256(jsonld.normalize(part, dict(settings)).encode()).digest()
            for part in (options, document)
        )
        badge.key.verify(badge.signature, data, hash_name="sha256")

    return run


def _loader() -> Callable[..., dict[str, Any]]:
    """Serve PyLD the bundled contexts, parsed once, as its own cache would."""
    documents = {
        source.url: json.loads(
            (compiling.FOLDER / "documents" / source.file).read_bytes()
        )
        for source in compiling.sources()
        if source.url in (*CONTEXTS, badges.EXTENSIONS)
    }

    def load(url: str, _: Any = None) -> dict[str, Any]:
        return {
            "contextUrl": None,
            "documentUrl": url,
            "document": documents[url],
        }

    return load


def _measured(
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
