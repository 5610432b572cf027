"""Fetching from the web: politely, safely, within bounds, and with a row for every attempt."""
