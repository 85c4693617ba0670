"""Posters, sheets and posts of the demo campaign, drawn in the campaign's own kit of shapes."""
