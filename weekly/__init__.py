"""What is looked at once a week, because it needs the network or the day's date; no part of the generator."""
