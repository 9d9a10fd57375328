"""What one body asks of another, by the mode that its authority allows: receivers, deadline, evidence, measured effect."""
