"""A certificate, a diploma and a degree on each other, and some credentials."""

from pathlib import Path

HEAD = 'format = "credwallet-qualification/1"\n[qualification]\n'
CERTIFICATE = """id = "certificate"
title = "Certificate in Data"
awarded_by = ["Harbour College"]
credit_unit = "ects"
award = { achievement = ["award:certificate"] }
[[requirement]]
id = "core"
title = "Core credits"
type = "credits"
credits = 8
match = { tag = ["core"] }
[[group]]
id = "elective"
type = "n_of"
n = 1
weight = 4
[[requirement]]
id = "charts"
title = "Honest Charts"
in = "elective"
type = "credential"
match = { achievement = ["x:charts"] }
[[requirement]]
id = "statistics"
title = "Statistics One"
in = "elective"
type = "credential"
match = { achievement = ["x:statistics"] }
"""
DIPLOMA = """id = "diploma"
title = "Diploma in Data"
awarded_by = ["Harbour College"]
credit_unit = "ects"
award = { achievement = ["award:diploma"] }
[[requirement]]
id = "entry"
type = "credential"
weight = 8
match = { achievement = ["award:certificate"] }
[[requirement]]
id = "more"
title = "Further credits"
type = "credits"
credits = 10
match = { tag = ["core"] }
[[requirement]]
id = "prior"
type = "credits"
credits = 12
match = { kind = ["apel"] }
[[requirement]]
id = "project"
type = "manual"
weight = 2
[[cap]]
id = "apel-c"
text = "at most six by experience"
match = { kind = ["apel"] }
max_credits = 6
[[gate]]
id = "home"
text = "earned at the college itself"
match = { issuer = ["x:college"] }
min_credits = 6
"""
DEGREE = """id = "degree"
title = "Degree in Data"
[[requirement]]
id = "half"
type = "credential"
match = { achievement = ["award:diploma"] }
[[requirement]]
id = "thesis"
type = "credential"
match = { achievement = ["x:thesis"] }
"""
CREDENTIALS = """format = "credwallet-what-if/1"
[[credential]]
id = "sql"
name = "SQL in Practice"
achievement = "x:sql"
issued = 2025-03-01
expires = 2027-03-01
credits = 8
credit_unit = "ects"
tag = "core"
[[credential]]
id = "charts"
name = "Honest Charts"
achievement = "x:charts"
issued = 2024-03-01
[[credential]]
id = "apel1"
achievement = "x:apel1"
kind = "apel"
credits = 6
credit_unit = "ects"
[[credential]]
id = "apel2"
achievement = "x:apel2"
kind = "apel"
credits = 6
credit_unit = "ects"
[[credential]]
id = "thesis"
name = "Thesis"
achievement = "x:thesis"
issued = 2026-03-01
result_status = "InProgress"
[[credential]]
id = "old"
name = "Old Workshop"
achievement = "x:old"
issued = 2019-03-01
expires = 2020-03-01
"""
AWARD = '[[credential]]\nid = "award"\nachievement = "award:certificate"\n'


def chain(folder: Path, *, more: str = "") -> list[object]:
    """Write the files, and return the options that name them.

    Args:
        folder: Where to.
        more: To be appended to the credentials.

    """
    argv: list[object] = ["--no-wallet"]
    for name, body in (("c", CERTIFICATE), ("d", DIPLOMA), ("g", DEGREE)):
        (folder / f"{name}.toml").write_text(HEAD + body, encoding="utf-8")
        argv += ["--qualification", folder / f"{name}.toml"]
    (folder / "held.toml").write_text(CREDENTIALS + more, encoding="utf-8")
    return [*argv, "--what-if", folder / "held.toml"]
