"""What the documents tell to type can be typed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
TEXT = {file: file.read_text("utf-8") for file in DOCUMENTS if file.exists()}
COMMAND = re.compile(r"(?:^|[`$ (])diaban ([a-z][a-z-]+)", re.MULTILINE)
TARGET = re.compile(r"(?:^|[`$ (])make ([a-z][a-z-]+)", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def in_code(pattern: re.Pattern[str]) -> set[str]:
    return {
        word for text in TEXT.values() for code in CODE.findall(text) for word in pattern.findall(code.strip("`\n"))
    }


@pytest.mark.parametrize("target", sorted(in_code(TARGET)))
def test_a_documented_target_exists(target: str) -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")

    assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE)


def test_documented_commands_exist() -> None:
    told = in_code(COMMAND)
    if not told:
        return

    answer = subprocess.run([sys.executable, "-m", "diaban", "--help"], capture_output=True, text=True, check=True)

    assert {command for command in told if not re.search(rf"\b{command}\b", answer.stdout)} == set()


@pytest.mark.parametrize("file", TEXT, ids=lambda file: str(file.relative_to(PROJECT)))
def test_links_between_documents_lead_somewhere(file: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", TEXT[file])

    assert [target for target in targets if not (file.parent / target).exists()] == []
