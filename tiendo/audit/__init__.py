"""The append-only log: who did what to what, when, chained by hash so that a change afterwards shows.

For: `record()` in the transaction of every act; reading, checking and exporting the chain; sealing releases.
Not for: program logs, or pinning anything. Events name their subjects by text and hold no foreign key.
"""
