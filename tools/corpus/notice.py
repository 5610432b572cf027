"""The line that marks every document as invented."""

NOTICE = "This organisation is fictional. Written for the assess corpus."
