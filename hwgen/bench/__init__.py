"""`make bench`: what a build and the streaming kernel cost, each against the least that it could.

Everything is measured on a copy of the project in a temporary folder; the project itself is only read.
"""
