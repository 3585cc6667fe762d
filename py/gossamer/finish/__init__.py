"""Between compose and encode: the frame of the result, its size in pixels, and the shadow the subject stands on."""

from gossamer.finish.frame import Frame, frame_of
from gossamer.finish.head import head_box
from gossamer.finish.presets import Preset, presets
from gossamer.finish.resample import framed, framed_alpha, framed_picture, framed_trimap
from gossamer.finish.shadow import ShadowLayer, cast_shadow, shadow_layer
from gossamer.finish.subject_box import PixelBox, subject_box

__all__ = [
    "Frame",
    "PixelBox",
    "Preset",
    "ShadowLayer",
    "cast_shadow",
    "frame_of",
    "framed",
    "framed_alpha",
    "framed_picture",
    "framed_trimap",
    "head_box",
    "presets",
    "shadow_layer",
    "subject_box",
]
