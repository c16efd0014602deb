"""Habits files: found by name or path, laid on the file they build on, checked as a whole."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import yaml

from framdrift.simulation.description import Habits
from framdrift.simulation.expectations import HabitsError, found, pairs, read_part, wrong

BASE = "based_on"
USUAL = "usual"
_DEEPEST = 8
# Shares of a whole are one statement: half of it from another file would be nobody's.
_WHOLE = ("ages", "benefits", "by", "language", "need", "to")


def shipped() -> list[str]:
    """Names of the habits that ship with the package and describe an office by themselves."""
    folder = files("framdrift.simulation").joinpath("habits")
    names = (entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return sorted(name for name in names if not name.startswith("thesis"))


def load_habits(name_or_path: str | Path) -> Habits:
    """The habits of an office, from a shipped name (``small-office``) or a YAML file.

    Raises HabitsError, naming file, line, key and what is expected.
    """
    root = _merged(str(name_or_path), Path.cwd(), 0)
    _lay_usual(root)
    habits = read_part(Habits, root, "")
    _check_together(habits, root)
    return habits


def _merged(name: str, folder: Path, depth: int) -> yaml.MappingNode:
    """The file's mapping laid on that of the file it builds on; each value keeps the mark of the file it stands in."""
    if depth > _DEEPEST:
        raise HabitsError(name, 0, BASE, "habits build on each other in a ring; let the innermost build on none")
    root, beside = _compose(name, folder)
    base = pairs(root, "", "a mapping").get(BASE)
    if base is None:
        return root
    root.value = [(key, value) for key, value in root.value if key.value != BASE]
    return _laid(_merged(str(base.value), beside, depth + 1), root)


def _compose(name: str, folder: Path) -> tuple[yaml.MappingNode, Path]:
    own = files("framdrift.simulation").joinpath("habits", f"{name}.yaml")
    path = folder / name
    try:
        if "/" not in name and own.is_file():
            label, text = f"{name}.yaml", own.read_text(encoding="utf-8")
        else:
            label, text = name, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"cannot be read ({error.strerror})"
        raise HabitsError(name, 0, "", f"{why}; give a YAML file or one of {', '.join(shipped())}") from None
    try:
        loader = yaml.SafeLoader(text)
        loader.name = label
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise HabitsError(label, line, "", f"is not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise HabitsError(label, 0, "", f"is not YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(root, yaml.MappingNode):
        raise HabitsError(label, 1, "", f"expected a mapping, found {found(root) if root else 'an empty file'}")
    return root, path.parent


def _laid(under: yaml.MappingNode, over: yaml.MappingNode) -> yaml.MappingNode:
    """``over`` in place of ``under``: mappings key by key, advisors by code, all else whole."""
    values = pairs(under, "", "a mapping")
    keys = {str(key.value): key for key, _ in [*under.value, *over.value]}
    for name, value in pairs(over, "", "a mapping").items():
        below = values.get(name)
        if isinstance(below, yaml.MappingNode) and isinstance(value, yaml.MappingNode) and name not in _WHOLE:
            values[name] = _laid(below, value)
        elif isinstance(below, yaml.SequenceNode) and isinstance(value, yaml.SequenceNode) and name == "advisors":
            values[name] = _laid_by_code(below, value)
        else:
            values[name] = value
    laid = [(keys[name], value) for name, value in values.items()]
    return yaml.MappingNode(over.tag, laid, over.start_mark, over.end_mark)


def _laid_by_code(under: yaml.SequenceNode, over: yaml.SequenceNode) -> yaml.SequenceNode:
    """Advisors with changed habits in the places they had, new ones after them."""
    changed = {_code(node): node for node in over.value}
    items = []
    for node in under.value:
        own = changed.pop(_code(node), None)
        both = isinstance(node, yaml.MappingNode) and isinstance(own, yaml.MappingNode)
        items.append(_laid(node, own) if both else own or node)
    return yaml.SequenceNode(over.tag, [*items, *changed.values()], over.start_mark, over.end_mark)


def _code(node: yaml.Node) -> str:
    code = pairs(node, "advisors", "a mapping with the keys of an advisor").get("code")
    return str(code.value) if isinstance(code, yaml.ScalarNode) else ""


def _lay_usual(root: yaml.MappingNode) -> None:
    """Each advisor is what is usual in the office, but for what the advisor's own entry says."""
    given = pairs(root, "", "a mapping")
    usual, advisors = given.get(USUAL), given.get("advisors")
    root.value = [(key, value) for key, value in root.value if key.value != USUAL]
    if usual is None or not isinstance(advisors, yaml.SequenceNode):
        return
    if not isinstance(usual, yaml.MappingNode):
        raise wrong(usual, USUAL, f"expected a mapping with keys of an advisor, found {found(usual)}")
    advisors.value = [
        _laid(usual, own) if isinstance(own, yaml.MappingNode) else own  # read_part refuses the others
        for own in advisors.value
    ]


def _check_together(habits: Habits, root: yaml.MappingNode) -> None:
    """What no key can tell alone: names that point at each other."""
    given = pairs(root, "", "a mapping")
    teams = [team.code for team in habits.office.teams]
    codes = [advisor.code for advisor in habits.advisors]
    if len(set(codes)) != len(codes):
        raise wrong(given["advisors"], "advisors", "expected different codes; one stands twice")
    for place, advisor in enumerate(habits.advisors, 1):
        if advisor.team not in teams:
            known = f"expected one of the office's teams ({', '.join(teams)}), found {advisor.team!r}"
            raise wrong(given["advisors"].value[place - 1], f"advisors[{place}].team", known)
    if habits.transfers.to_team not in {advisor.team for advisor in habits.advisors}:
        raise wrong(given["transfers"], "transfers.to_team", "expected a team that has an advisor")
    if not any(advisor.new_cases > 0 for advisor in habits.advisors):
        raise wrong(given["advisors"], "advisors", "expected one or more that take new cases (new_cases above 0)")
