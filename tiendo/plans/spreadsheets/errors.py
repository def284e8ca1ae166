"""What the readers say when a file cannot be read."""


class Unreadable(Exception):
    """The file cannot be read; the message is one Vietnamese sentence that says what to do."""
