from bottle import Bottle


def make(prefix):
    sub = Bottle()

    @sub.get(f"{prefix}/x")
    def x():
        return ""

    @sub.error(404)
    def missing(error):
        return ""

    return sub
