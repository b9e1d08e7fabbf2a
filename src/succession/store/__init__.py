"""The run store: what was run on what, with what outcome, and who decided about it.

The database holds facts and hashes, never a person: documents, in which people stand, are files
named by their SHA-256 beside it, and deciders stand in the log under pseudonyms whose keys are in
a file of their own. Purging a person is therefore work on files, whatever the database is.
"""

from succession.store.audit import Audit, audit
from succession.store.keyring import Keyring
from succession.store.runs import Decision, File, Role, Run, RunState
from succession.store.store import Change, Store, hashes, open_store
from succession.store.trail import Action, Entry

__all__ = [
    "Action",
    "Audit",
    "Change",
    "Decision",
    "Entry",
    "File",
    "Keyring",
    "Role",
    "Run",
    "RunState",
    "Store",
    "audit",
    "hashes",
    "open_store",
]
