"""Static files: hashed names and compressed copies once collected, plain names before (tests, development)."""

from django.contrib.staticfiles.storage import ManifestFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise ships no types
    """Files named after their content, so that browsers keep them for ever and never show an old one."""

    # Source maps are neither served nor looked for.
    patterns = tuple(
        (glob, tuple(pattern for pattern in patterns if "sourceMappingURL" not in str(pattern)))
        for glob, patterns in ManifestFilesMixin.patterns
    )

    def stored_name(self, name: str) -> str:
        """The hashed name; the plain one as long as nothing was collected."""
        return str(super().stored_name(name)) if self.hashed_files else name
