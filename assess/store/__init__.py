"""The workspace: one SQLite file and the kept originals."""

from assess.clock import now
from assess.store.workspace import Workspace, open_to_read, open_workspace

__all__ = ["Workspace", "now", "open_to_read", "open_workspace"]
