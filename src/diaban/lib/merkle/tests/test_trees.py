from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.lib.merkle import inclusion_proof, leaf_hash, root, verify_inclusion

LEAVES = st.lists(st.binary(max_size=20).map(leaf_hash), min_size=1, max_size=40)


# The test vectors of Google's Certificate Transparency: eight inputs and the roots over the first n of them.
INPUTS = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")] + [
    bytes.fromhex("606162636465666768696a6b6c6d6e6f")
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize("size", ROOTS)
def test_roots_agree_with_certificate_transparency(size: int) -> None:
    assert root([leaf_hash(text) for text in INPUTS[:size]]).hex() == ROOTS[size]


def test_a_leaf_is_never_taken_for_a_node() -> None:
    left, right = leaf_hash(b"left"), leaf_hash(b"right")

    assert root([left, right]) == sha256(b"\x01" + left + right).digest()
    assert leaf_hash(left + right) != root([left, right])


@given(LEAVES, st.data())
def test_every_leaf_proves_that_it_is_in_the_tree(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))

    proof = inclusion_proof(leaves, index)

    assert verify_inclusion(leaves[index], index, len(leaves), proof, root(leaves))


@given(LEAVES, st.data())
def test_another_leaf_a_shorter_or_a_longer_proof_proves_nothing(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, tree = inclusion_proof(leaves, index), root(leaves)

    assert not verify_inclusion(leaf_hash(b"somebody else's, longer than any"), index, len(leaves), proof, tree)
    assert not verify_inclusion(leaves[index], index, len(leaves), [*proof, tree], tree)
    assert not verify_inclusion(leaves[index], len(leaves), len(leaves), proof, tree)
    if proof:
        assert not verify_inclusion(leaves[index], index, len(leaves), proof[1:], tree)


@pytest.mark.parametrize("index", [-1, 2])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof([leaf_hash(b"a"), leaf_hash(b"b")], index)
