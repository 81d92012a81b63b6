"""What is measured, against what: `./run bench` for all, `./run bench NAME` for a part. See docs/performance.md."""
