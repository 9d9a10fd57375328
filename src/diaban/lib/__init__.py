"""Plain Python that knows neither Django nor this product: time, words, workbooks, charts."""
