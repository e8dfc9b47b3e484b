"""Sets the study up: `python3 study.py environments`, then `python3 study.py database`; `stop` ends the database.

Needs nothing but Python 3.11 or newer and PostgreSQL's own programs. The database is one of its own, in a folder of its own,
and listens on this machine alone.
"""

import argparse
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PORT = os.environ.get("STUDY_DATABASE_PORT", "54329")
ENVIRONMENTS = {
    ".venv": (sys.executable, "requirements.txt"),
    ".venv-eventlet": (sys.executable, "requirements-eventlet.txt"),
    ".venv-pypy": ("pypy3", "requirements-pypy.txt"),
}

TABLES = """
CREATE TABLE author (
    id serial PRIMARY KEY, name text NOT NULL, country_code text NOT NULL, email text NOT NULL, phone text NOT NULL,
    address text NOT NULL, contract_start date NOT NULL, contract_end date NOT NULL, contract_value numeric(12, 2) NOT NULL
);
CREATE TABLE genre (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE book (id serial PRIMARY KEY, author_id int NOT NULL, title text NOT NULL, year int NOT NULL);
CREATE TABLE book_genre (book_id int NOT NULL, genre_id int NOT NULL, PRIMARY KEY (book_id, genre_id));

INSERT INTO author (name, country_code, email, phone, address, contract_start, contract_end, contract_value)
SELECT 'Author ' || n, (ARRAY['GB', 'FR', 'DE', 'US', 'NG'])[1 + n % 5], 'author' || n || '@example.org',
    '+44 20 ' || lpad(n::text, 8, '0'), n || ' Paper Street', date '2015-01-01' + n % 1500,
    date '2025-01-01' + n % 1500, 1000 + n % 90000
FROM generate_series(1, :authors) AS n;
INSERT INTO genre (name) SELECT 'Genre ' || lpad(n::text, 2, '0') FROM generate_series(1, 30) AS n;
INSERT INTO book (author_id, title, year) SELECT 1 + (n - 1) % :authors, 'Book ' || n, 1950 + n % 75
FROM generate_series(1, :books) AS n;
INSERT INTO book_genre SELECT n, 1 + (n + k * 7) % 30 FROM generate_series(1, :books) AS n, generate_series(1, 3) AS k;

ALTER TABLE book ADD FOREIGN KEY (author_id) REFERENCES author;
ALTER TABLE book_genre ADD FOREIGN KEY (book_id) REFERENCES book, ADD FOREIGN KEY (genre_id) REFERENCES genre;
CREATE INDEX ON book (author_id);
ANALYZE;
"""


def make_environments():
    for folder, (python, requirements) in ENVIRONMENTS.items():
        if shutil.which(python) is None:
            print(f"{folder} is left out: {python} is not installed here.")
            continue
        subprocess.run([python, "-m", "venv", HERE / folder], check=True)
        pip = [HERE / folder / "bin" / "python", "-m", "pip", "install", "--quiet", "-r", HERE / requirements]
        subprocess.run(pip, check=True)
        print(f"{folder} is ready.")


def start_database(data, authors, books):
    is_new = not (data / "PG_VERSION").exists()
    if is_new:
        data.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(data, owner.pw_uid, owner.pw_gid)
        run("initdb", "-D", data, "-U", "study", "--auth=trust", "--encoding=UTF8")
    options = f"-p {PORT} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
    run("pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")
    if is_new:
        run("createdb", *address(), "study")
        run("psql", *address(), "-q", "-v", "ON_ERROR_STOP=1", "-v", f"authors={authors}", "-v", f"books={books}", "study", text=TABLES)
        print(f"{authors} authors and {books} books were made.")
    print(f"PostgreSQL listens on 127.0.0.1:{PORT}; end it with: python3 study.py stop")


def stop_database(data):
    run("pg_ctl", "-D", data, "-m", "fast", "stop")


def address():
    return "-h", "127.0.0.1", "-p", PORT, "-U", "study"


def run(program, *args, text=None):
    """Runs one of PostgreSQL's programs, which refuse to be run by root, as the user that Debian made for them."""
    command = [find(program), *map(str, args)]
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(command, check=True, input=text, text=True, stdout=subprocess.DEVNULL, cwd="/", **user)


def find(program):
    newest_first = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)
    found = shutil.which(program) or (str(newest_first[0]) if newest_first else None)
    if found is None:
        sys.exit(f"{program} is not here: install PostgreSQL's server first.")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["environments", "database", "stop"])
    parser.add_argument("--authors", type=int, default=10_000)
    parser.add_argument("--books", type=int, default=100_000)
    parser.add_argument("--data", type=Path, default=HERE / ".postgres", help="where the database keeps its files")
    given = parser.parse_args()
    if given.what == "environments":
        make_environments()
    elif given.what == "database":
        start_database(given.data.resolve(), given.authors, given.books)
    else:
        stop_database(given.data.resolve())


main()
