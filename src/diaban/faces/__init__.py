"""What people and programs touch: pages, the API, the command, the demo worlds."""
