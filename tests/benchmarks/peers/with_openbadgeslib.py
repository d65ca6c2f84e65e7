"""How long does openbadgeslib take for one badge, warm? Runs in its own environment."""

import sys
from pathlib import Path

from openbadgeslib.ob3.ldp import OB3LdpVerifier
from timed import timed

badge, _, times = sys.argv[1:]
data = Path(badge).read_bytes()
verifier = OB3LdpVerifier()
timed(int(times), lambda: verifier.verify(data))
