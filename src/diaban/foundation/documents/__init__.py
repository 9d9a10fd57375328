"""Official documents: what they say, how the decree in force lays them out, and their DOCX and PDF."""
