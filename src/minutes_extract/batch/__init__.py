"""Many documents: read, extract, keep the order, write, and do not do twice what is done.

| module | what |
|---|---|
| `outcome` | `Extracted` or `Failed`: what becomes of a document |
| `one` | `extract`: one document, errors raised |
| `worker` | one document after another in one process, errors turned into `Failed` |
| `many` | `extract_many`: serial or on worker processes, in the order of the input |
| `former` | what a former run left in the output folder and can be used again |
| `output` | the output folder: temporary names, renaming, the manifest |
| `run` | a whole run: plan, extract, write, count |
"""
