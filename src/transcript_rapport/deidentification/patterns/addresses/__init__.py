"""Houses in streets, streets alone, and towns of several words."""
