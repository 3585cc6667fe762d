"""Stage 2: a network finds the subject; its alpha is brought back to the photo's own resolution."""

from gossamer.segment.alpha import native_alpha_u8, network_alpha
from gossamer.segment.network_input import NetworkInput, network_input

__all__ = ["NetworkInput", "native_alpha_u8", "network_alpha", "network_input"]
