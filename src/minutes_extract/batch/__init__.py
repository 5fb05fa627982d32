"""Many documents: read, extract, keep the order, write, and do not do twice what is done.

| module | what |
|---|---|
| `outcome` | `Extracted` or `Failed`: what becomes of a document |
| `one` | `extract`: one document, errors raised |
| `limits` | time for a document, memory for a worker |
| `worker` | one document after another in one process, errors turned into `Failed` |
| `shard` | `process_shard`: the unit of work that an engine runs |
| `engines` | who runs the shards: this process, worker processes |
| `engine_dask` | the workers of a Dask cluster, which run the shards |
| `dask_worker` | what runs on one of those |
| `ledger` | a scratch database for what is too much for memory |
| `file_list` | paths from a list of files |
| `plan` | the documents behind the inputs, their order and their names |
| `many` | `extract_many`: serial or on worker processes, in the order of the input |
| `layout` | the names of the files in an output folder |
| `former` | what a former run left in the output folder and can be used again |
| `streams` | a file of lines under a temporary name, plain or compressed |
| `records_out` | records in one file or in shards |
| `lock` | one run at a time on an output folder |
| `output` | the output folder: temporary names, renaming, the manifest |
| `options` | how a run is done |
| `run` | a whole run: plan, extract, write, count |
| `run_facts` | time, rate and machine of a run, for `run.json` |
"""
