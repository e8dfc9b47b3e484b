"""The same answers without the object-relational mapper: two queries written by hand."""

from sqlalchemy import text

AUTHOR = text("SELECT * FROM author WHERE id = :id")
AUTHORS = text("SELECT * FROM author ORDER BY id LIMIT :limit OFFSET :offset")
BOOKS = text(
    """
    SELECT book.id, book.title, book.year, array_agg(genre.name) AS genres
    FROM book
    LEFT JOIN book_genre ON book_genre.book_id = book.id
    LEFT JOIN genre ON genre.id = book_genre.genre_id
    WHERE book.author_id = :id
    GROUP BY book.id
    ORDER BY book.id
    """
)


def author_summary(connection, author_id):
    author = connection.execute(AUTHOR, {"id": author_id}).mappings().first()
    if author is None:
        return None
    rows = connection.execute(BOOKS, {"id": author_id}).all()
    genres = sorted({name for row in rows for name in row.genres if name is not None})
    books = [{"id": row.id, "title": row.title, "year": row.year} for row in rows]
    return {**plain(author), "books": books, "genres": genres}


def author_page(connection, limit, offset):
    rows = connection.execute(AUTHORS, {"limit": limit, "offset": offset}).mappings()
    return [plain(row) for row in rows]


def plain(row):
    return {
        **row,
        "contract_start": row["contract_start"].isoformat(),
        "contract_end": row["contract_end"].isoformat(),
        "contract_value": str(row["contract_value"]),
    }
