"""Assess modern slavery statements published under section 54, Modern Slavery Act 2015 (UK)."""

__version__ = "0.1.0"
