"""The illustrative plan with its two annexes, and the story of who reported what. Every sentence here is ours."""
