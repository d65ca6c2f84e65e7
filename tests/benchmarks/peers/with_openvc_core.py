"""How long does openvc-core take for one badge, warm? Runs in its own environment."""

import json
import sys
from pathlib import Path

from openvc.proof.data_integrity import DataIntegrityProofSuite
from timed import timed

badge, contexts, times = sys.argv[1:]
data = Path(badge).read_bytes()
documents = json.loads(Path(contexts).read_bytes())
suite = DataIntegrityProofSuite()
timed(int(times), lambda: suite.verify(json.loads(data), extra_contexts=documents))
