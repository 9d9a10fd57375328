"""Rankings (xếp hạng, thi đua): schemes of points, scoring with what each point is made of, appeals, signed results; indices of others beside."""
