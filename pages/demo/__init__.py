"""The demo campaign: content in YAML and Markdown, the code that reads it, and the files it makes."""
