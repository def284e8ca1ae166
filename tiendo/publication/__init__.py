"""What the public may see: approved, dated, numbered, frozen releases. Not here: how it is shown (`portal`, `api`)."""
