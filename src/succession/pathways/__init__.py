"""Pathways: one person's dated learning towards a target, found by exact pricing."""
