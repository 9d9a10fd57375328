"""Settings, addresses, the embedded database and the wiring of sockets."""
