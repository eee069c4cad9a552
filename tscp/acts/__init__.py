"""What people, the command line and the scheduler do; one file an act. Start at process.py."""
