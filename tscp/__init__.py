"""The application: joins intake, parsers, triage and storage into the TSCP referrals service.

Acts (acts/) are what people and the scheduler do; commands/ and web/ are how they ask.
Start reading at compose.py, then acts/process.py.
"""
