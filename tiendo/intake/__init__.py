"""Documents come in: read, proposed, accepted by a person. Not here: what an accepted plan is (`plans`)."""
