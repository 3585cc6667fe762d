"""Stage 2: networks find the subject, roughly."""

from gossamer.segment.alpha import network_alpha
from gossamer.segment.network_input import NetworkInput, network_input
from gossamer.segment.subject import Finding, find_subject

__all__ = ["Finding", "NetworkInput", "find_subject", "network_alpha", "network_input"]
