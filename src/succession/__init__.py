"""succession: who should learn what, when, so that openings are filled from within."""
