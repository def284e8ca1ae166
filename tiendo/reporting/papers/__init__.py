"""Official papers made from reports: the consolidated report, a unit's own, briefings, blocks for the national
system; their figures, words, seals and signatures. Layout itself is the room `papers`."""
