"""How the weights of `detente` and `detente-fast` are learned; never imported at run time."""
