"""By how much the lines of a scanned page slope, told from its picture before it is read.

Rows of text are sharp bands of ink where one looks along them: the slope is the one at which the
counts of edges by row differ most from row to row (Postl's method, as in Leptonica).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Photographs of pages slope more; a feeder or a flatbed leaves a few degrees.
MAX_SKEW: Final = 20.0
# Half a degree is as fine as the layout needs: 4 points over the width of a page.
_STEP: Final = 0.5
# Pixels that are looked at as one: 50 dpi hold lines apart, and cost 1% of the reading.
_BLOCK: Final = 4
# Between the white of paper and ink lie 100 to 255 shades; noise and shadows have fewer.
_EDGE: Final = 30
# Pages with fewer edges hold a few words, whose slope says nothing.
_MIN_EDGES: Final = 50
# 80 real pages with text had 10 and more, with heavy noise 6; across the lines it is 1 to 4.
_MIN_SHARPNESS: Final = 5.0


def skew_of(picture: NDArray[np.uint8]) -> float:
    """Degrees clockwise by which the lines of a grey page slope, 0 where that cannot be told.

    Lines may run in any direction: a page on its side that slopes by 2 degrees has 2 as well.
    """
    height, width = (size // _BLOCK for size in picture.shape)
    if height < 2 or width < 2:
        return 0.0
    blocks = picture[: height * _BLOCK, : width * _BLOCK]
    grey = blocks.reshape(height, _BLOCK, width, _BLOCK).mean(axis=(1, 3), dtype=np.float32)
    rows, columns = np.nonzero(np.diff(grey, axis=0) > _EDGE)
    level = _sharpest(rows, columns)
    rows, columns = np.nonzero(np.diff(grey, axis=1) > _EDGE)
    upright = _sharpest(columns, rows, turned=-1)
    sharpness, skew = max(level, upright)
    return skew if sharpness >= _MIN_SHARPNESS else 0.0


def _sharpest(
    across: NDArray[np.intp], along: NDArray[np.intp], turned: int = 1
) -> tuple[float, float]:
    """How much sharper the sharpest slope is than the usual, and that slope in degrees."""
    if len(across) < _MIN_EDGES:
        return 0.0, 0.0
    slopes = np.arange(-MAX_SKEW, MAX_SKEW + _STEP, _STEP)
    found = [_sharpness(across - along * math.tan(math.radians(slope))) for slope in slopes]
    best = int(np.argmax(found))
    return found[best] / float(np.median(found)), turned * float(slopes[best])


def _sharpness(places: NDArray[np.float64]) -> float:
    rows = np.bincount((places - places.min()).astype(np.intp))
    return float(np.square(np.diff(rows)).sum())
