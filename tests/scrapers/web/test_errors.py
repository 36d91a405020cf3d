import re

from scrapers.web import errors


def test_the_tree_of_the_docstring_is_the_tree_of_the_classes():
    drawn, parents = {}, {}
    for line in errors.__doc__.splitlines():
        if found := re.match(r"([│├└─ ]*)([A-Z]\w+)", line):
            depth = len(found[1]) // 4
            if depth or found[2] == "CaravanError":
                parents[depth] = found[2]
                drawn[found[2]] = parents.get(depth - 1, "Exception")
    written = {
        name: value.__bases__[0].__name__
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert drawn == written
