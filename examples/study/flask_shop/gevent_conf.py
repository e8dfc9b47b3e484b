"""Gunicorn's settings for gevent: psycopg2 waits in C, and would stop every other request without psycogreen."""


def post_fork(server, worker):
    from psycogreen.gevent import patch_psycopg

    patch_psycopg()
