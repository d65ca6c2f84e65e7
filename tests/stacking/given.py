"""Short ways to say rules, credentials and the question."""

from datetime import date

from credwallet.model.qualification import Holding
from credwallet.stacking import load, progress

AS_OF = date(2026, 11, 24)


def rules(body, head=""):
    """Rules of the id `q` with credits in ects."""
    return load(
        'format = "credwallet-qualification/1"\n[qualification]\nid = "q"\n'
        f'credit_unit = "ects"\n{head}\n{body}',
        "rules",
    )


def leaf(name="a", match="achievement = ['x']", kind="credential", more=""):
    """One requirement."""
    head = f"[[requirement]]\nid = '{name}'\ntype = '{kind}'\n"
    return f"{head}match = {{ {match} }}\n{more}\n"


def held(handle="c", achievement="x", **values):
    """One verified credential."""
    return Holding(handle=handle, achievement=achievement, **values)


def ask(qualification, *holdings, **options):
    """The one answer about one qualification."""
    options.setdefault("as_of", AS_OF)
    (answer,) = progress([qualification], holdings, **options)
    return answer


def reasons(answer):
    """Why each credential does not count."""
    return {entry.credential: entry.why for entry in answer.unused}


def states(answer):
    """State and reason of each requirement."""
    return {entry.id: (entry.state, entry.why) for entry in answer.requirements}


def used(answer):
    """Where each credential counts."""
    found = {}
    for use in answer.allocation:
        found.setdefault(use.credential, []).append(use.requirement)
    return found


def by(answer):
    """By what each credential was matched."""
    return {use.credential: use.matched_by for use in answer.allocation}
