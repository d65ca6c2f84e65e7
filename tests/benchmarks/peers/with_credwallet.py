"""How long does credwallet take for the same badge, from bytes to the whole report?"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from timed import timed

from credwallet import formats
from credwallet.canon.contexts import Contexts
from credwallet.fetch import Offline
from credwallet.model.report import Verdict
from credwallet.verify import verify
from credwallet.verify.policy import Policy, Ports

badge, _, times = sys.argv[1:]
data = Path(badge).read_bytes()
policy = Policy(at=datetime.now(UTC))
ports = Ports(Offline(), Contexts.bundled())


def _verify() -> None:
    report = verify(formats.read(data), policy, ports)
    if report.verdict is not Verdict.VALID:
        raise ValueError(report.verdict)


timed(int(times), _verify)
