
NEEDS_DATABASE = True


def add_parser(commands):
    pass


def run(options):
    return 0
