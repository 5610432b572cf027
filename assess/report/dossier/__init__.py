"""The dossier of one organisation: its statement's text with the evidence in place, and all that
is known of it."""

from assess.report.dossier.write import Dossiers, dossier_page, write_dossier, write_dossiers

__all__ = ["Dossiers", "dossier_page", "write_dossier", "write_dossiers"]
