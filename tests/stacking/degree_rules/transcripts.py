"""Random transcripts that nearly satisfy a file, as courses and as credentials."""

import itertools
from fractions import Fraction
from typing import NamedTuple

from credwallet.model.qualification import Holding
from tests.stacking.degree_rules.language import (
    All,
    Any,
    Both,
    Compare,
    Course,
    Either,
    Modifier,
    Occurrence,
    Of,
    Reference,
    Where,
)
from tests.stacking.degree_rules.translate import FRAMEWORK, ISSUER, UNIT, fits


class Taken(NamedTuple):
    """One course of a transcript, in one term."""

    key: tuple  # department, number, lab
    offering: tuple
    gereqs: tuple
    credits: Fraction

    @property
    def departments(self):
        return tuple(self.key[0].split("/"))


def transcript(part, chance):
    """Courses that somebody took who meant to satisfy the file, and a few beside."""
    wish = _Wish(chance, _limits(part) if chance.random() < 0.5 else [])
    wish.part(part)
    kept = [taken for taken in wish.taken.values() if chance.random() > 0.05]
    for _ in range(chance.randint(0, 3)):
        everything = list(_written(part))
        if everything:
            wish.course(chance.choice(everything))
    kept += [taken for key, taken in wish.taken.items() if key not in _keys(kept)]
    chance.shuffle(kept)
    return kept[chance.choice([0, 0, 0, 1]) :]


def _keys(taken):
    return {each.key for each in taken}


def _written(part):
    yield from _in(part.result)
    yield from part.filter if type(part.filter) is tuple else ()
    for child in part.parts.values():
        yield from _written(child)


def _in(asked):
    if isinstance(asked, Course):
        yield asked
    if isinstance(asked, Both | Either | Of):
        for item in asked.items:
            yield from _in(item)


def _limits(part):
    items = part.result.items if isinstance(part.result, Both) else [part.result]
    own = [i.test for i in items if isinstance(i, Modifier) and i.most and i.test]
    return own + [test for child in part.parts.values() for test in _limits(child)]


class _Wish:
    """What somebody takes, who likes what is limited where `liked` says so."""

    def __init__(self, chance, liked):
        self.chance = chance
        self.liked = liked
        self.taken = {}

    def course(self, course, gereqs=()):
        parts = [
            self.chance.choice(default) if given in ("*", None) else given
            for given, default in itertools.zip_longest(
                course.offering, (("A", "B"), ("2012", "2015"), ("1", "3"))
            )
        ]
        key = (course.department, course.number, course.lab)
        amount = Fraction(self.chance.choice(["1", "1", "1", "0.5", "0.25"]))
        self.taken.setdefault(key, Taken(key, tuple(parts), gereqs, amount))

    def part(self, part):
        if part.result is not None:
            self.ask(part.result, part)

    def some(self, items, n):
        items = list(items)
        self.chance.shuffle(items)
        items.sort(key=lambda item: not self.likes(item))
        return items[: int(n)]

    def likes(self, item):
        return isinstance(item, Course) and any(fits(t, item) for t in self.liked)

    def ask(self, asked, part):
        if isinstance(asked, Course):
            self.course(asked)
        elif isinstance(asked, Both):
            for item in asked.items:
                self.ask(item, part)
        elif isinstance(asked, Either | Of):
            self.choose(asked, part)
        elif isinstance(asked, Reference):
            self.part(part.parts[asked.name])
        elif isinstance(asked, Where):
            for _ in range(asked.n):
                self.invent(asked.test)
        elif isinstance(asked, Occurrence):
            self.course(asked.course)
        else:
            self.modifier(asked, part)

    def choose(self, asked, part):
        n = 1 if isinstance(asked, Either) else asked.n
        more = self.chance.random() < 0.2
        for item in self.some(asked.items, n + more):
            self.ask(item, part)

    def modifier(self, asked, part):
        if asked.most:
            return
        if asked.source == "filter" and type(part.filter) is not tuple:
            for _ in range(int(asked.n)):
                self.invent(part.filter)
        elif asked.source == "filter":
            for course in self.some(part.filter, asked.n):
                self.course(course)
        else:
            names = asked.parts or part.parts
            pool = {c for name in names for c in _written(part.parts[name])}
            for course in self.some(sorted(pool), self.chance.randint(0, 3)):
                self.course(course)

    def invent(self, test):
        """Make up a course that meets a condition on general requirements."""
        found = {"gereqs": [], "department": ["GEN"], "number": []}
        self.collect(test, found)
        extra = [f"X{self.chance.randint(1, 2)}"] if self.chance.random() < 0.5 else []
        number = self.chance.randint(100, 399)
        if found["number"]:
            number = max(found["number"]) + self.chance.randint(0, 60)
        department = found["department"][-1]
        gereqs = (*found["gereqs"], *extra)
        self.course(Course(department, min(number, 399)), gereqs)

    def collect(self, test, found):
        if isinstance(test, All):
            for item in test.items:
                self.collect(item, found)
        elif isinstance(test, Any):
            self.collect(self.chance.choice(test.items), found)
        elif isinstance(test, Compare):
            key = "number" if test.key == "level" else test.key
            value = self.chance.choice(test.values)
            found[key].append(value + 1 if test.operator == ">" else value)


def merged(taken, chance):
    """Let some invented courses meet the requirements of two at once."""
    plain = [each for each in taken if each.gereqs]
    result = [each for each in taken if not each.gereqs]
    while plain:
        one = plain.pop()
        if plain and chance.random() < 0.3:
            other = plain.pop()
            one = one._replace(gereqs=(*one.gereqs, *other.gereqs))
        result.append(one)
    return result


def holdings(taken):
    """The same courses as verified credentials of the college."""
    return [_holding(each) for each in taken]


def _holding(each):
    department, number, lab = each.key
    name = f"college:{department}-{number}{'L' if lab else ''}"
    wild = itertools.product(*((part, "*") for part in each.offering))
    codes = {
        ".".join((name, *some[:length]))
        for some in wild
        for length in range(1, len(some) + 1)
    }
    tags = [f"gereqs:{gereq}" for gereq in each.gereqs]
    tags += [f"department:{name_}" for name_ in each.departments]
    return Holding(
        handle=name,
        achievement=name,
        codes=tuple(sorted(codes)),
        issuer=ISSUER,
        credits=each.credits,
        credit_unit=UNIT,
        level=Fraction(number),
        framework=FRAMEWORK,
        tags=tuple(tags),
    )
