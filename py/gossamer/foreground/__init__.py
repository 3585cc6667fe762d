"""Stage 5: the subject's own colour where it is mixed with the old background."""

from gossamer.foreground.estimate import estimate_foreground, replace_soft_colors

__all__ = ["estimate_foreground", "replace_soft_colors"]
