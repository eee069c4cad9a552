"""How fast the service is and how much memory it takes, as ratios to a floor in the same run.

Machines are noisy: every figure stands beside a floor measured seconds earlier on the same
machine, and the ratio is what counts. Nothing here asserts; docs/performance.md keeps figures.
"""
