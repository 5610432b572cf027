"""How far the judgements agree with careful readers and expert sentence labels."""
