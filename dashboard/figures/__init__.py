"""One file per plot: a frame in, a figure out. Pure: imports no streamlit."""
