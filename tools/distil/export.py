"""A trained student's weights as the arrays of the run time's network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assess.score.encoder_network import Network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def network(state: Mapping[str, NDArray[np.float32]]) -> Network:
    """From the arrays of the student's ``state_dict``, named as in `tools.distil.student`."""
    import numpy as np

    near, far = state["d1.weight"], state["d2.weight"]
    around = [far[:, :, 0], near[:, :, 0], near[:, :, 1] + far[:, :, 1], near[:, :, 2]]
    arrays = {
        "embeddings": state["emb.weight"],
        "shapes": state["shp.weight"],
        "conv1": _stacked(state["c1.weight"]),
        "conv1_bias": state["c1.bias"],
        "conv2": _stacked(state["c2.weight"]),
        "conv2_bias": state["c2.bias"],
        "dense": state["fc.weight"].T,
        "dense_bias": state["fc.bias"],
        "around": np.concatenate([part.T for part in (*around, far[:, :, 2])]),
        "mean": state["dm.weight"].T,
        "around_bias": state["d1.bias"] + state["d2.bias"] + state["dm.bias"],
        "out": state["out.weight"].T,
        "out_bias": state["out.bias"],
    }
    return Network(**{key: np.ascontiguousarray(value) for key, value in arrays.items()})


def _stacked(kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """A kernel of shape (out, in, width) as (width * in, out)."""
    out, into, width = kernel.shape
    return kernel.transpose(2, 1, 0).reshape(width * into, out)
