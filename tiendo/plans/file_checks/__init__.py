"""What makes a file of each kind sound and safe, looked up in its bytes. Pure; nothing is unpacked to disk."""
