"""History from Wikipedia's Portal:Current events: one page a day since 2002, each of its items an article."""
