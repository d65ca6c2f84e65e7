"""A second answer, from the rules themselves: every way to place the courses is tried.

The reading of the language that ours is compared with (`docs/stacking.md`):

- a course written by itself takes a course of the transcript, which then no other one
  takes, unless the parts are told to share; surplus may be taken;
- `courses where`, `occurrence` and what comes from a filter only look and take nothing;
- `from children` counts the courses that the parts took or saw, each once;
- `at most n` lets no more than n of them count;
- what a person must judge, and what ours cannot state, is taken as done.

It shares nothing with the translation but the reader of the language.
"""

import itertools
from collections import Counter

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


def ways(part, transcript):
    """All placements of the courses, one after the other, and how many there are."""
    asked = _Asked(part, transcript)
    count = 1
    for options in asked.options:
        count *= len(options)
    return asked, count


def satisfied(part, transcript):
    """Whether there is a placement by which everything is asked and answered yes."""
    asked, _ = ways(part, transcript)
    return any(
        asked.part(part, "", frozenset(choice))[0]
        for choice in itertools.product(*asked.options)
    )


class _Asked:
    """The slots of a file: where each course may be placed."""

    def __init__(self, part, transcript):
        self.transcript = transcript
        self.limits = list(_limits(part, ""))
        by_course = {}
        for path, domain, course in _slots(part, "", ""):
            for number, taken in enumerate(transcript):
                if matches(course, taken):
                    place = by_course.setdefault((number, domain), [])
                    place.append((number, path))
        # Not to take a course can only help where it is limited.
        self.options = [
            [*places, None] if any(self.limited(*place) for place in places) else places
            for places in by_course.values()
        ]
        for path, test in _lookers(part, ""):
            self.options += [
                [(number, path), None]
                for number, taken in enumerate(transcript)
                if _seen(test, taken) and self.limited(number, path)
            ]

    def limited(self, number, path):
        return any(
            path.startswith(where)
            and (test is None or _seen(test, self.transcript[number]))
            for where, test in self.limits
        )

    def part(self, part, path, choice):
        if part.by_hand:
            return True, frozenset()
        if part.result is None:
            return True, self.looked(part.filter, f"{path}!filter", choice)
        return self.ask(part.result, part, f"{path}!", choice)

    def looked(self, test, path, choice):
        """The courses that are seen, less those that are left out on purpose."""
        return frozenset(
            number
            for number, taken in enumerate(self.transcript)
            if _seen(test, taken)
            and (not self.limited(number, path) or (number, path) in choice)
        )

    def ask(self, asked, part, path, choice):  # noqa: PLR0911 -- one kind after the other
        if isinstance(asked, Course):
            taken = frozenset(n for n, where in filter(None, choice) if where == path)
            return bool(taken), taken
        if isinstance(asked, Both | Either | Of):
            answers = [
                self.ask(item, part, f"{path}.{index}", choice)
                for index, item in enumerate(asked.items)
            ]
            yes = sum(answer for answer, _ in answers)
            taken = frozenset().union(*(courses for _, courses in answers))
            if isinstance(asked, Of):
                # Nothing in these files counts what `at most n of` would limit.
                return asked.most or yes >= asked.n, taken
            return yes >= (len(answers) if isinstance(asked, Both) else 1), taken
        if isinstance(asked, Reference):
            return self.child(part, asked.name, path, choice)
        if isinstance(asked, Where | Occurrence):
            if _beyond(asked):
                return True, frozenset()
            test = asked.test if isinstance(asked, Where) else (asked.course,)
            seen = self.looked(test, path, choice)
            return len(seen) >= asked.n, seen
        return self.modifier(asked, part, path, choice)

    def child(self, part, name, path, choice):
        above = path.partition("!")[0]
        return self.part(part.parts[name], f"{above}/{name}", choice)

    def modifier(self, asked, part, path, choice):
        above = path.partition("!")[0]
        if asked.source == "filter":
            courses = self.looked(part.filter, f"{above}!filter", choice)
        else:
            names = asked.parts or part.parts
            found = [self.child(part, name, path, choice)[1] for name in names]
            courses = frozenset().union(*found)
        if asked.test is not None:
            courses = {n for n in courses if _seen(asked.test, self.transcript[n])}
        if asked.besides:
            courses = {
                n for n in courses if not matches(asked.besides, self.transcript[n])
            }
        courses = frozenset(courses)
        if _beyond(asked, part):
            return True, courses
        taken = [self.transcript[number] for number in courses]
        if asked.what == "department":
            have = len({name for each in taken for name in each.departments})
        elif asked.what == "credit":
            have = sum(each.credits for each in taken)
        else:
            have = len(taken)
        # A limit lends its courses to nobody: only what counts them does.
        if asked.most:
            return have <= asked.n, frozenset()
        return have >= asked.n, courses


def _beyond(asked, part=None):
    """What ours cannot say; named here once more, in the terms of the language."""
    if isinstance(asked, Occurrence):
        return asked.n > 1
    if isinstance(asked, Where):
        return {"department", "number"} == {
            test.key for test in _flat(asked.test)
        } and all(test.operator == "=" for test in _flat(asked.test))
    if asked.what == "department":
        return asked.source == "children" or type(part.filter) is not tuple
    # A limit by level over courses that are nowhere listed.
    return asked.most and asked.source == "children" and _looks(part)


def _looks(part):
    inner = any(_looks(child) for child in part.parts.values())
    return inner or any(isinstance(e, Where) for e in _expressions(part.result))


def _limits(part, path):
    """Where `at most` limits what counts, and which courses of those."""
    for asked in _expressions(part.result):
        if isinstance(asked, Modifier) and asked.most and not _beyond(asked, part):
            filtered = asked.source == "filter"
            yield f"{path}!filter" if filtered else f"{path}/", asked.test
    for name, child in part.parts.items():
        yield from _limits(child, f"{path}/{name}")


def _expressions(asked):
    if asked is None:
        return
    yield asked
    if isinstance(asked, Both | Either | Of):
        for item in asked.items:
            yield from _expressions(item)


def _slots(part, path, domain):
    """Every course that is written by itself, with its path and who it rivals."""
    yield from _courses(part.result, f"{path}!", domain)
    for name, child in part.parts.items():
        inner = f"{domain}/{name}" if part.share else domain
        yield from _slots(child, f"{path}/{name}", inner)


def _courses(asked, path, domain):
    if isinstance(asked, Course):
        yield path, domain, asked
    if isinstance(asked, Both | Either | Of):
        for index, item in enumerate(asked.items):
            yield from _courses(item, f"{path}.{index}", domain)


def _lookers(part, path):
    """Everything that only looks at the transcript, with its path."""
    if part.filter is not None:
        yield f"{path}!filter", part.filter
    yield from _wheres(part.result, f"{path}!")
    for name, child in part.parts.items():
        yield from _lookers(child, f"{path}/{name}")


def _wheres(asked, path):
    if isinstance(asked, Where):
        yield path, asked.test
    if isinstance(asked, Occurrence):
        yield path, (asked.course,)
    if isinstance(asked, Both | Either | Of):
        for index, item in enumerate(asked.items):
            yield from _wheres(item, f"{path}.{index}")


def matches(course, taken):
    """Whether a course of a transcript is the one that is written."""
    if (course.department, course.number, course.lab) != taken.key:
        return False
    pairs = zip(course.offering, taken.offering, strict=False)
    return all(wanted in ("*", given) for wanted, given in pairs)


def _seen(test, taken):
    if type(test) is tuple:
        return any(matches(course, taken) for course in test)
    if isinstance(test, All):
        return all(_seen(inner, taken) for inner in test.items)
    if isinstance(test, Any):
        return any(_seen(inner, taken) for inner in test.items)
    return isinstance(test, Earliest) or _holds(test, taken)


def _holds(test, taken):
    have = {
        "gereqs": taken.gereqs,
        "department": taken.departments,
        "level": (taken.key[1] - taken.key[1] % 100,),
        "number": (taken.key[1],),
    }[test.key]
    if test.operator == ">":
        return any(value > test.values[0] for value in have)
    one = any(value in test.values for value in have)
    return one == (test.operator == "=")


def _flat(test):
    if isinstance(test, All | Any):
        return [one for inner in test.items for one in _flat(inner)]
    return [test] if isinstance(test, Compare) else []


def rivals(part, transcript):
    """How many courses of a transcript more than one place wants."""
    asked = _Asked(part, transcript)
    counts = Counter(len(options) > 1 for options in asked.options)
    return counts[True]
