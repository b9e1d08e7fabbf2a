"""A person is forgotten: documents that name them are written anew without, keys are destroyed.

In the place of a purged employee stands their pseudonym, which without its key is nobody's; so
plans stay whole, still verify, and can still be compared with and kept to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from succession import io
from succession.errors import BadInput
from succession.planning.privacy.mentions import Mentions
from succession.planning.privacy.rewriting import Rewriting, rewrite
from succession.planning.stored.documents import deliver, lay_out
from succession.planning.stored.scratch import remove_dead, scratch_folder
from succession.planning.stored.standing import standing_of
from succession.store import Run, Store, hashes

__all__ = ["PurgeOutcome", "purge"]


@dataclass(frozen=True, slots=True)
class PurgeOutcome:
    """What a purge did: runs written anew, documents that had to go, files that still name them.

    `leftovers` are files that are not the store's to change: notes that somebody put into a plan
    folder, a log that something else wrote.
    """

    runs: tuple[int, ...]
    destroyed: tuple[str, ...]
    leftovers: tuple[Path, ...]


def purge(store: Store, person: str, *, elsewhere: Iterable[Path] = (), at: str) -> PurgeOutcome:
    """Forget a person: an employee by id, with every name they had, or a decider by name.

    Searched afterwards are all files of the store and those `elsewhere`. Doing it again after it
    was cut short finishes it. Raises Refused while a run holds the store.
    """
    with store.run_alone():
        remove_dead(store)
        known = _names_of(store, person)
        with store.changing(at):
            pseudonym = store.keyring.pseudonym(person)
        rewriting = Rewriting({person: pseudonym}, dict.fromkeys([person, *known], pseudonym))
        changed, destroyed = [], []
        for run in store.runs():
            touched, gone = _purge_run(store, run, rewriting, at)
            destroyed += [f"run {run.number}: {name}" for name in gone]
            if touched:
                changed.append(run.number)
        with store.changing(at) as change:
            change.note("purged", None, {"person": pseudonym, "runs": changed})
            store.keyring.forget([person, *known])
        store.sweep()
        for number in changed:
            deliver(store, store.run(number))
        store.forget_deleted()
    leftovers = _leftovers(store, rewriting.mentions, elsewhere)
    return PurgeOutcome(tuple(changed), tuple(destroyed), leftovers)


def _names_of(store: Store, person: str) -> list[str]:
    """The names that an employee has had in any stored scenario, and shares with nobody."""
    looked_for, names, shared = Mentions({person: ""}), set(), set()
    for run in store.runs():
        inputs = {item.name: store.document(item) for item in run.of_role("input")}
        if any(looked_for.inside(name, content) for name, content in inputs.items()):
            with scratch_folder(store) as folder:
                try:
                    scenario = io.load_scenario(lay_out(inputs, folder))
                except BadInput:
                    continue
            names |= {row.name for row in scenario.employees if row.employee == person}
            shared |= {row.name for row in scenario.employees if row.employee != person}
    return sorted(names - shared - {""})


def _purge_run(store: Store, run: Run, rewriting: Rewriting, at: str) -> tuple[bool, Sequence[str]]:
    """Whether the run named the person, and the documents that could only be destroyed."""
    documents = {item: store.document(item) for item in run.files}
    named = any(
        rewriting.mentions.inside(Path(item.name).name, content)
        for item, content in documents.items()
    )
    decided = standing_of(store, run).by in rewriting.texts
    if not named and not decided:
        return False, ()
    with scratch_folder(store) as folder:
        rewritten = rewrite(store, run, rewriting, folder)
    kept = {
        (role, name): content
        for (role, name), content in rewritten.items()
        if not rewriting.mentions.inside(Path(name).name, content)
    }
    dropped = [item for item in run.files if (item.role, item.name) not in kept]
    with store.changing(at) as change:
        for item in dropped:
            change.drop_file(run.number, item)
        files: dict[str, str] = {}
        for (role, name), content in kept.items():
            files |= hashes(change.put_files(run.number, role, {name: content}))
        gone = [f"{item.role}/{item.name}" for item in dropped]
        change.note("purged", run.number, {"files": files, "dropped": gone})
    rewritten_input = any(role == "input" for role, _ in kept)
    return True, [
        f"{item.role}/{item.name}"
        for item in dropped
        if item.role != "input" or not rewritten_input
    ]


def _leftovers(store: Store, mentions: Mentions, elsewhere: Iterable[Path]) -> tuple[Path, ...]:
    """Files of the store, and those elsewhere, that still name the person."""
    files = [path for path in store.folder.rglob("*") if path.is_file()]
    for place in elsewhere:
        files += [path for path in place.rglob("*") if path.is_file()]
        files += [place] if place.is_file() else []
    named = {item.sha256: item.name for run in store.runs() for item in run.files}
    found = []
    for path in sorted(files):
        content = path.read_bytes()
        name = Path(named.get(path.parent.name + path.name, path.name)).name
        if mentions.inside(name, content):
            found.append(path)
    return tuple(found)
