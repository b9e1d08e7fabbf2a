"""Files in, files out: scenarios, plans, the template. Heavy libraries load when needed."""

from succession.io.loading import Loaded, load, load_scenario

__all__ = ["Loaded", "load", "load_scenario"]
