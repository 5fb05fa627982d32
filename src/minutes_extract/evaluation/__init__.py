"""How good it is: gold, comparison keys, scores, and the rules' own examples."""
