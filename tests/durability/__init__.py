"""What must survive a server that dies in the middle of work."""
