"""From where in the code do the lists of words in `docs/schema/` come?"""

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from typing import get_args, get_type_hints

from credwallet.cli import report, skills
from credwallet.cli.checking import conditions as checking_conditions
from credwallet.cli.checking import refreshing
from credwallet.cli.completion import Shell
from credwallet.cli.key import KeyForm
from credwallet.cli.listing.filtering import Sort
from credwallet.cli.output import ExitCode
from credwallet.model.offer import MODES
from credwallet.model.plan import AIMS
from credwallet.model.report import Outcome, Verdict
from credwallet.share import WAYS
from credwallet.share.qr import ErrorLevel
from credwallet.share.wallets import FORMS
from credwallet.stacking.policies import VOCABULARIES
from credwallet.store.findings import Severity
from credwallet.store.record import PutResult
from credwallet.trust.registries import KINDS
from credwallet.verify import CHECKS
from tests.contract.code import PACKAGE

_PUT = get_type_hints(PutResult)

# Lists that are one of the code, in its order.
LISTS: Mapping[str, Iterable[object]] = {
    "envelope.json /exitCode": [int(code) for code in ExitCode],
    "words.json /$defs/verdict": list(Verdict),
    "words.json /$defs/format": report.FORMATS,
    "report.json /$defs/check/check": [question.ID for question in CHECKS],
    "report.json /$defs/check/outcome": list(Outcome),
    "import.json /data/reports/items/stored": [*get_args(_PUT["stored"]), "no"],
    "import.json /data/reports/items/storedWhy": [*get_args(_PUT["why"])[1:], None],
    "verify.json /data/reports/items/newer/stored": get_args(_PUT["stored"]),
    "handover.json /as": WAYS,
    "handover.json /qr/level": get_args(ErrorLevel),
    "export.json /data/format": FORMS,
    "registry.json /kind": KINDS,
    "doctor.json /data/findings/items/severity": list(Severity),
    "completion.json /data/shell": list(Shell),
    "key-export.json /data/format": list(KeyForm),
    "offer.json /mode": [*MODES, None],
    "plan.json /data/minimise": AIMS,
    "policy-check.json /data/checks/items/vocabulary": VOCABULARIES.values(),
    "check.json /data/failing/items/condition": checking_conditions.CONDITIONS,
    "refresh.json /data/refreshed/items/outcome": refreshing.CODES,
    "skills.json /data/by": list(skills.By),
    "skills.json /data/skills/items/kind": [*skills.Kind, None],
    "filter-list.json /data/filters/items/filter/sort": list(Sort),
}

# Lists whose words stand here and there in one file of the package, or in several.
SAID: Mapping[str, tuple[str, ...]] = {
    "words.json /$defs/basis": ("stacking/files/qualification_rules.py",),
    "words.json /$defs/state": ("cli/adding_up/words.py",),
    "words.json /$defs/unit": ("stacking/reasons.py",),
    "words.json /$defs/kept": ("cli/goal.py",),
    "report.json /documents/items/origin": ("fetch/port.py",),
    "report.json /linked/items/origin": ("fetch/port.py", "model/open_badges_2.py"),
    "report.json /contains/items/role": (
        "verify/__init__.py",
        "verify/endorsements.py",
    ),
    "show.json /$defs/credential/report/role": ("verify/__init__.py",),
    "list.json /data/saved/is": ("cli/listing/work.py",),
    "moved.json /is": ("cli/remove.py", "cli/restore.py", "cli/purge.py"),
    "disclosure.json /part": ("share/disclosure.py",),
    "check.json /data/changes/items/change": ("cli/checking/changes.py",),
    "timeline.json /data/events/items/event": ("cli/timeline_events.py",),
    "skills.json /data/skills/items/credentials/items/saidIn": ("model/skill.py",),
    "collection-add.json /data/collection/is": ("cli/collection.py",),
    "collection-add.json /data/collection/credentials/items/is": ("cli/collection.py",),
    "collection-remove.json /data/collection/is": ("cli/collection.py",),
    "collection-remove.json /data/collection/credentials/items/is": (
        "cli/collection.py",
    ),
    "filter-remove.json /data/is": ("cli/filter.py",),
    "setting.json /source": ("cli/settings.py",),
    "progress.json /requirements/items/state": ("stacking/reasons.py",),
    "ladder.json /steps/items/award": ("stacking/ladder.py",),
    "plan.json /$defs/relaxation/limit": ("stacking/planning/relaxing.py",),
    "exception.json /type": ("stacking/exceptions.py",),
    "exception.json /authority": ("stacking/files/override_rules.py",),
    "element.json /need": ("stacking/policies/reading.py",),
    "policy.json /status": ("stacking/policies/reading.py",),
    "policy-check.json /data/checks/items/elements/items/state": (
        "stacking/policies/checking.py",
    ),
    "qualification-import.json /data/qualifications/items/is": (
        "cli/qualification_import.py",
    ),
    "qualification-lint.json /data/findings/items/severity": (
        "stacking/files/toml_table.py",
    ),
    "qualification-link.json /data/exceptions/items/is": ("cli/qualification_link.py",),
    "qualification-waive.json /data/exceptions/items/is": (
        "cli/qualification_link.py",
    ),
    "qualification-unlink.json /data/exceptions/items/is": (
        "cli/qualification_link.py",
    ),
    "qualification-remove.json /data/is": ("cli/qualification.py",),
    "goal-remove.json /data/is": ("cli/goal.py",),
    "offer-remove.json /data/is": ("cli/offer.py",),
    "issuer-trust.json /data/is": ("cli/issuer.py",),
    "issuer-distrust.json /data/is": ("cli/issuer.py",),
    "changed-registry.json /is": ("cli/issuer_registry.py",),
    "context-list.json /data/contexts/items/is": ("cli/context.py",),
    "context-remove.json /data/context/is": ("cli/context.py",),
    "identity-add.json /data/is": ("cli/identity.py",),
    "identity-remove.json /data/is": ("cli/identity.py",),
    "key.json /type": ("keys/jwk.py",),
    "key.json /publicKeyJwk/kty": ("keys/jwk.py",),
    "key.json /publicKeyJwk/crv": ("keys/jwk.py",),
    "key-create.json /data/key/is": ("cli/key.py",),
    "key-import.json /data/keys/items/is": ("cli/key.py",),
    "key-export.json /data/is": ("cli/key.py",),
    "key-remove.json /data/is": ("cli/key.py",),
    "init.json /data/recovery": ("cli/unlocking/recovery_code.py",),
    "recover.json /data/recovery": ("cli/recover.py",),
    "rekey.json /data/recovery": ("cli/rekey.py",),
    "passphrase-change.json /data/dataKey": ("cli/passphrase.py",),
    "help.json /command": ("cli/help.py",),
    "version.json /command": ("cli/running.py",),
}


@cache
def literals(files: tuple[str, ...]) -> frozenset[str]:
    """Return every text that stands in files of the package."""
    return frozenset(
        node.value
        for file in files
        for node in ast.walk(ast.parse((PACKAGE / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
