"""Plans and targets: how units go towards the year's plan, early warnings with their rule, allocation and adjustments."""
