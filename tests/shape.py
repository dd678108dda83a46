"""Print the shape of the code: sizes of functions and files, held to the house style."""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FUNCTION = 40
LONGEST_FILE = 400
MEDIAN_FUNCTION = 10


def functions(path: Path) -> Iterator[tuple[int, str]]:
    """Length in lines, docstring left out, and place of every function in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            doc = ast.get_docstring(node, clean=False)
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            yield (
                length - (doc.count("\n") + 1 if doc else 0),
                f"{path.relative_to(ROOT)}:{node.lineno} {node.name}",
            )


def main() -> int:
    """Print the figures; 1 if one is over its bound."""
    paths = [path for folder in ("bot", "deploy", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
    files = sorted(
        (len(path.read_text(encoding="utf-8").splitlines()), str(path.relative_to(ROOT))) for path in paths
    )
    sizes = sorted(size for path in paths for size in functions(path))
    own = [length for length, place in sizes if place.startswith("bot/")]
    print(f"functions   {len(own)} in bot/, median {statistics.median(own):g} lines")
    print(f"            longest {sizes[-1][0]} lines: {sizes[-1][1]}")
    print(f"files       {len(files)}, longest {files[-1][0]} lines: {files[-1][1]}")
    over = [f"{place}: {length} lines" for length, place in sizes if length > LONGEST_FUNCTION]
    over += [f"{place}: {length} lines" for length, place in files if length > LONGEST_FILE]
    if statistics.median(own) > MEDIAN_FUNCTION:
        over.append(f"median function over {MEDIAN_FUNCTION} lines")
    for line in over:
        print(f"too long    {line}")
    return bool(over)


if __name__ == "__main__":
    sys.exit(main())
