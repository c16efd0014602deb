"""Speed and memory, each figure beside a peer or a bound: `make bench`. Described in docs/performance.md."""
