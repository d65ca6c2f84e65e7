"""Does a credential fit a match, and by what?

In the order of trust (`docs/qualification-file.md`, "A match"): the achievement's id,
or one that the same issuer calls equal; an alignment, from an issuer whom the file
lists or the learner trusts; a code together with its issuer. A name never fits. What
fits by none of these is a `Miss`; it has words where the learner would want to know.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.qualification import Fact, Holding, Match, Qualification
from credwallet.stacking.amounts import plain
from credwallet.stacking.files.match_rules import issuers_named

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Hit(NamedTuple):
    """It fits; `rank` is 1 for the most trusted way, `by` its words."""

    rank: int
    by: str


class Miss(NamedTuple):
    """It does not fit; `why` is `""` where nothing about it comes close.

    `wrong_issuer` is worth a warning; `level` says that only the level stands between.
    """

    why: str = ""
    wrong_issuer: bool = False
    level: bool = False


class View(NamedTuple):
    """A holding with its identifiers made comparable and the file's facts applied."""

    holding: Holding
    achievement: str
    same_as: frozenset[str]
    codes: frozenset[str]
    alignments: frozenset[str]
    issuer: str
    tags: frozenset[str]
    own_tags: frozenset[str]
    kind: str
    level: Fraction | None
    framework: str
    credits: Fraction | None
    credit_unit: str


class Rule(NamedTuple):
    """A `Match` made comparable."""

    achievement: frozenset[str]
    alignment: frozenset[str]
    code: frozenset[str]
    issuer: frozenset[str]
    not_issuer: frozenset[str]
    tag: frozenset[str]
    kind: frozenset[str]
    min_level: Fraction | None
    framework: str
    min_grade: Fraction | None
    any: "tuple[Rule, ...]"


class Trust(NamedTuple):
    """Whose word counts: issuers whom the file names, and those the learner trusts."""

    listed: frozenset[str]
    accepted: frozenset[str]
    own_tags: bool


_MISS = Miss()
_EVERYTHING = Hit(6, "everything fits")


def same_form(identifier: str) -> str:
    """Bring an identifier into the form in which it is compared.

    Args:
        identifier: A URL, a DID or any other text.

    Returns:
        For a URL with an authority: scheme and host in lower case, no default port,
        no trailing slash; any other text as it is.

    """
    scheme, found, rest = identifier.partition("://")
    if not found or not scheme.isascii() or not scheme.isalnum():
        return identifier
    scheme = scheme.lower()
    end = min((i for i in map(rest.find, "/?#") if i >= 0), default=len(rest))
    user, at, host = rest[:end].rpartition("@")
    host = host.lower().removesuffix(_DEFAULT_PORTS.get(scheme, ":"))
    path = rest[end:]
    if path.endswith("/") and "?" not in path and "#" not in path:
        path = path[:-1]
    return f"{scheme}://{user}{at}{host}{path}"


def trust_of(
    qualification: Qualification, *, known_issuers: Iterable[str], own_tags: bool
) -> Trust:
    """Collect whose alignments and codes a qualification accepts.

    Args:
        qualification: The file.
        known_issuers: Ids of issuers whom the learner trusts.
        own_tags: Whether the learner's own tags count too.

    Returns:
        The issuers, comparable.

    """
    matches = (
        *(entry.match for entry in qualification.requirements),
        *(entry.match for entry in qualification.gates),
    )
    listed = forms(qualification.issuer_ids).union(
        *(forms(issuers_named(match)) for match in matches)
    )
    return Trust(listed, listed | forms(known_issuers), own_tags)


def rule_of(match: Match, framework: str = "") -> Rule:
    """Make a match comparable.

    Args:
        match: As the file says it.
        framework: Of the file's levels, where the match names none.

    Returns:
        The same with sets of comparable identifiers.

    """
    return Rule(
        achievement=forms(match.achievement),
        alignment=forms(match.alignment),
        code=frozenset(match.code),
        issuer=forms(match.issuer),
        not_issuer=forms(match.not_issuer),
        tag=_words(match.tag),
        kind=_words(match.kind),
        min_level=match.min_level,
        framework=match.framework or ("" if match.min_level is None else framework),
        min_grade=match.min_grade,
        any=tuple(rule_of(inner, framework) for inner in match.any),
    )


def view_of(holding: Holding, facts: dict[str, Fact]) -> View:
    """Apply to a holding what a file says of its achievement.

    Args:
        holding: The credential, as it describes itself.
        facts: Facts of the file by comparable achievement id.

    Returns:
        The view; what the file says stands above what the credential says.

    """
    achievement = same_form(holding.achievement) if holding.achievement else ""
    same_as = forms(holding.same_as)
    fact = facts.get(achievement) or next(
        (facts[name] for name in sorted(same_as) if name in facts), None
    )
    level, framework = holding.level, holding.framework
    credits_, unit = holding.credits, holding.credit_unit
    kind, tags = holding.kind, holding.tags
    if fact is not None:
        same_as |= forms(fact.same_as) | {same_form(fact.id)}
        tags = (*tags, *fact.tags)
        kind = fact.kind or kind
        if fact.level is not None:
            level, framework = fact.level, fact.framework
        if fact.credits is not None:
            credits_, unit = fact.credits, fact.credit_unit
        elif fact.credit_unit:
            unit = fact.credit_unit
    return View(
        holding=holding,
        achievement=achievement,
        same_as=same_as - {achievement},
        codes=frozenset(holding.codes),
        alignments=forms(holding.alignments),
        issuer=same_form(holding.issuer),
        tags=_words(tags),
        own_tags=_words(holding.own_tags),
        kind=kind.casefold(),
        level=level,
        framework=framework,
        credits=credits_,
        credit_unit=unit.strip().casefold(),
    )


def judge(rule: Rule, view: View, trust: Trust) -> Hit | Miss:
    """Ask whether a credential fits.

    Args:
        rule: What is asked for.
        view: The credential, with what the file says of it.
        trust: Whose word counts.

    Returns:
        `Hit` with the most trusted way in which it fits, or `Miss`.

    """
    best = _EVERYTHING
    doubt = ""
    for named in (
        _achievement(rule, view, trust) if rule.achievement else None,
        _alignment(rule, view, trust) if rule.alignment else None,
        _code(rule, view, trust) if rule.code else None,
        _tag(rule, view, trust) if rule.tag else None,
        _kind(rule, view) if rule.kind else None,
    ):
        if isinstance(named, Miss):
            if not named.why:
                return named
            doubt = doubt or named.why
        elif named is not None and named.rank < best.rank:
            best = named
    if doubt:
        return Miss(doubt)
    inner = _any(rule, view, trust) if rule.any else best
    if isinstance(inner, Miss):
        return inner
    found = min(best, inner)
    miss = _issuer(rule, view, found) or _level(rule, view)
    return miss or _issued_by(rule, found)


def forms(identifiers: Iterable[str]) -> frozenset[str]:
    """Bring identifiers into the form in which they are compared."""
    return frozenset(map(same_form, identifiers))


def _achievement(rule: Rule, view: View, trust: Trust) -> Hit | Miss:
    if view.achievement in rule.achievement and view.achievement:
        return Hit(1, "achievement id")
    if not view.same_as.isdisjoint(rule.achievement):
        return Hit(1, "an achievement that its issuer calls the same")
    if not view.codes.isdisjoint(rule.achievement):
        return _code_of(rule, view, trust)
    return _MISS


def _alignment(rule: Rule, view: View, trust: Trust) -> Hit | Miss:
    if view.alignments.isdisjoint(rule.alignment):
        return _MISS
    if view.issuer and view.issuer in trust.accepted:
        return Hit(2, "alignment")
    if not view.issuer:
        return Miss("its alignment fits, but it names no issuer who says so")
    return Miss("its alignment fits, but its issuer is neither listed nor known to you")


def _code(rule: Rule, view: View, trust: Trust) -> Hit | Miss:
    return _MISS if view.codes.isdisjoint(rule.code) else _code_of(rule, view, trust)


def _code_of(rule: Rule, view: View, trust: Trust) -> Hit | Miss:
    if view.issuer and view.issuer in (rule.issuer or trust.listed):
        return Hit(4, "code and issuer")
    return Miss("its code fits, but not its issuer")


def _tag(rule: Rule, view: View, trust: Trust) -> Hit | Miss:
    found = rule.tag & view.tags
    if found:
        return Hit(5, f"tag {min(found)}")
    found = rule.tag & view.own_tags
    if not found:
        return _MISS
    if trust.own_tags:
        return Hit(5, f"your own tag {min(found)}")
    return Miss(f"your own tag {min(found)} counts only with --assume")


def _kind(rule: Rule, view: View) -> Hit | Miss:
    return Hit(5, f"kind {view.kind}") if view.kind in rule.kind else _MISS


def _any(rule: Rule, view: View, trust: Trust) -> Hit | Miss:
    judged = [judge(inner, view, trust) for inner in rule.any]
    hits = [entry for entry in judged if isinstance(entry, Hit)]
    if hits:
        return min(hits)
    misses = [entry for entry in judged if isinstance(entry, Miss) and entry.why]
    return misses[0] if misses else _MISS


def _issuer(rule: Rule, view: View, found: Hit) -> Miss | None:
    if rule.issuer and view.issuer not in rule.issuer:
        if found == _EVERYTHING:
            return _MISS
        said = (
            f"its issuer {view.issuer} is not one" if view.issuer else "it names no one"
        )
        return Miss(f"{said} whom the rules ask for", wrong_issuer=found.rank == 1)
    if rule.not_issuer and view.issuer in rule.not_issuer:
        return Miss(f"its issuer {view.issuer} is excluded")
    return None


def _level(rule: Rule, view: View) -> Miss | None:
    if rule.framework and view.framework and rule.framework != view.framework:
        return Miss(f"its level is of another framework: {view.framework}", level=True)
    if rule.min_level is not None:
        if view.level is None:
            return Miss("its level is unknown", level=True)
        if view.level < rule.min_level:
            low, least = plain(view.level), plain(rule.min_level)
            return Miss(f"its level {low} is below {least}", level=True)
    if rule.min_grade is not None:
        grade = view.holding.grade
        if grade is None:
            return Miss("its grade is unknown", level=True)
        if grade < rule.min_grade:
            low, least = plain(grade), plain(rule.min_grade)
            return Miss(f"its grade {low} is below {least}", level=True)
    return None


def _issued_by(rule: Rule, best: Hit) -> Hit:
    if best != _EVERYTHING:
        return best
    if rule.issuer:
        return Hit(5, "issuer")
    return Hit(5, "level") if rule.min_level is not None else best


def _words(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value.strip().casefold() for value in values)
