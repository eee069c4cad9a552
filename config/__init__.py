"""Settings (one TOML file and the environment) and the data files that rules are read from.

Out: plain values; tscp/compose.py hands them to the rooms. Start reading at settings.py.
"""
