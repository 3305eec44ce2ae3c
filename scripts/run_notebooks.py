"""Runs the notebooks of `examples/` and writes their outputs into them: `make notebooks`."""

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parent.parent / "examples"


def executed(path: Path) -> Any:
    """The notebook of a file, run from its first cell to its last in the folder it stands in.

    Of its metadata only what every run has alike is kept. Raises: CellExecutionError when a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", []):
            output.get("metadata", {}).clear()
            output.pop("transient", None)
    return notebook


if __name__ == "__main__":
    for path in sorted(EXAMPLES.glob("*.ipynb")):
        nbformat.write(executed(path), path)
        print(path.relative_to(EXAMPLES.parent), file=sys.stderr)
