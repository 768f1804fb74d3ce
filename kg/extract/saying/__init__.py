"""Who says so: verbs and phrases of saying, quotations, sources, and the claimants that follow from them."""
