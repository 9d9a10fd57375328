"""Directives and tasks, for programs: read, draft, issue, report progress and completion, decide, withdraw."""

from diaban.work.directives.api import drafting, reading, reporting
from diaban.work.directives.api.router import router

__all__ = ["drafting", "reading", "reporting", "router"]
