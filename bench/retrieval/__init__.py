"""This project's retrieval beside other ways to build it, on the same content and the same questions.

    python -m bench.retrieval

Needs the extra `bench`: all-MiniLM-L6-v2, txtai and Haystack. Every system searches the same questions and answers of
the content, and an entry's score is that of its best passage. Asked are the "test" rows of tests/eval, which nothing
was fitted on. The share of out-of-scope questions that are declined is told at the threshold on the system's own score
at which 97 % of the answerable ones are answered: the same for all, and chosen on these rows.

Each system runs in a process of its own, on one thread and without a network. Times are of the processor, not of the
clock, so that what else runs on the machine counts little.
"""
