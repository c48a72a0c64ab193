"""Employers, schools, hospitals, churches, clubs: by their words and by the talk that leads to them."""
