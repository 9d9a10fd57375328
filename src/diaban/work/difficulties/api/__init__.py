"""Difficulties, for programs: raised, passed on, answered, joined, and what whoever raised them says to the answer."""

from diaban.work.difficulties.api import reading, writing
from diaban.work.difficulties.api.router import router

__all__ = ["reading", "router", "writing"]
