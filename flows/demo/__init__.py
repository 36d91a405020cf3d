"""The sample sites of `caravan demo`: their releases, a server on loopback, three nights."""
