"""States a file of the rule language in our format, and counts what it was made of.

A course is an achievement id, an offering of a course another identifier of it; a
general requirement or a department is a tag, a course's number its level. What the
language computes and ours cannot say becomes `manual`, so that nothing is ever called
satisfied that is not.
"""

import re
from collections import Counter
from fractions import Fraction
from typing import NamedTuple

import tomli_w

from tests.stacking.degree_rules.language import (
    All,
    Any,
    Both,
    Compare,
    Course,
    Earliest,
    Either,
    Modifier,
    Occurrence,
    Of,
    Reference,
    Where,
)

ISSUER = "https://college.example"
UNIT = "college:course"
FRAMEWORK = "college:course-number"
EXACT, MANUAL, NOT, TEXT = "exact", "manual", "not stated", "as text"


class Pool(NamedTuple):
    """Which courses fit: those that are listed, and those that fit open matches."""

    courses: tuple = ()
    open: tuple = ()

    def plus(self, other):
        return Pool(
            tuple(dict.fromkeys((*self.courses, *other.courses))),
            (*self.open, *(one for one in other.open if one not in self.open)),
        )

    def match(self):
        found = list(self.open)
        if self.courses:
            ids = list(dict.fromkeys(map(achievement_of, self.courses)))
            found.insert(0, {"achievement": ids})
        return found[0] if len(found) == 1 else {"any": found}


class Leaf(NamedTuple):
    """A requirement that credentials can fill."""

    id: str
    pool: Pool
    claims: bool
    domain: str


class Held(NamedTuple):
    """What stands for an expression: leaves, how many courses they need at least and
    at most, and courses that may count without being asked for.
    """

    leaves: tuple = ()
    size: int | None = 0
    spare: Pool = Pool()
    limits: tuple = ()

    def plus(self, other):
        both = self.size is not None and other.size is not None
        return Held(
            (*self.leaves, *other.leaves),
            self.size + other.size if both else None,
            self.spare.plus(other.spare),
            (*self.limits, *other.limits),
        )


class Here(NamedTuple):
    """The part that is being stated."""

    part: object
    path: str
    domain: str
    held: dict
    filtered: list
    later: list


_NAMES = {
    Both: lambda _: "all of",
    Either: lambda _: "one of",
    Of: lambda of: _OF.get((of.most, min(of.n, 2)), "at most n of"),
}
_OF = {(False, 0): "zero of", (False, 1): "one of", (False, 2): "n of"}


class Translation:
    """The tables of one file, and the tally of its constructs."""

    def __init__(self, part, name):
        self.tables = {
            "requirement": [],
            "group": [],
            "share": [],
            "cap": [],
            "gate": [],
        }
        self.tally = Counter()
        self.gaps = []
        self.leaves = []
        self.ids = set()
        self.choices = 0
        self.notes = []
        self.name, self.title = name, part.name
        self.part(part, "", "", name="")
        self.shares()

    def toml(self):
        head = {
            "id": f"college/{self.name}",
            "title": self.title,
            "issuer_ids": [ISSUER],
            "basis": "estimate",
            "credit_unit": UNIT,
            "framework": FRAMEWORK,
        }
        if self.notes:
            head["text"] = " ".join(self.notes)[:4000]
        tables = {key: value for key, value in self.tables.items() if value}
        whole = {"format": "credwallet-qualification/1", "qualification": head}
        return tomli_w.dumps(whole | tables)

    # Writing tables.

    def new_id(self, *names):
        plain = re.sub(r"[^a-z0-9/]+", "-", "/".join(filter(None, names)).lower())
        wanted = plain.strip("-/") or "root"
        name, count = wanted, 1
        while name in self.ids:
            count += 1
            name = f"{wanted}-{count}"
        self.ids.add(name)
        return name

    def add(self, name, values, into=""):
        if into:
            values["in"] = into
        self.tables[name].append(values)

    def leaf(self, here, into, pool, n=1, *, claims=True, what="course"):
        identity = self.new_id(here.path, "rest" if what == "rest" else "")
        values = {"id": identity, "type": "credential", "match": pool.match()}
        if what == "credit":
            values |= {"type": "credits", "credits": number(n), "weight": number(n)}
        elif n != 1:
            values |= {"type": "count", "n": int(n)}
        self.add("requirement", values, into)
        leaf = Leaf(identity, pool, claims, here.domain)
        self.leaves.append(leaf)
        return Held((leaf,), int(n))

    def manual(self, here, into, text):
        identity = self.new_id(here.path, "by hand")
        self.add("requirement", {"id": identity, "type": "manual", "text": text}, into)
        return Held()

    def gap(self, here, into, kind):
        """Put a manual requirement where ours cannot say what the language computes."""
        self.count(kind, NOT)
        self.gaps.append((here.path, kind))
        return self.manual(here, into, kind)

    def group(self, here, into, kind, n=None):
        identity = self.new_id(here.path, "group")
        values = {"id": identity, "type": kind}
        if kind == "n_of":
            values["n"] = n
        self.add("group", values, into)
        return identity

    def count(self, kind, outcome=EXACT):
        self.tally[kind, outcome] += 1

    # Parts.

    def part(self, part, into, domain, *, name):
        path = name
        here = Here(part, path, domain, {}, [], [])
        for _ in part.notes if part.result is not None else ():
            self.count("note for people", TEXT)
        if part.share:
            self.count("children share courses")
        if part.by_hand:
            kind = {"message": "message alone"}.get(part.by_hand, part.by_hand)
            self.count(kind, MANUAL)
            return self.manual(here, into, (*part.notes, kind)[0][:1000])
        if part.filter is not None:
            self.filter(part)
        if part.result is None:
            return Held(spare=self.spare(part))
        before = len(self.tables["requirement"])
        held = self.state(part.result, into, here)
        # First what is counted without a condition: it may bring a requirement.
        for modifier in sorted(here.later, key=lambda m: (m.most, m.test is not None)):
            held = held.plus(self.from_children(modifier, into, here))
        for child in part.parts:
            if child not in here.held and not any(
                modifier.parts is None or child in modifier.parts
                for modifier in here.later
            ):
                self.count("part that nothing asks for")
        self.carry(part.notes, self.tables["requirement"][before:])
        return held

    def carry(self, notes, inside):
        """Carry notes as the text of the first requirement, or else of the whole."""
        text = " ".join(notes)[:2000]
        if text and inside and "text" not in inside[0]:
            inside[0]["text"] = text
        elif text:
            self.notes.append(text)

    def child(self, name, into, here):
        if name not in here.held:
            share = here.part.share
            domain = f"{here.domain}/{name}" if share else here.domain
            path = f"{here.path}/{name}" if here.path else name
            part = here.part.parts[name]
            here.held[name] = self.part(part, into, domain, name=path)
        return here.held[name]

    def spare(self, part):
        """All courses of a part that nobody asks for, but that may count."""
        pool = pool_of(part.result)
        if type(part.filter) is tuple:
            pool = pool.plus(Pool(part.filter))
        for inner in part.parts.values():
            pool = pool.plus(self.spare(inner))
        return pool

    # Expressions.

    def state(self, expression, into, here):
        return getattr(self, type(expression).__name__.lower())(expression, into, here)

    def one_member(self, expression, into, here):
        """State an expression as exactly one member of a group."""
        before = {key: len(self.tables[key]) for key in ("requirement", "group")}
        group = self.group(here, into, "all_of")
        held = self.state(expression, group, here)
        inside = [
            entry
            for key, start in before.items()
            for entry in self.tables[key][start:]
            if entry.get("in") == group
        ]
        assert inside, expression
        if len(inside) == 1:
            inside[0]["in"] = into
            if not into:
                del inside[0]["in"]
            del self.tables["group"][before["group"]]
        return held

    def course(self, course, into, here):
        self.count("course of one term or section" if course.narrow else "course")
        return self.leaf(here, into, Pool((course,)))

    def both(self, expression, into, here):
        self.count("all of")
        held = Held()
        for item in expression.items:
            held = held.plus(self.state(item, into, here))
        return held

    def either(self, expression, into, here):
        self.count("one of")
        return self.choice(1, expression.items, into, here)

    def of(self, expression, into, here):
        n, items = expression.n, expression.items
        if expression.most or n == 0:
            self.count("at most n of" if expression.most else "zero of")
            pool = Pool()
            for item in items:
                self.spell(item)
                pool = pool.plus(pool_of(item))
            limits = ((pool, n),) if expression.most else ()
            return Held(spare=pool, limits=limits)
        if n == len(items):
            return self.both(expression, into, here)
        self.count("one of" if n == 1 else "n of")
        return self.choice(n, items, into, here)

    def spell_part(self, part):
        """Count what a part is made of that may count and is not asked for."""
        if part.filter is not None:
            self.filter(part)
        self.spell(part.result)
        for inner in part.parts.values():
            self.spell_part(inner)

    def filter(self, part):
        self.count("filter")
        for course in part.filter if type(part.filter) is tuple else ():
            self.spell(course)

    def spell(self, expression):
        """Count what an expression is made of that no requirement stands for."""
        if isinstance(expression, Course):
            narrow = expression.narrow
            self.count("course of one term or section" if narrow else "course")
        elif isinstance(expression, Where):
            self.count("courses where")
        elif isinstance(expression, Reference):
            self.count("reference to a part")
        elif isinstance(expression, Both | Either | Of):
            self.count(_NAMES[type(expression)](expression))
            for item in expression.items:
                self.spell(item)

    def choice(self, n, items, into, here):
        plain = [list_of(item) for item in items]
        simple = all(isinstance(item, Course) for item in items)
        if all(plain) and (n == 1 or simple):
            for item in items:
                self.spell(item)
            courses = tuple(course for courses in plain for course in courses)
            return self.leaf(here, into, Pool(tuple(dict.fromkeys(courses))), n)
        group = self.group(here, into, "n_of", n)
        held = Held()
        self.choices += 1
        for item in items:
            held = held.plus(self.one_member(item, group, here))
        self.choices -= 1
        return held._replace(size=None)

    def reference(self, reference, into, here):
        self.count("reference to a part")
        return self.child(reference.name, into, here)

    def where(self, expression, into, here):
        if expression.distinct:
            self.count("distinct courses")
        test = expression.test
        if isinstance(test, All) and any(isinstance(t, Earliest) for t in test.items):
            self.gap(here, into, "order in time")
            (test,) = (t for t in test.items if not isinstance(t, Earliest))
        pool = open_pool(test)
        if pool is None:
            return self.gap(here, into, "courses where: an upper bound")
        if not pool.open and len(pool.courses) < expression.n:
            return self.gap(here, into, "one course several times")
        self.count("courses where")
        return self.leaf(here, into, pool, expression.n, claims=False)

    def occurrence(self, expression, into, here):
        if expression.n > 1:
            return self.gap(here, into, "one course several times")
        self.count("one occurrence of a course")
        return self.leaf(here, into, Pool((expression.course,)), claims=False)

    def modifier(self, modifier, into, here):
        if modifier.source == "children":
            here.later.append(modifier)
            return Held()
        return self.from_filter(modifier, into, here)

    # Counting what a filter lets through.

    def from_filter(self, modifier, into, here):
        kind = f"{modifier.what}s from a filter"
        chosen = here.part.filter
        if modifier.most:
            self.count("at most, from a filter")
            pool = narrowed(Pool(chosen), modifier.test)
            self.cap(here, pool, modifier.n, here.filtered)
            return Held()
        if type(chosen) is not tuple:
            if modifier.what == "department":
                return self.gap(here, into, "departments from what is not listed")
            pool = open_pool(chosen)
        else:
            pool = narrowed(Pool(chosen), modifier.test)
            if modifier.besides:
                self.count("besides")
                listed = tuple(c for c in pool.courses if c != modifier.besides)
                pool = Pool(listed)
        self.count(kind)
        if modifier.what == "department":
            held = self.departments(int(modifier.n), pool, into, here)
        else:
            what = modifier.what
            held = self.leaf(here, into, pool, modifier.n, claims=False, what=what)
        here.filtered.extend(held.leaves)
        return held

    def departments(self, n, pool, into, here):
        """So many of the departments: a leaf for each, for each list is closed."""
        by_name = {}
        for course in pool.courses:
            assert "/" not in course.department
            by_name.setdefault(course.department, []).append(course)
        group = self.group(here, into, "n_of", n)
        held = Held()
        for courses in by_name.values():
            one = self.leaf(here, group, Pool(tuple(courses)), claims=False)
            held = held.plus(one)
        return held._replace(size=None)

    # Counting what the children hold.

    def from_children(self, modifier, into, here):
        if modifier.what == "department":
            return self.gap(here, into, "departments from children")
        # A gate or a cap under a choice would bind whatever is chosen.
        assert self.choices == 0
        names = modifier.parts or tuple(here.part.parts)
        held = Held()
        for name in names:
            part = here.part.parts[name]
            own = here.held.get(name)
            held = held.plus(own if own is not None else self.optional(part))
        rest = here.held.get("")
        if rest is not None:
            held = held.plus(rest)._replace(spare=Pool())
        if modifier.most:
            return self.at_most(modifier, into, here, held)
        self.count(f"{modifier.what}s from children")
        if held.spare != Pool():
            assert modifier.test is None
            here.held[""] = self.rest(modifier, into, here, held)
            return here.held[""]
        match = {}
        if modifier.test is not None:
            self.count("from children, where")
            everything = Pool()
            for leaf in held.leaves:
                everything = everything.plus(leaf.pool)
            if everything.open:
                match = open_pool(modifier.test).match()
            else:
                match = narrowed(everything, modifier.test).match()
        limit = "min_credits" if modifier.what == "credit" else "min_count"
        values = {"id": self.new_id(here.path, "count"), "match": match}
        values[limit] = number(modifier.n)
        values["requirements"] = [leaf.id for leaf in held.leaves]
        self.add("gate", values)
        return Held()

    def optional(self, part):
        self.count("part that is only counted")
        if part.by_hand:
            self.count("note for people", TEXT)
            return Held()
        self.spell_part(part)
        held = Held(spare=self.spare(part))
        if isinstance(part.result, Of) and part.result.most:
            held = held._replace(limits=((held.spare, part.result.n),))
        return held

    def rest(self, modifier, into, here, held):
        """Ask for what is left of the number, from all that may count."""
        pool = held.spare
        for leaf in held.leaves:
            assert leaf.claims, leaf
            pool = pool.plus(leaf.pool)
        left = modifier.n - held.size
        if modifier.what == "credit":
            assert not held.leaves
            return self.leaf(here, into, pool, left, what="credit")
        found = self.leaf(here, into, pool, left, what="rest")
        for limited, n in held.limits:
            self.cap(here, limited, n, found.leaves)
        return found

    def at_most(self, modifier, into, here, held):
        self.count("at most, from children")
        leaves = held.leaves
        if not leaves:
            return Held()
        everything = Pool()
        for leaf in leaves:
            everything = everything.plus(leaf.pool)
        if everything.open:
            self.tally["at most, from children", EXACT] -= 1
            return self.gap(here, into, "at most, where courses are not listed")
        self.cap(here, narrowed(everything, modifier.test), modifier.n, leaves)
        return Held()

    def cap(self, here, pool, n, leaves):
        if pool == Pool():
            return
        values = {"id": self.new_id(here.path, "at most"), "match": pool.match()}
        values |= {"max_count": int(n), "requirements": [leaf.id for leaf in leaves]}
        self.add("cap", values)

    # Which may share: all that only look, and children that are told to.

    def shares(self):
        together = {
            frozenset((one.id, other.id))
            for number_, one in enumerate(self.leaves)
            for other in self.leaves[:number_]
            if not (one.claims and other.claims) or one.domain != other.domain
        }
        left = set(together)
        for number_, one in enumerate(self.leaves):
            for other in self.leaves[:number_]:
                if frozenset((one.id, other.id)) not in left:
                    continue
                clique = [other.id, one.id]
                for third in self.leaves:
                    pairs = [frozenset((third.id, name)) for name in clique]
                    if third.id not in clique and together.issuperset(pairs):
                        clique.append(third.id)
                self.add("share", {"requirements": clique})
                left -= {frozenset((a, b)) for a in clique for b in clique if a != b}


def number(amount):
    """A number as our format writes it."""
    amount = Fraction(amount)
    return int(amount) if amount.denominator == 1 else str(amount)


def achievement_of(course):
    """The id that a course goes by."""
    name = f"college:{course.department}-{course.number}{'L' if course.lab else ''}"
    return ".".join((name, *course.offering)) if course.narrow else name


def list_of(expression):
    """The courses of a choice of courses; empty if it is anything else."""
    if isinstance(expression, Course):
        return (expression,)
    if isinstance(expression, Either):
        inner = [list_of(item) for item in expression.items]
        return tuple(c for courses in inner for c in courses) if all(inner) else ()
    return ()


def pool_of(expression):
    """All courses that stand anywhere in an expression."""
    if isinstance(expression, Course):
        return Pool((expression,))
    if isinstance(expression, Both | Either | Of):
        found = Pool()
        for item in expression.items:
            found = found.plus(pool_of(item))
        return found
    if isinstance(expression, Where):
        return open_pool(expression.test)
    assert expression is None or isinstance(
        expression, Reference | Modifier | Occurrence
    )
    return Pool()


def fits(test, course):
    """Whether a listed course meets a condition."""
    if test is None:
        return True
    if isinstance(test, All | Any):
        each = [fits(inner, course) for inner in test.items]
        return all(each) if isinstance(test, All) else any(each)
    have = {
        "level": (course.number // 100 * 100,),
        "number": (course.number,),
        "department": tuple(course.department.split("/")),
    }[test.key]
    assert test.operator in ("=", "!=")
    return any(value in have for value in test.values) == (test.operator == "=")


def narrowed(pool, test):
    """The listed courses that meet a condition."""
    return Pool(tuple(course for course in pool.courses if fits(test, course)))


def open_pool(test):
    """A condition as a match, None if no match can say it."""
    match = match_of(test)
    if match is None:
        return None
    if isinstance(match, tuple):
        return Pool(match)
    return Pool((), (match,))


def match_of(test):
    if isinstance(test, Compare):
        return _compared(test)
    inner = [match_of(item) for item in test.items]
    if None in inner:
        return None
    if isinstance(test, Any):
        courses = all(isinstance(one, int) for one in inner)
        return None if courses else {"any": inner}
    return _together(test, inner)


def _together(test, inner):
    keys = {item.key for item in test.items if isinstance(item, Compare)}
    numbers = [
        number_
        for item in test.items
        for one in (item.items if isinstance(item, Any) else (item,))
        if isinstance(one, Compare) and (one.key, one.operator) == ("number", "=")
        for number_ in one.values
    ]
    if numbers and keys == {"department"}:
        (department,) = test.items[0].values
        return tuple(Course(department, number_) for number_ in numbers)
    match = {}
    for one in inner:
        match |= one
    assert sum(map(len, inner)) == len(match), test
    return match


def _compared(test):
    if test.key in ("gereqs", "department") and test.operator == "=":
        return {"tag": [f"{test.key}:{value}" for value in test.values]}
    if test.key == "level" and test.operator == "=" and test.values == (300,):
        # No course has a number of 400 or more, so that 300 is the highest level.
        return {"min_level": 300}
    if test.key == "number" and test.operator == ">":
        return {"min_level": test.values[0] + 1}
    if test.key == "number" and test.operator == "=":
        # A match has no number; with a department it is a course, see `_together`.
        return {"number": list(test.values)}
    return None
