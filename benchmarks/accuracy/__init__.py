"""How right the extraction is: annotated reports against what an extractor says of them.

`python -m benchmarks.accuracy` prints the report; `benchmarks/README.md` says what each row means.
Nothing here is imported by the product. Same annotations and same predictions, same output.
"""
