"""What a pack is made of, and the forms in which it is handed out."""
