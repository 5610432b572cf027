"""The errors a user can meet. Anything else that escapes is a defect of ours."""


class AssessError(Exception):
    """Root of every expected error; its message says what happened, where, and what to do."""

    exit_code = 2


class InputError(AssessError):
    """A file, folder or value given by the user cannot be used."""


class RegistryError(InputError):
    """A registry file lacks the shape of the GOV.UK download."""


class RubricError(InputError):
    """A rubric file is broken: names file, criterion and key."""


class ModelError(InputError):
    """A classifier's files are missing, damaged or of another format."""


class WorkspaceError(AssessError):
    """The SQLite workspace cannot be opened, written or understood."""


class EngineError(AssessError):
    """What runs the work cannot be reached, lacks a package, or was lost."""


class UnreadableDocument(AssessError):  # noqa: N818 - a state of the document, not of the program
    """A document's text cannot be had; ``reason`` is the code kept beside it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
