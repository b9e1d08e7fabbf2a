"""One cell to one value: texts, numbers, periods, and what is to be said about them."""
