"""The one router of the room: an address is read by one module and written by another."""

from ninja import Router

router = Router()
