"""What the store keeps, as plans and scenarios again, and as files for people."""
