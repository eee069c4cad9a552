"""How much a form nobody has seen gains by being taught: three layouts with words of their own."""
