"""Text -> repaired words, sentences, headings, languages."""
