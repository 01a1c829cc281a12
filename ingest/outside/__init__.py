"""Outside series: what others have measured, to lay over our tone; never mixed into it."""
