"""One module for each document to read. The places are real or invented; the tasks are ours, written to show a form."""
