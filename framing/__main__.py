"""`python -m framing ...` is `framing ...`."""

from framing.cli import main

raise SystemExit(main())
