"""The shell of all pages: navigation, the first page, pages that span rooms."""
