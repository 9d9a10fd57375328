"""The look shared by all pages: base templates, components, tags, static files. It needs nothing above it."""
