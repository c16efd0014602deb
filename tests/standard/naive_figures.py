"""Figures by office, quarter and group, counted instance by instance: what ``framdrift.standard.figures`` is held against."""

from collections import Counter
from datetime import date, datetime

from almanac import end_of_day, oslo_date
from naive import PATTERNS, Held, cases_of, default_as_of, in_group, instances_of, json_type, moment_of, rules_of

STATES = ("met", "late", "missed", "open", "void")


def moment(instance, as_of):
    """When it was due or closed, whichever is earlier; never later than as of."""
    ends = [end_of_day(instance.due) if type(instance.due) is date else instance.due, instance.closed]
    return min([as_of, *(end for end in ends if end is not None)])


def quarter(instant):
    day = oslo_date(instant)
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def latest(held, name, until):
    """The office or team of the latest event up to a moment that has one."""
    found = [getattr(event, name) for event in held.events if event.at <= until and getattr(event, name) is not None]
    return found[-1] if found else ""


def bounds_of(rules):
    """What is young and what is long, as the standard compares them, else under 30 and six months."""
    compared = [rule["group"] for rule in rules if rule["pattern"] == "compare"]
    young = [group for group in compared if "age_below" in group] or [{"age_below": 30}]
    long = [group for group in compared if "lasted" in group] or [{"lasted": "P6M"}]
    return young[0], long[0]


def groups(held, team, young, long):
    """Every dimension with the case's values in it."""
    facts = held.case.opening.attributes
    known = json_type(facts.get("birth_year")) == "number"
    age = "unknown" if not known else "under_30" if in_group(held.case, young) else "from_30"
    yield "all", ""
    yield "age", age
    yield "lasted", "six_months" if in_group(held.case, long) else "shorter"
    if team:
        yield "team", team
    for name in ("sex", "language"):
        yield name, facts[name] if json_type(facts.get(name)) == "text" else "unknown"
    benefits = facts.get("benefits")
    if json_type(benefits) == "list":
        yield from {("benefit", benefit) for benefit in benefits if json_type(benefit) == "text" and benefit}


def figures(standard, rows, *, as_of=None, known_at=None):
    """Counts by (office, requirement, reading, quarter, dimension, value), and the late and missed behind them by case."""
    as_of = moment_of(as_of) or default_as_of(rows)
    cases = cases_of(rows, as_of, moment_of(known_at))
    counts, behind = {}, {}
    rules = rules_of(standard)
    for rule in rules:
        key = (rule["id"], rule["reading"] or "")
        for case in cases:
            held = Held(rule, case)
            if rule["pattern"] == "share" and held.concerned:
                for event in held.that_match("among"):
                    group = getattr(event, rule["per"])
                    if group is not None:
                        state = "met" if event in held.that_match("of") else "missed"
                        place = (event.office or "", *key, quarter(event.at), "group", group)
                        counts.setdefault(place, Counter())[state] += 1
            if rule["pattern"] not in PATTERNS:
                continue
            for instance in instances_of(rule, [case]):
                until = moment(instance, as_of)
                office = latest(held, "office", until)
                for dimension, value in groups(held, latest(held, "team", until), *bounds_of(rules)):
                    place = (office, *key, quarter(until), dimension, value)
                    counts.setdefault(place, Counter())[instance.state] += 1
                if instance.state in ("late", "missed"):
                    place = (office, *key, case.id, quarter(until))
                    found = behind.setdefault(place, {"late": 0, "missed": 0, "due": []})
                    found[instance.state] += 1
                    if instance.due is not None:
                        is_instant = isinstance(instance.due, datetime)
                        found["due"].append(oslo_date(instance.due) if is_instant else instance.due)
    return (
        {place: tuple(found[state] for state in STATES) for place, found in counts.items()},
        {place: (found["late"], found["missed"], max(found["due"], default=None)) for place, found in behind.items()},
    )
