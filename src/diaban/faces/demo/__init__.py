"""The worlds that `diaban demo` loads and plays through the ordinary services; invented figures say so."""
