"""Administrative units through time: versions, successions with shares, containment and coverage."""
