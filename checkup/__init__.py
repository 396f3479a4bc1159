"""Tools from outside look at the finished site: `make audit`. No part of the generator: they need Node and Java."""
