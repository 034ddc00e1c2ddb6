"""Drive v3: files, permissions, shared drives and uploads."""
