"""One badge, verified warm by other programs and by credwallet, side by side."""
