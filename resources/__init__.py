"""The resource library, partners' packs, and artwork made for a place."""
