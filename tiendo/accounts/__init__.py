"""People, the posts they hold in units, and what a post may do. Not here: what a unit is charged with (`plans`)."""
