"""`python -m diaban` is the `diaban` command."""

import sys

from diaban.faces.cli import main

sys.exit(main())
