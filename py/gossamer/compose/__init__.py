"""Stage 3: alpha and colour become a picture, I = αF + (1 − α)B."""

from gossamer.compose.cutout import binary, cut_out, limit_to, over_color

__all__ = ["binary", "cut_out", "limit_to", "over_color"]
