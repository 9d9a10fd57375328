"""Files: content-addressed, randomly named, sniffed; who may read one is decided by the thing it belongs to."""
