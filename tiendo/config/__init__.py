"""Settings, root addresses, server entry points. Wires the rooms; no room imports it."""
