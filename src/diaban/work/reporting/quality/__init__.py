"""Quality of figures: what a form's own checks cannot see, and how complete and timely reports come in."""
