"""Articles to marks to scores: lexicons, context rules, attributions and voices."""
