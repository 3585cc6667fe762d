"""Writes the policy into our pages, for hosts that send no headers.

Where the header comes as well, both hold, and say the same. Only a header can say who may put a page into a frame.
"""

from __future__ import annotations

import re

from web.build.headers import POLICY, shared_policy
from web.build.steps import BuildError

HEAD = re.compile(r"^<head>\n", re.MULTILINE)


def with_policy(page: bytes, name: str) -> bytes:
    """The page ``name`` with the policy first in its head: it binds only what comes after it."""
    text = page.decode()
    if len(HEAD.findall(text)) != 1:
        raise BuildError(f"{name} has no head that begins on a line of its own")
    meta = f'  <meta http-equiv="{POLICY}" content="{shared_policy()}">\n'  # it holds no double quotes
    return HEAD.sub(lambda head: head[0] + meta, text).encode()
