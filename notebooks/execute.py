"""Executes the notebooks, each in a fresh kernel, and writes them back with their outputs only where something changed.

    python notebooks/execute.py [NOTEBOOK ...]

Timings and the interpreter's version are left out, so that executing twice gives the same bytes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = Path(__file__).parent


def execute(path: Path) -> str:
    """The notebook as it stands after execution, as JSON text."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.metadata = {}
    place = {"metadata": {"path": str(FOLDER)}}
    client = NotebookClient(notebook, timeout=600, record_timing=False, resources=place)
    client.extra_arguments = ["--IPKernelApp.log_level=40"]  # the kernel's note on local ports is no news here
    client.execute(env={**os.environ, "TQDM_DISABLE": "1"})  # no progress bars: on a slow machine they would stand in the outputs
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return nbformat.writes(notebook) + "\n"


def main() -> int:
    """Execute the notebooks named, or all of them; gives the exit code."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("[0-9]*.ipynb"))
    for path in paths:
        try:
            text = execute(path)
        except CellExecutionError as error:
            print(f"{path.name}: a cell failed.\n{error}", file=sys.stderr)
            return 1
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
        print(f"executed {path.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
