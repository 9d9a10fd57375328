"""Merkle trees as RFC 6962 defines them, and the one form of JSON that is hashed."""

from diaban.lib.merkle.merkle import canonical_json, inclusion_proof, leaf_hash, root, verify_inclusion

__all__ = ["canonical_json", "inclusion_proof", "leaf_hash", "root", "verify_inclusion"]
