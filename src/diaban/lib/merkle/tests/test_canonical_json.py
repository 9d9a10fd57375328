import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.lib.merkle import canonical_json

WORDS = st.text(st.characters(codec="utf-8"))
CONTENT = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner),
    max_leaves=20,
)


def test_keys_are_sorted_blanks_left_out_and_letters_kept() -> None:
    assert (
        canonical_json({"b": [1, True, None], "a": "xã Tân Trịnh"}) == '{"a":"xã Tân Trịnh","b":[1,true,null]}'.encode()
    )


@given(CONTENT)
def test_it_reads_back_as_what_was_written(content: Any) -> None:
    assert json.loads(canonical_json(content)) == content


@given(st.dictionaries(WORDS, st.integers()))
def test_the_order_of_keys_does_not_matter(content: dict[str, int]) -> None:
    assert canonical_json(dict(reversed(content.items()))) == canonical_json(content)


@pytest.mark.parametrize("content", [1.5, Decimal("1.5"), {"a": [0.1]}, {1: "a"}, {"a": {2}}, b"a", float("nan")])
def test_what_has_more_than_one_form_is_refused(content: Any) -> None:
    with pytest.raises(TypeError):
        canonical_json(content)
