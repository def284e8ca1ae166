"""Makes the documents to read from their sources: one source gives the files and the expected reading."""
