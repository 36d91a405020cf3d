"""Channels that people read: any Apprise address. An address holds secrets and is never shown."""

from __future__ import annotations

import hashlib
import logging

from pydantic import SecretStr


def channel_name(address: SecretStr) -> str:
    """Return a stable name for an address that gives nothing of it away but its service."""
    secret = address.get_secret_value()
    service = secret.partition("://")[0]
    return f"{service}:{hashlib.sha256(secret.encode()).hexdigest()[:8]}"


def send(address: SecretStr, *, title: str, body: str) -> bool:
    """Send Markdown to an address; return whether the channel took it."""
    import apprise

    # What Apprise logs of a failure may hold the address with its secrets.
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    channel = apprise.Apprise()
    if not channel.add(address.get_secret_value()):
        return False
    return bool(channel.notify(title=title, body=body, body_format=apprise.NotifyFormat.MARKDOWN))
