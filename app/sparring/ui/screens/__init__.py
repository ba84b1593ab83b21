"""The screens: pure views that show a state and say what the person wants."""
