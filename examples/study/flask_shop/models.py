"""Authors, books and genres as SQLAlchemy and Marshmallow see them."""

import os
from datetime import date
from decimal import Decimal

from marshmallow import Schema, fields, validate
from sqlalchemy import Column, ForeignKey, Table, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

# The driver is a choice of the server: psycopg2 is C and quick on CPython, pg8000 is Python and quick on PyPy.
DRIVER = os.environ.get("DRIVER", "psycopg2")
PORT = os.environ.get("STUDY_DATABASE_PORT", "54329")
engine = create_engine(
    f"postgresql+{DRIVER}://study@127.0.0.1:{PORT}/study",
    pool_size=int(os.environ.get("POOL_SIZE", "5")),
    max_overflow=0,
)


class Base(DeclarativeBase):
    pass


book_genre = Table(
    "book_genre",
    Base.metadata,
    Column("book_id", ForeignKey("book.id"), primary_key=True),
    Column("genre_id", ForeignKey("genre.id"), primary_key=True),
)


class Genre(Base):
    __tablename__ = "genre"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    title: Mapped[str]
    year: Mapped[int]
    genres: Mapped[list[Genre]] = relationship(secondary=book_genre)


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    country_code: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    address: Mapped[str]
    contract_start: Mapped[date]
    contract_end: Mapped[date]
    contract_value: Mapped[Decimal]
    books: Mapped[list[Book]] = relationship(order_by=Book.id)


class AuthorSchema(Schema):
    id = fields.Integer(dump_only=True)
    name = fields.String(required=True, validate=validate.Length(min=1, max=100))
    country_code = fields.String(required=True, validate=validate.Length(equal=2))
    email = fields.Email(required=True)
    phone = fields.String(required=True)
    address = fields.String(required=True)
    contract_start = fields.Date(required=True)
    contract_end = fields.Date(required=True)
    contract_value = fields.Decimal(required=True, as_string=True)


class BookSchema(Schema):
    id = fields.Integer()
    title = fields.String()
    year = fields.Integer()
