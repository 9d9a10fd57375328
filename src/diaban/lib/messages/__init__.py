"""Texts that an office pastes into a message (Zalo, a telephone's, mail): always Vietnamese, whatever the reader reads."""

from diaban.lib.messages.texts import MOST_LINES, ReadyText, composed, number_of, sentence

__all__ = ["MOST_LINES", "ReadyText", "composed", "number_of", "sentence"]
