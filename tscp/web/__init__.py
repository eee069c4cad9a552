"""The triage desk: pages rendered here, for any browser, with no script.

In: acts and what storage shows. Out: HTML in the GOV.UK look, nothing kept by the browser.
Start reading at app.py: every address is in its list; then visit.py (who is it) and page.py
(what every page shares). One file a page after that.
"""
