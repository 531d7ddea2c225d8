"""The commands of `radce`, a module each. What is heavy to import is imported inside the functions."""
