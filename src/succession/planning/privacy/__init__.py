"""People in what is stored: exports under pseudonyms, and what is forgotten, when."""

from succession.planning.privacy.exporting import export
from succession.planning.privacy.pruning import prune
from succession.planning.privacy.purging import PurgeOutcome, purge

__all__ = ["PurgeOutcome", "export", "prune", "purge"]
