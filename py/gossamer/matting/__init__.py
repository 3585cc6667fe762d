"""Stage 4: alpha is solved in the unknown band from the photo's own pixels, I = αF + (1 − α)B."""

from gossamer.matting.estimate import MOST_UNKNOWN, Prior, estimate_alpha, refined_alpha_u8, require_trimap
from gossamer.matting.reduced import SETTLED

__all__ = ["MOST_UNKNOWN", "SETTLED", "Prior", "estimate_alpha", "refined_alpha_u8", "require_trimap"]
